/**
 * Bodies of HTTP as receivers take them which the standard does not foresee: browsers are more tolerant than any parser, each in its own way, so that what a parser made
 * of an odd answer is not all that its receiver may make of it.
 *
 * <p>Main type: {@link jp.genkan.av.unpack.http.LooseResponse}.
 *
 * <p>Thread rule: no state, any thread.
 */
@NullMarked
package jp.genkan.av.unpack.http;

import org.jspecify.annotations.NullMarked;
