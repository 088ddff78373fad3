package jp.genkan.av.unpack.pdf;

import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Inflates what is written to it. What is broken ends the output, as readers do it; where even the head is, the octets are tried without one.
 *
 * <p>Thread rule: one owner.
 */
final class FlateFilter extends OutputStream {
    private static final int PIECE = 32_768;

    private final OutputStream out;
    private final byte[] plain = new byte[PIECE];
    private Inflater inflater = new Inflater();
    private boolean over;
    private boolean begun;

    FlateFilter(OutputStream out) {
        this.out = out;
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] octets, int from, int length) throws IOException {
        if (over) {
            return;
        }
        try {
            inflate(octets, from, length);
        } catch (DataFormatException broken) {
            if (begun || length < 2) {
                over = true;
                return;
            }
            inflater.end();
            inflater = new Inflater(true);
            try {
                inflate(octets, from + 2, length - 2);
            } catch (DataFormatException stillBroken) {
                over = true;
            }
        }
    }

    private void inflate(byte[] octets, int from, int length) throws IOException, DataFormatException {
        inflater.setInput(octets, from, length);
        while (!inflater.needsInput() && !over) {
            int count = inflater.inflate(plain);
            begun |= count > 0;
            out.write(plain, 0, count);
            over = inflater.finished() || inflater.needsDictionary();
        }
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        out.close();
    }
}
