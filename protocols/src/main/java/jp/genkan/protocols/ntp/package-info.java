/**
 * NTP: {@link jp.genkan.protocols.ntp.NtpParser} tells each message. Sources: RFC 5905 (messages), RFC 9327 (control messages, recognised only).
 *
 * <p>Thread rule: a parser belongs to the worker of its flow, a transaction never changes.
 */
@NullMarked
package jp.genkan.protocols.ntp;

import org.jspecify.annotations.NullMarked;
