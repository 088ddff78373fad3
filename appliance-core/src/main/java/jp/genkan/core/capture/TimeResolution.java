package jp.genkan.core.capture;

/** How fine the time stamps of a capture file are. */
public enum TimeResolution {
    /** What every tool reads. */
    MICROSECONDS(0xa1b2c3d4, 1000),
    /** For captures that had nanoseconds. */
    NANOSECONDS(0xa1b23c4d, 1);

    final int magic;
    final int nanosPerTick;

    TimeResolution(int magic, int nanosPerTick) {
        this.magic = magic;
        this.nanosPerTick = nanosPerTick;
    }
}
