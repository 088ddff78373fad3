/**
 * Makes mails harmless at their length: each infected part is replaced in its own transfer coding, the others stay octet for octet.
 *
 * <p>Main type: {@link jp.genkan.av.harmless.mail.MailCleaner}.
 *
 * <p>Thread rule: one call at a time for each mail.
 */
@NullMarked
package jp.genkan.av.harmless.mail;

import org.jspecify.annotations.NullMarked;
