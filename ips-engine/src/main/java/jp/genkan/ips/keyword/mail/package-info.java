/**
 * Keywords of mail over SMTP: the envelope ({@code smtp.*}) and the header and body of the mail ({@code email.*}).
 *
 * <p>Main type: {@link jp.genkan.ips.keyword.mail.MailKeywords}.
 *
 * <p>Thread rule: immutable.
 */
@NullMarked
package jp.genkan.ips.keyword.mail;

import org.jspecify.annotations.NullMarked;
