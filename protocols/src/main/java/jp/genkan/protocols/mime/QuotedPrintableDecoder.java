package jp.genkan.protocols.mime;

/**
 * Quoted-printable (RFC 2045 §6.7) as mail programs read it: hexadecimal in either case, white space at the end of a line does not count, an equals sign
 * that begins nothing stays as it is, but one that is followed by a further one is dropped.
 */
final class QuotedPrintableDecoder extends BodyDecoder {
    /** White space that is held back until it is known whether the line ends: a line's length by RFC 5322. What is longer is data. */
    private static final int WHITE_MAX = 998;

    private enum State {
        PLAIN,
        EQUALS,
        EQUALS_HEX,
        EQUALS_WHITE,
        EQUALS_RETURN
    }

    /** What a line end that is not encoded stands for. */
    enum LineEnds {
        /** Itself: a text. */
        KEPT,
        /** A line feed: what is no text was encoded by a program that took its octets for lines. */
        LINE_FEED
    }

    private final LineEnds lineEnds;
    private final byte[] white = new byte[WHITE_MAX];
    private int whiteCount;
    private boolean carriageReturn;
    private State state = State.PLAIN;
    private int hex;
    private char first;

    QuotedPrintableDecoder(LineEnds lineEnds) {
        this.lineEnds = lineEnds;
    }

    @Override
    void decode(byte[] octets, int from, int to, Sink sink) {
        for (int i = from; i < to; i++) {
            octet(octets[i], sink);
        }
        flush(sink);
    }

    private void octet(byte octet, Sink sink) {
        switch (state) {
            case PLAIN -> plain(octet, sink);
            case EQUALS -> afterEquals(octet, sink);
            case EQUALS_HEX -> afterHex(octet, sink);
            case EQUALS_WHITE -> {
                if (octet == '=') {
                    markBroken();
                    state = State.EQUALS;
                } else if (octet == '\r') {
                    state = State.EQUALS_RETURN;
                } else if (octet == '\n') {
                    state = State.PLAIN;
                } else if (octet != ' ' && octet != '\t') {
                    literal("= ", octet, sink);
                }
            }
            case EQUALS_RETURN -> {
                state = State.PLAIN;
                if (octet != '\n') {
                    plain(octet, sink);
                }
            }
        }
    }

    private void afterEquals(byte octet, Sink sink) {
        int digit = Character.digit(octet, 16);
        if (digit >= 0) {
            hex = digit;
            first = (char) octet;
            state = State.EQUALS_HEX;
        } else if (octet == '\r') {
            state = State.EQUALS_RETURN;
        } else if (octet == '\n') {
            state = State.PLAIN;
        } else if (octet == ' ' || octet == '\t') {
            state = State.EQUALS_WHITE;
        } else if (octet == '=') {
            markBroken();
        } else {
            literal("=", octet, sink);
        }
    }

    private void afterHex(byte octet, Sink sink) {
        int digit = Character.digit(octet, 16);
        if (digit >= 0) {
            state = State.PLAIN;
            put(hex << 4 | digit, sink);
        } else if (octet == '=') {
            markBroken();
            state = State.EQUALS;
        } else {
            literal("=" + first, octet, sink);
        }
    }

    private void literal(String text, byte octet, Sink sink) {
        markBroken();
        state = State.PLAIN;
        for (int i = 0; i < text.length(); i++) {
            put(text.charAt(i), sink);
        }
        plain(octet, sink);
    }

    private void plain(byte octet, Sink sink) {
        if (octet == '\n') {
            whiteCount = 0;
            if (carriageReturn && lineEnds == LineEnds.KEPT) {
                put('\r', sink);
            }
            carriageReturn = false;
            put('\n', sink);
            return;
        }
        if (carriageReturn) {
            white(sink);
            put('\r', sink);
            carriageReturn = false;
        }
        switch (octet) {
            case '\r' -> carriageReturn = true;
            case ' ', '\t' -> {
                if (whiteCount == WHITE_MAX) {
                    white(sink);
                }
                white[whiteCount++] = octet;
            }
            case '=' -> {
                white(sink);
                state = State.EQUALS;
            }
            default -> {
                white(sink);
                put(octet, sink);
            }
        }
    }

    private void white(Sink sink) {
        for (int i = 0; i < whiteCount; i++) {
            put(white[i], sink);
        }
        whiteCount = 0;
    }

    @Override
    void gap(Sink sink) {
        state = State.PLAIN;
        super.gap(sink);
    }

    @Override
    void end(Sink sink) {
        if (state == State.EQUALS_HEX) {
            put('=', sink);
            put(first, sink);
        }
        if (carriageReturn) {
            put('\r', sink);
        }
        super.end(sink);
    }
}
