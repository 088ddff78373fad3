/**
 * IMAP (RFC 3501, 9051) with literals, BINARY, STARTTLS, IDLE, and COMPRESS noticed. Each tagged command is a transaction; attachments of mails that are
 * fetched are files towards the client, those of mails that are appended are files towards the server. What a client logs in with is never kept.
 *
 * <p>Main type: {@link jp.genkan.protocols.imap.ImapParser}; {@link jp.genkan.protocols.imap.ImapRecogniser} knows it.
 *
 * <p>Thread rule: all mutable types belong to the worker of their flow.
 */
@NullMarked
package jp.genkan.protocols.imap;

import org.jspecify.annotations.NullMarked;
