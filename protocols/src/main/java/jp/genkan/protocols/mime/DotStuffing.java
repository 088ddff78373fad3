package jp.genkan.protocols.mime;

/**
 * Takes the dots off a mail as SMTP and POP3 send it (RFC 5321 §4.5.2, RFC 1939 §3), and finds its end.
 *
 * <p>Thread rule: one owner.
 */
public final class DotStuffing {
    /** Where the mail's octets go. */
    @FunctionalInterface
    public interface Sink {
        void octets(byte[] octets, int from, int to);
    }

    private static final byte[] CARRIAGE_RETURN = {'\r'};

    private enum State {
        LINE_START,
        DOT,
        DOT_RETURN,
        IN_LINE,
        OVER
    }

    private State state = State.LINE_START;
    private boolean looseEnd;

    /**
     * Reads until the line that ends the mail, or all.
     *
     * @return index behind what was read
     */
    public int read(byte[] octets, int from, int to, Sink sink) {
        int run = from;
        int at = from;
        while (at < to && state != State.OVER) {
            byte octet = octets[at++];
            switch (state) {
                case LINE_START -> {
                    if (octet == '.') {
                        tell(octets, run, at - 1, sink);
                        run = at;
                        state = State.DOT;
                    } else {
                        state = octet == '\n' ? State.LINE_START : State.IN_LINE;
                    }
                }
                case DOT -> {
                    if (octet == '\r') {
                        run = at;
                        state = State.DOT_RETURN;
                    } else {
                        looseEnd |= octet == '\n';
                        state = octet == '\n' ? State.LINE_START : State.IN_LINE;
                    }
                }
                case DOT_RETURN -> {
                    if (octet == '\n') {
                        run = at;
                        state = State.OVER;
                    } else {
                        sink.octets(CARRIAGE_RETURN, 0, 1);
                        state = State.IN_LINE;
                    }
                }
                case IN_LINE -> state = octet == '\n' ? State.LINE_START : State.IN_LINE;
                case OVER -> run = at;
            }
        }
        if (state != State.OVER && state != State.DOT_RETURN) {
            tell(octets, run, at, sink);
        }
        return at;
    }

    private static void tell(byte[] octets, int from, int to, Sink sink) {
        if (to > from) {
            sink.octets(octets, from, to);
        }
    }

    /** Octets are missing: what comes next is in the middle of a line. */
    public void gap() {
        state = State.IN_LINE;
    }

    /** The line with a dot alone was read. */
    public boolean isOver() {
        return state == State.OVER;
    }

    /** A dot alone stood between bare line feeds: some servers end the mail there, others do not. */
    public boolean hasLooseEnd() {
        return looseEnd;
    }
}
