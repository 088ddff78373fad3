package jp.genkan.av.harmless.mail;

import jp.genkan.av.scan.Detection;
import jp.genkan.protocols.mime.MailPart;

/**
 * A part of a mail that is infected.
 *
 * @param part what is known of it
 * @param content decoded
 * @param detection for which it is infected
 */
@SuppressWarnings("ArrayRecordComponent") // made once, never compared
record Leaf(MailPart part, byte[] content, Detection detection) {}
