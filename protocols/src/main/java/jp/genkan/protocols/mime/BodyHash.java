package jp.genkan.protocols.mime;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * MD5 of a mail's body as it came: everything behind the empty line that ends the header, without the last end of line.
 *
 * <p>Thread rule: one owner.
 */
final class BodyHash {
    private static final byte[] RETURN = {'\r'};
    private static final byte[] NEWLINE = {'\n'};
    private static final byte[] BOTH = {'\r', '\n'};
    private static final byte[] NONE = {};

    private final MessageDigest md5;
    private boolean body;
    private boolean lineEmpty = true;
    private boolean any;

    /** The end of line that was read last; hashed when something follows. */
    private byte[] held = NONE;

    private @Nullable String hash;

    BodyHash() {
        try {
            md5 = MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("the Java runtime has no MD5", missing);
        }
    }

    /** The next octets of the mail. */
    void read(byte[] octets, int from, int to) {
        int at = body ? from : header(octets, from, to);
        while (at < to) {
            int end = at;
            while (end < to && octets[end] != '\r' && octets[end] != '\n') {
                end++;
            }
            if (end > at) {
                release();
                md5.update(octets, at, end - at);
            }
            if (end < to) {
                endOfLine(octets[end++]);
            }
            at = end;
            any = true;
        }
    }

    private void endOfLine(byte octet) {
        if (octet == '\n' && held == RETURN) {
            held = BOTH;
            return;
        }
        release();
        held = octet == '\r' ? RETURN : NEWLINE;
    }

    private void release() {
        md5.update(held);
        held = NONE;
    }

    /** Looks for the end of the header; returns the index behind it. */
    private int header(byte[] octets, int from, int to) {
        int at = from;
        while (at < to && !body) {
            byte octet = octets[at++];
            if (octet == '\n') {
                body = lineEmpty;
                lineEmpty = true;
            } else if (octet != '\r') {
                lineEmpty = false;
            }
        }
        return at;
    }

    /** The mail is over. */
    void end() {
        if (hash == null && any) {
            hash = HexFormat.of().formatHex(md5.digest());
        }
    }

    /** In hexadecimal; null as long as the mail is not over, and when it has no body. */
    @Nullable
    String hash() {
        return hash;
    }
}
