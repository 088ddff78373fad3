package jp.genkan.protocols.http2;

import java.util.Arrays;

/**
 * What rules may ask of the frames of one direction of a stream: their types, and the numbers in them.
 *
 * <p>Thread rule: as for {@link Http2Transaction}.
 */
public final class FrameNotes {
    /** Numbers of one kind that are kept: more than one a stream is rare, and a rule asks whether one of them is such and such. */
    public static final int NUMBERS_MAX = 32;

    /** No numbers. */
    private static final long[] NONE = {};

    private int types;
    private long[] errorCodes = NONE;
    private long[] priorities = NONE;
    private long[] windows = NONE;
    private long[] tableSizes = NONE;
    private long[] settings = NONE;
    private long[] settingValues = NONE;

    void type(int type) {
        types |= 1 << type;
    }

    void errorCode(long code) {
        errorCodes = with(errorCodes, code);
    }

    void priority(long weight) {
        priorities = with(priorities, weight);
    }

    void window(long increment) {
        windows = with(windows, increment);
    }

    void tableSize(long size) {
        tableSizes = with(tableSizes, size);
    }

    void setting(int id, long value) {
        settings = with(settings, id);
        settingValues = with(settingValues, value);
    }

    private static long[] with(long[] numbers, long more) {
        if (numbers.length == NUMBERS_MAX) {
            return numbers;
        }
        long[] longer = Arrays.copyOf(numbers, numbers.length + 1);
        longer[numbers.length] = more;
        return longer;
    }

    /** True when there was a frame of this type. */
    public boolean hasType(int type) {
        return type >= 0 && type < Integer.SIZE && (types & 1 << type) != 0;
    }

    /** Codes of RST_STREAM and GOAWAY. Not to be changed. */
    public long[] errorCodes() {
        return errorCodes;
    }

    /** Weights of PRIORITY and HEADERS. Not to be changed. */
    public long[] priorities() {
        return priorities;
    }

    /** Increments of WINDOW_UPDATE. Not to be changed. */
    public long[] windows() {
        return windows;
    }

    /** Sizes to which header blocks set the dynamic table. Not to be changed. */
    public long[] tableSizes() {
        return tableSizes;
    }

    /** Identifiers of SETTINGS. Not to be changed. */
    public long[] settings() {
        return settings;
    }

    /** Values of SETTINGS, in the same order. Not to be changed. */
    public long[] settingValues() {
        return settingValues;
    }
}
