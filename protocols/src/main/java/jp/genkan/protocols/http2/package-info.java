/**
 * HTTP/2 in the clear, by prior knowledge or after an upgrade: frames, header compression, streams as transactions, their bodies as files.
 *
 * <p>Main types: {@link jp.genkan.protocols.http2.Http2Parser} reads, {@link jp.genkan.protocols.http2.Http2Transaction} is what was read.
 *
 * <p>Thread rule: a parser and its transactions belong to the worker of their flow; a transaction that is complete never changes.
 */
@NullMarked
package jp.genkan.protocols.http2;

import org.jspecify.annotations.NullMarked;
