/**
 * The head of an HTTP message: first line, header fields, target, host. Shared by HTTP/1 and HTTP/2.
 *
 * <p>Main types: {@link jp.genkan.protocols.http.head.HeaderFields}, and {@link jp.genkan.protocols.http.head.HttpExchange}, which is what rules see.
 *
 * <p>Thread rule: values never change once they are read; everything else belongs to the worker of its flow.
 */
@NullMarked
package jp.genkan.protocols.http.head;

import org.jspecify.annotations.NullMarked;
