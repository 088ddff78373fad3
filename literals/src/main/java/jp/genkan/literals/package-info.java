/**
 * Finds many literals at once: Debian's Hyperscan by {@code java.lang.foreign}, and an Aho-Corasick automaton in Java where the library is
 * missing or finds less than it should.
 *
 * <pre>
 * List&lt;Literal&gt; ──LiteralCompiler──▶ LiteralDatabase (immutable, shared)
 *                                          │
 *            octets ──LiteralScanner───────┴──▶ LiteralHits (one each a thread)
 * </pre>
 *
 * <p>Main type: {@link jp.genkan.literals.LiteralCompiler}.
 *
 * <p>Thread rule: compilers and databases belong to everybody, scanners and hits to one thread. A database lives as long as somebody holds
 * it or a stream of it is open, and its native memory goes with it.
 */
@NullMarked
package jp.genkan.literals;

import org.jspecify.annotations.NullMarked;
