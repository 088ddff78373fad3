package jp.genkan.protocols.http2;

/**
 * Types, flags and codes of RFC 9113.
 *
 * <p>Thread rule: constants.
 */
final class FrameType {
    // §6
    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int PRIORITY = 2;
    static final int RST_STREAM = 3;
    static final int SETTINGS = 4;
    static final int PUSH_PROMISE = 5;
    static final int PING = 6;
    static final int GOAWAY = 7;
    static final int WINDOW_UPDATE = 8;
    static final int CONTINUATION = 9;

    static final int END_STREAM = 0x01;
    static final int END_HEADERS = 0x04;
    static final int PADDED = 0x08;
    static final int HAS_PRIORITY = 0x20;

    // §6.5.2
    static final int MAX_FRAME_SIZE = 5;

    /** §7, in the order of their numbers, as Suricata writes them. */
    private static final String[] ERRORS = {
        "NOERROR", "PROTOCOLERROR", "INTERNALERROR", "FLOWCONTROLERROR", "SETTINGSTIMEOUT", "STREAMCLOSED",
        "FRAMESIZEERROR", "REFUSEDSTREAM", "CANCEL", "COMPRESSIONERROR", "CONNECTERROR", "ENHANCEYOURCALM",
        "INADEQUATESECURITY", "HTTP11REQUIRED"
    };

    /** §6.5.2, from 1 on, as Suricata writes them. */
    private static final String[] SETTINGS_NAMES = {
        "SETTINGSHEADERTABLESIZE",
        "SETTINGSENABLEPUSH",
        "SETTINGSMAXCONCURRENTSTREAMS",
        "SETTINGSINITIALWINDOWSIZE",
        "SETTINGSMAXFRAMESIZE",
        "SETTINGSMAXHEADERLISTSIZE"
    };

    private FrameType() {}

    static String error(long code) {
        return code < ERRORS.length ? ERRORS[(int) code] : Long.toString(code);
    }

    static String setting(int id) {
        return id >= 1 && id <= SETTINGS_NAMES.length ? SETTINGS_NAMES[id - 1] : "SETTINGSUNKNOWN";
    }
}
