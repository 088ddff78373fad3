/**
 * Telnet (RFC 854): {@link jp.genkan.protocols.telnet.TelnetParser}. It is recognised; what is typed and shown is left to rules about the stream.
 *
 * <p>Thread rule: a parser belongs to the worker of its flow.
 */
@NullMarked
package jp.genkan.protocols.telnet;

import org.jspecify.annotations.NullMarked;
