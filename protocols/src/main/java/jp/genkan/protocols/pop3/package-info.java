/**
 * POP3 (RFC 1939, 2449, 2595, 5034). Each command with its response is a transaction; attachments of mails that are fetched are files towards the client.
 * What a client logs in with is never kept.
 *
 * <p>Main type: {@link jp.genkan.protocols.pop3.Pop3Parser}; {@link jp.genkan.protocols.pop3.Pop3Recogniser} knows it.
 *
 * <p>Thread rule: all mutable types belong to the worker of their flow.
 */
@NullMarked
package jp.genkan.protocols.pop3;

import org.jspecify.annotations.NullMarked;
