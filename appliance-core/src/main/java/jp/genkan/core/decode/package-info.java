/**
 * From octets to the fields of a {@link jp.genkan.core.frame.Packet}: {@link jp.genkan.core.decode.FrameDecoder} is the way in, and its
 * methods follow the frame from the outside to the inside.
 *
 * <p>Hostile octets never raise an exception here: what cannot be decoded is marked with a
 * {@link jp.genkan.core.frame.DecodeAnomaly} and left alone.
 *
 * <p>Thread rule: one decoder a worker. Nothing here allocates, but for the inner packets of a chain, made once.
 */
@NullMarked
package jp.genkan.core.decode;

import org.jspecify.annotations.NullMarked;
