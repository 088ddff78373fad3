package jp.genkan.protocols.mime;

/** yEnc 1.3: between a line {@code =ybegin} and a line {@code =yend}, each octet is the content's plus 42. */
final class YencDecoder extends BodyDecoder {
    private static final int SHIFT = 42;
    private static final int ESCAPE_SHIFT = 64;

    private boolean lineStart = true;
    private boolean escape;
    private boolean keyword;
    private boolean keywordFirst;
    private boolean begun;
    private boolean over;

    @Override
    void decode(byte[] octets, int from, int to, Sink sink) {
        for (int i = from; i < to && !over; i++) {
            octet(octets[i], sink);
        }
        flush(sink);
    }

    private void octet(byte octet, Sink sink) {
        if (octet == '\n' || octet == '\r') {
            lineStart = true;
            keyword = false;
            escape = false;
        } else if (keyword) {
            if (keywordFirst) {
                keywordFirst = false;
                over = octet == 'e';
                begun |= octet == 'b';
            }
        } else if (escape) {
            escape = false;
            if (octet == 'y' && lineStart) {
                keyword = true;
                keywordFirst = true;
            } else {
                data(octet - ESCAPE_SHIFT - SHIFT, sink);
            }
            lineStart = false;
        } else if (octet == '=') {
            escape = true;
        } else {
            lineStart = false;
            data(octet - SHIFT, sink);
        }
    }

    private void data(int octet, Sink sink) {
        if (begun) {
            put(octet, sink);
        }
    }

    /** True after {@code =yend}. */
    boolean isOver() {
        return over;
    }
}
