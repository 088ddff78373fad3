/**
 * Rules in their compiled form, and what compiles them: each option of a rule is given to its {@link jp.genkan.ips.signature.Keyword}, which adds conditions,
 * checks and effects to a {@link jp.genkan.ips.signature.SignatureBuilder}.
 *
 * <p>Main type: {@link jp.genkan.ips.signature.Signature}.
 *
 * <p>Thread rule: builders belong to the thread that loads rules; signatures are immutable and shared.
 */
@NullMarked
package jp.genkan.ips.signature;

import org.jspecify.annotations.NullMarked;
