package jp.genkan.av.stage;

import java.util.Arrays;
import jp.genkan.core.pipeline.Hold;

/** A hold of nothing. */
final class NoHold implements Hold {
    @Override
    public long size() {
        return 0;
    }

    @Override
    public long released() {
        return 0;
    }

    @Override
    public void read(long from, byte[] to, int at, int length) {
        Arrays.fill(to, at, at + length, (byte) 0);
    }

    @Override
    public void replace(long at, byte[] octets, int from, int to) {}

    @Override
    public void release(long upTo) {}

    @Override
    public void end() {}

    @Override
    public boolean isOver() {
        return false;
    }

    @Override
    public long room() {
        return 0;
    }
}
