package jp.genkan.av.unpack.codec;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * 7-Zip's BCJ2: x86 code comes without its jump targets, which lie in streams of their own.
 *
 * <p>Thread rule: one thread.
 */
public final class Bcj2 extends OutputStream {
    private final Octets calls;
    private final Octets jumps;
    private final Octets coder;
    private final OutputStream out;
    private final short[] models = new short[258];
    private final byte[] buffer = new byte[1 << 12];
    private int buffered;
    private int range = -1;
    private int code;
    private int position;
    private int previous;
    private boolean begun;

    /**
     * Makes one; the main stream is written to it.
     *
     * @param calls targets of calls
     * @param jumps targets of jumps
     * @param coder says which of them are meant
     */
    public Bcj2(InputStream calls, InputStream jumps, InputStream coder, OutputStream out) {
        this.calls = new Octets(calls);
        this.jumps = new Octets(jumps);
        this.coder = new Octets(coder);
        this.out = out;
        Arrays.fill(models, (short) (1 << 10));
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] source, int from, int length) throws IOException {
        if (!begun) {
            begun = true;
            coder.u8();
            code = (int) coder.u32be();
        }
        for (int i = from; i < from + length; i++) {
            main(source[i] & 0xff);
        }
    }

    private void main(int octet) throws IOException {
        put(octet);
        boolean jump = (octet & 0xfe) == 0xe8 || previous == 0x0f && (octet & 0xf0) == 0x80;
        if (!jump) {
            previous = octet;
            return;
        }
        int model = octet == 0xe8 ? previous : octet == 0xe9 ? 256 : 257;
        previous = octet;
        if (bit(model) != 0) {
            int target = (int) (octet == 0xe8 ? calls : jumps).u32be() - (position + 4);
            for (int i = 0; i < 4; i++) {
                put(target >> 8 * i);
            }
            previous = target >>> 24;
        }
    }

    private int bit(int model) throws IOException {
        if ((range & 0xff00_0000) == 0) {
            range <<= 8;
            code = code << 8 | coder.u8();
        }
        int bound = (range >>> 11) * models[model];
        if (Integer.compareUnsigned(code, bound) < 0) {
            range = bound;
            models[model] += (short) ((1 << 11) - models[model] >> 5);
            return 0;
        }
        range -= bound;
        code -= bound;
        models[model] -= (short) (models[model] >> 5);
        return 1;
    }

    private void put(int octet) throws IOException {
        if (buffered == buffer.length) {
            finish();
        }
        buffer[buffered++] = (byte) octet;
        position++;
    }

    /** Sends on what waits. */
    public void finish() throws IOException {
        int count = buffered;
        buffered = 0;
        out.write(buffer, 0, count);
    }
}
