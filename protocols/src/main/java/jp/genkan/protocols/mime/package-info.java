/**
 * Reads mails as mail programs do (RFC 5322, 2045-2049, 2047, 2183, 2231), octet by octet as they come, and finds every file in them: attachments in any
 * transfer coding, files in uuencode or yEnc in a text, files inside winmail.dat. Where mail programs differ in how they read a broken mail, it leans
 * towards finding a file.
 *
 * <p>Main type: {@link jp.genkan.protocols.mime.MailParser}, which tells a {@link jp.genkan.protocols.mime.MailListener}; {@link
 * jp.genkan.protocols.mime.ObservedMail} makes files of a transaction out of what it hears.
 *
 * <p>Thread rule: all mutable types belong to the worker of the flow that carries the mail.
 */
@NullMarked
package jp.genkan.protocols.mime;

import org.jspecify.annotations.NullMarked;
