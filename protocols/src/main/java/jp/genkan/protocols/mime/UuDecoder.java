package jp.genkan.protocols.mime;

/** The lines of uuencode (POSIX), with or without their {@code begin} and {@code end}. */
final class UuDecoder extends BodyDecoder {
    /** Longest line that counts: 45 octets make 61 characters; the rest of a longer one is junk. */
    private static final int LINE_MAX = 100;

    private final byte[] line = new byte[LINE_MAX];
    private int length;
    private boolean over;

    @Override
    void decode(byte[] octets, int from, int to, Sink sink) {
        for (int i = from; i < to && !over; i++) {
            if (octets[i] == '\n') {
                line(sink);
            } else if (length < LINE_MAX) {
                line[length++] = octets[i];
            }
        }
        flush(sink);
    }

    private void line(Sink sink) {
        while (length > 0 && line[length - 1] == '\r') {
            length--;
        }
        if (length >= 3 && line[0] == 'e' && line[1] == 'n' && line[2] == 'd') {
            over = true;
        } else if (length > 0 && !(length >= 5 && line[0] == 'b' && line[1] == 'e' && line[2] == 'g')) {
            data(sink);
        }
        length = 0;
    }

    private void data(Sink sink) {
        int count = line[0] - ' ' & 0x3f;
        int needed = (count + 2) / 3 * 4;
        if (line[0] < ' ' || line[0] > '`' || needed - 4 > length) {
            markBroken();
            return;
        }
        for (int i = 1; count > 0; i += 4) {
            int bits = six(i) << 18 | six(i + 1) << 12 | six(i + 2) << 6 | six(i + 3);
            for (int shift = 16; shift >= 0 && count > 0; shift -= 8, count--) {
                put(bits >> shift, sink);
            }
        }
    }

    private int six(int index) {
        return index < length ? line[index] - ' ' & 0x3f : 0; // blanks at the end may have been taken off
    }

    /** True after {@code end}. */
    boolean isOver() {
        return over;
    }

    @Override
    void end(Sink sink) {
        if (length > 0 && !over) {
            line(sink);
        }
        super.end(sink);
    }
}
