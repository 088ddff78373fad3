/**
 * HTTP/0.9, 1.0 and 1.1 over TCP: requests and responses as transactions, their bodies as files.
 *
 * <p>Main types: {@link jp.genkan.protocols.http.HttpParser} reads, {@link jp.genkan.protocols.http.HttpTransaction} is what was read.
 *
 * <p>Thread rule: a parser and its transactions belong to the worker of their flow; a transaction that is complete never changes.
 */
@NullMarked
package jp.genkan.protocols.http;

import org.jspecify.annotations.NullMarked;
