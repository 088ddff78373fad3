/**
 * RFB (RFC 6143), what VNC speaks, up to the end of its handshake: {@link jp.genkan.protocols.rfb.RfbParser}. Not read: screens and keys, and what comes
 * behind a security type of a vendor's own.
 *
 * <p>Thread rule: a parser belongs to the worker of its flow.
 */
@NullMarked
package jp.genkan.protocols.rfb;

import org.jspecify.annotations.NullMarked;
