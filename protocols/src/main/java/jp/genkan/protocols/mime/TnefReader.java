package jp.genkan.protocols.mime;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Attachments in a TNEF stream, Outlook's {@code winmail.dat} (MS-OXTNEF §2.1): attributes of a level, an identifier, a length, data and a checksum.
 *
 * <p>Thread rule: its parser's.
 */
final class TnefReader {
    private static final int SIGNATURE = 0x223e9f78;
    private static final int KEY_OCTETS = 2;
    private static final int HEAD_OCTETS = 1 + 4 + 4;
    private static final int CHECKSUM_OCTETS = 2;
    private static final int ATTACHMENT_TITLE = 0x8010;
    private static final int ATTACHMENT_DATA = 0x800f;
    private static final int ATTACHMENT_BEGIN = 0x9002;

    /** Most octets of a title that are kept: a file system's longest name. */
    private static final int TITLE_MAX = 255;

    private enum State {
        SIGNATURE,
        HEAD,
        DATA,
        CHECKSUM,
        BROKEN
    }

    private final MailParser parser;
    private final MailPart container;
    private final byte[] small = new byte[TITLE_MAX];
    private int smallLength;
    private State state = State.SIGNATURE;
    private int attribute;
    private long remaining;
    private String title = "";
    private @Nullable MailPart attachment;

    TnefReader(MailParser parser, MailPart container) {
        this.parser = parser;
        this.container = container;
    }

    void read(byte[] octets, int from, int to) {
        int at = from;
        while (at < to && state != State.BROKEN) {
            at = switch (state) {
                case SIGNATURE -> head(octets, at, to, 4 + KEY_OCTETS);
                case HEAD -> head(octets, at, to, HEAD_OCTETS);
                case DATA -> data(octets, at, to);
                case CHECKSUM -> head(octets, at, to, CHECKSUM_OCTETS);
                case BROKEN -> to;
            };
        }
    }

    /** Gathers the few octets of a fixed part. */
    private int head(byte[] octets, int from, int to, int needed) {
        int taken = Math.min(needed - smallLength, to - from);
        System.arraycopy(octets, from, small, smallLength, taken);
        smallLength += taken;
        if (smallLength == needed) {
            smallLength = 0;
            switch (state) {
                case SIGNATURE -> state = number(0) == SIGNATURE ? State.HEAD : State.BROKEN;
                case HEAD -> attributeBegins();
                default -> state = State.HEAD;
            }
        }
        return from + taken;
    }

    private int number(int offset) {
        return (small[offset] & 0xff)
                | (small[offset + 1] & 0xff) << 8
                | (small[offset + 2] & 0xff) << 16
                | (small[offset + 3] & 0xff) << 24;
    }

    private void attributeBegins() {
        attribute = number(1) & 0xffff;
        remaining = Integer.toUnsignedLong(number(5));
        state = remaining == 0 ? State.CHECKSUM : State.DATA;
        if (attribute == ATTACHMENT_BEGIN || attribute == ATTACHMENT_DATA) {
            closeAttachment(true);
        }
        if (attribute == ATTACHMENT_DATA && parser.mayHoldMore()) {
            MailPart begun = parser.embedded(container, title, TransferCoding.TNEF);
            attachment = begun;
            title = "";
            parser.listener().partBegins(begun);
            if (remaining == 0) {
                attributeEnds();
            }
        }
    }

    private int data(byte[] octets, int from, int to) {
        int taken = (int) Math.min(remaining, to - from);
        MailPart open = attachment;
        if (open != null && attribute == ATTACHMENT_DATA) {
            parser.listener().partOctets(open, octets, from, from + taken);
        } else if (attribute == ATTACHMENT_TITLE) {
            int kept = Math.min(taken, TITLE_MAX - smallLength);
            System.arraycopy(octets, from, small, smallLength, kept);
            smallLength += kept;
        }
        remaining -= taken;
        if (remaining == 0) {
            attributeEnds();
        }
        return from + taken;
    }

    private void attributeEnds() {
        if (attribute == ATTACHMENT_TITLE) {
            String text = new String(small, 0, smallLength, StandardCharsets.ISO_8859_1);
            int end = text.indexOf(0);
            String name =
                    Charsets.decodeRaw(end < 0 ? text : text.substring(0, end)).strip();
            MailPart open = attachment;
            if (open != null && open.name() == null && !name.isEmpty()) {
                open.learn(name); // the name may come behind the data
            } else {
                title = name;
            }
            smallLength = 0;
        }
        state = State.CHECKSUM;
    }

    private void closeAttachment(boolean whole) {
        MailPart open = attachment;
        attachment = null;
        if (open != null) {
            open.end(open.bodyBegin(), whole);
            parser.listener().partEnds(open);
        }
    }

    void end() {
        closeAttachment(state != State.DATA || attribute != ATTACHMENT_DATA);
    }
}
