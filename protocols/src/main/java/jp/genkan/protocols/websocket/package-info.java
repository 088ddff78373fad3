/**
 * WebSocket (RFC 6455) after an upgrade of HTTP/1, with the compression of RFC 7692: {@link jp.genkan.protocols.websocket.WebSocketParser}. It is only
 * spoken where HTTP has agreed on it, so that nothing recognises it by its octets. Not read: the sub-protocols.
 *
 * <p>Thread rule: a parser belongs to the worker of its flow, a transaction never changes.
 */
@NullMarked
package jp.genkan.protocols.websocket;

import org.jspecify.annotations.NullMarked;
