/**
 * Byte signatures: what the first packets of a flow must hold. {@link jp.genkan.appcontrol.signature.SignatureIndex} finds those that a packet may mean,
 * {@link jp.genkan.appcontrol.signature.Signature} decides.
 *
 * <p>Thread rule: signatures and their index are immutable; a {@link jp.genkan.appcontrol.signature.Payload} belongs to one worker.
 */
@NullMarked
package jp.genkan.appcontrol.signature;

import org.jspecify.annotations.NullMarked;
