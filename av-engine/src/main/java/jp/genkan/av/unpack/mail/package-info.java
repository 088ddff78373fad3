/**
 * Mails and mailbox files: each part of a mail is a member, decoded.
 *
 * <p>Main type: {@link jp.genkan.av.unpack.mail.MailUnpacker}.
 *
 * <p>Thread rule: no state, any thread.
 */
@NullMarked
package jp.genkan.av.unpack.mail;

import org.jspecify.annotations.NullMarked;
