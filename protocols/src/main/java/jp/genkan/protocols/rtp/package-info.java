/**
 * RTP (RFC 3550), noticed and not read: {@link jp.genkan.protocols.rtp.RtpParser}.
 *
 * <p>Thread rule: a parser belongs to the worker of its flow.
 */
@NullMarked
package jp.genkan.protocols.rtp;

import org.jspecify.annotations.NullMarked;
