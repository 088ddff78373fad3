package jp.genkan.protocols.mime;

/** BinHex 4.0 (RFC 1741): the data fork. */
final class BinHexDecoder extends BodyDecoder {
    private static final String ALPHABET = "!\"#$%&'()*+,-012345689@ABCDEFGHIJKLMNPQRSTUVXYZ[`abcdefhijklmpqr";
    private static final int REPEAT = 0x90;

    /** Behind the name: version, type, creator, flags, two lengths, checksum. */
    private static final int BEHIND_NAME = 1 + 4 + 4 + 2 + 4 + 4 + 2;

    private static final int LENGTH_OFFSET = 1 + 4 + 4 + 2;

    private boolean lineStart = true;
    private boolean begun;
    private boolean over;
    private int bits;
    private int bitCount;
    private int last;
    private boolean repeat;
    private int position;
    private int nameLength;
    private long remaining;

    @Override
    void decode(byte[] octets, int from, int to, Sink sink) {
        for (int i = from; i < to && !over; i++) {
            character(octets[i], sink);
        }
        flush(sink);
    }

    private void character(byte octet, Sink sink) {
        if (octet == ':' && (begun || lineStart)) {
            over = begun;
            begun = true;
        } else if (begun) {
            int value = ALPHABET.indexOf(octet);
            if (value >= 0) {
                bits = bits << 6 | value;
                bitCount += 6;
                if (bitCount >= 8) {
                    bitCount -= 8;
                    unpacked(bits >> bitCount & 0xff, sink);
                }
            }
        }
        lineStart = octet == '\n' || octet == '\r';
    }

    private void unpacked(int octet, Sink sink) {
        if (repeat) {
            repeat = false;
            if (octet == 0) {
                last = REPEAT;
                content(REPEAT, sink);
            }
            for (int i = 1; i < octet; i++) {
                content(last, sink);
            }
        } else if (octet == REPEAT) {
            repeat = true;
        } else {
            last = octet;
            content(octet, sink);
        }
    }

    private void content(int octet, Sink sink) {
        int behind = position - 1 - nameLength;
        if (position == 0) {
            nameLength = octet;
        } else if (behind < BEHIND_NAME) {
            if (behind >= LENGTH_OFFSET && behind < LENGTH_OFFSET + 4) {
                remaining = remaining << 8 | octet;
            }
        } else if (remaining > 0) {
            put(octet, sink);
            remaining--;
            return;
        } else {
            over = true;
        }
        position++;
    }
}
