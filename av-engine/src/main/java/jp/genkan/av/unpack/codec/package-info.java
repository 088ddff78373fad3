/**
 * Decoders of compressed octets, one class a method, for archives of every kind. Each pulls from {@link jp.genkan.av.unpack.codec.Octets}, writes
 * through a {@link jp.genkan.av.unpack.codec.Window} and believes no size before its octets have come: memory grows with what was decoded.
 *
 * <p>Main types: {@link jp.genkan.av.unpack.codec.Octets}, {@link jp.genkan.av.unpack.codec.Window}, {@link jp.genkan.av.unpack.codec.Member}.
 *
 * <p>Thread rule: a decoder belongs to the thread that made it.
 */
@NullMarked
package jp.genkan.av.unpack.codec;

import org.jspecify.annotations.NullMarked;
