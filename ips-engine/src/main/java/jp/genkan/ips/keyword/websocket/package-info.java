/**
 * Keywords of WebSocket.
 *
 * <p>Main type: {@link jp.genkan.ips.keyword.websocket.WebSocketKeywords}.
 *
 * <p>Thread rule: immutable.
 */
@NullMarked
package jp.genkan.ips.keyword.websocket;

import org.jspecify.annotations.NullMarked;
