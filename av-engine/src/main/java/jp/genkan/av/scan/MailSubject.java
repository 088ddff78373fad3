package jp.genkan.av.scan;

import jp.genkan.av.content.Content;
import jp.genkan.protocols.mime.EncodedWords;

/** The subject of a mail, in which a password may stand. */
final class MailSubject {
    /** Octets of a mail in which its subject is looked for; others have their routes before it. */
    private static final int HEAD_MAX = Content.HEAD_MAX * 4;

    private static final String FIELD = "\nsubject:";

    private MailSubject() {}

    /** Empty when there is none. */
    static String of(Content mail) {
        String head = mail.latin(0, HEAD_MAX);
        for (int at = 0; at >= 0; at = head.indexOf('\n', at + 1)) {
            int from = at == 0 ? 1 : 0;
            if (head.regionMatches(true, at, FIELD, from, FIELD.length() - from)) {
                int begin = at + FIELD.length() - from;
                return EncodedWords.decode(unfolded(head, begin));
            }
            if (head.startsWith("\n\r\n", at) || head.startsWith("\n\n", at)) {
                return "";
            }
        }
        return "";
    }

    private static String unfolded(String head, int from) {
        int end = head.indexOf('\n', from);
        while (end >= 0 && end + 1 < head.length() && (head.charAt(end + 1) == ' ' || head.charAt(end + 1) == '\t')) {
            end = head.indexOf('\n', end + 1);
        }
        return head.substring(from, end < 0 ? head.length() : end)
                .replace("\r", "")
                .replace("\n", "");
    }
}
