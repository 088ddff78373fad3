/**
 * What rules say of QUIC.
 *
 * <p>Main type: {@link jp.genkan.ips.keyword.quic.QuicKeywords}.
 *
 * <p>Thread rule: filled once, then only read.
 */
@NullMarked
package jp.genkan.ips.keyword.quic;

import org.jspecify.annotations.NullMarked;
