package jp.genkan.av.harmless.mail;

import java.util.Arrays;

/**
 * A mail as it lies on the wire, dots stuffed or not, and the mail that a receiver makes of it.
 *
 * <p>Places where octets are changed count on the wire: the dots that a receiver takes off are room for other octets.
 *
 * <p>Thread rule: immutable.
 */
final class MailOctets {
    private final byte[] wire;
    private final byte[] mail;
    private final int[] dots;
    private final int end;

    private MailOctets(byte[] wire, byte[] mail, int[] dots, int end) {
        this.wire = wire;
        this.mail = mail;
        this.dots = dots;
        this.end = end;
    }

    /** A mail that is on the wire as it is. */
    static MailOctets plain(byte[] octets) {
        return new MailOctets(octets, octets, new int[0], octets.length);
    }

    /** A mail whose dots are stuffed (RFC 5321 §4.5.2); the line that ends it, or what is there of it, is none of the mail. */
    static MailOctets stuffed(byte[] octets) {
        int[] dots = new int[16];
        int count = 0;
        byte[] mail = new byte[octets.length];
        int length = 0;
        int at = 0;
        boolean isLineStart = true;
        while (at < octets.length) {
            byte octet = octets[at];
            if (isLineStart && octet == '.') {
                if (isEnd(octets, at)) {
                    break;
                }
                dots = count == dots.length ? Arrays.copyOf(dots, count * 2) : dots;
                dots[count++] = at++;
                isLineStart = octets[at] == '\n';
                mail[length++] = octets[at++];
                continue;
            }
            isLineStart = octet == '\n';
            mail[length++] = octet;
            at++;
        }
        return new MailOctets(octets, Arrays.copyOf(mail, length), Arrays.copyOf(dots, count), at);
    }

    private static boolean isEnd(byte[] octets, int at) {
        int left = octets.length - at;
        return left == 1 || octets[at + 1] == '\r' && (left == 2 || octets[at + 2] == '\n');
    }

    /** As they are on the wire. */
    byte[] wire() {
        return wire;
    }

    /** The mail. */
    byte[] mail() {
        return mail;
    }

    /** Index on the wire behind the mail. */
    int end() {
        return end;
    }

    /** Where on the wire lies what begins, or ends, at a position of the mail: behind the octet before it. */
    int place(long position) {
        int at = Math.clamp(position, 0, mail.length);
        return at == 0 ? 0 : index(at - 1) + 1;
    }

    private int index(int position) {
        int low = 0;
        int high = dots.length;
        while (low < high) {
            int middle = low + high >>> 1;
            // the dots before it have moved the octet on by as many
            if (dots[middle] - middle <= position) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return position + low;
    }

    /** Whether a line that begins with a dot would have to get another one. */
    boolean isStuffed() {
        return wire != mail;
    }

    /** The same with other octets of the same number. */
    MailOctets with(byte[] octets) {
        return wire == mail ? plain(octets) : stuffed(octets);
    }
}
