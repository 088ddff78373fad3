/**
 * SMTP (RFC 5321) with pipelining, CHUNKING (RFC 3030), STARTTLS (RFC 3207) and AUTH, of which only the mechanism is kept. Each mail is a transaction; its
 * attachments are files towards the server.
 *
 * <p>Main type: {@link jp.genkan.protocols.smtp.SmtpParser}; {@link jp.genkan.protocols.smtp.SmtpRecogniser} knows it.
 *
 * <p>Thread rule: all mutable types belong to the worker of their flow.
 */
@NullMarked
package jp.genkan.protocols.smtp;

import org.jspecify.annotations.NullMarked;
