package jp.genkan.urlfilter.list;

import java.io.IOException;
import java.io.InputStream;

/** Cuts a stream into lines. A line that is too long is told and passed over. Thread rule: one thread, one stream. */
final class LineReader {
    private static final int CHUNK = 64 << 10;

    private final byte[] buffer;
    private final int lineMax;
    private final RowSink sink;
    private final Rows rows;
    private long number = 1;
    private boolean tooLong;

    LineReader(int lineMax, RowSink sink, Rows rows) {
        this.lineMax = lineMax;
        this.buffer = new byte[lineMax + CHUNK];
        this.sink = sink;
        this.rows = rows;
    }

    /** Reads all lines. The last one needs no end. */
    void read(InputStream in) throws IOException {
        int held = 0;
        while (true) {
            int got = in.read(buffer, held, buffer.length - held);
            if (got < 0) {
                break;
            }
            held = lines(held, held + got);
        }
        if (held > 0 || tooLong) {
            line(0, held);
        }
        rows.end();
    }

    /** Takes the whole lines of what is held, of which the octets before {@code fresh} have no line end; what is left moves to the front. */
    private int lines(int fresh, int held) {
        int begin = 0;
        for (int i = fresh; i < held; i++) {
            if (buffer[i] == '\n') {
                line(begin, i);
                begin = i + 1;
            }
        }
        int left = held - begin;
        if (left > lineMax) {
            tooLong = true;
            return 0;
        }
        System.arraycopy(buffer, begin, buffer, 0, left);
        return left;
    }

    private void line(int from, int to) {
        int begin = from;
        if (number == 1 && LineText.startsWith(buffer, from, to, "\u00ef\u00bb\u00bf")) {
            begin += 3; // a byte order mark
        }
        if (tooLong || to - begin > lineMax) {
            sink.problem(number, "longer than " + lineMax + " octets");
        } else {
            rows.line(buffer, begin, to, number);
        }
        tooLong = false;
        number++;
    }
}
