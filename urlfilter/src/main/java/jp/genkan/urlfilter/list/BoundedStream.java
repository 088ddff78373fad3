package jp.genkan.urlfilter.list;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream that refuses to give more than it should. Thread rule: one thread. */
final class BoundedStream extends FilterInputStream {
    private final long max;
    private long given;

    BoundedStream(InputStream in, long max) {
        super(in);
        this.max = max;
    }

    @Override
    public int read() throws IOException {
        int octet = super.read();
        count(octet < 0 ? 0 : 1);
        return octet;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
        int got = super.read(to, offset, length);
        count(Math.max(got, 0));
        return got;
    }

    @Override
    public long skip(long octets) throws IOException {
        long skipped = super.skip(octets);
        count(skipped);
        return skipped;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private void count(long octets) throws IOException {
        given += octets;
        if (given > max) {
            throw new IOException("larger than " + max + " octets");
        }
    }
}
