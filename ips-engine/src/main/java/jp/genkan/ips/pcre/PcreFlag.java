package jp.genkan.ips.pcre;

import org.jspecify.annotations.Nullable;

/** A letter after the closing delimiter. */
enum PcreFlag {
    CASELESS('i', Pcre2.CASELESS, null, Side.ANY),
    DOT_ALL('s', Pcre2.DOTALL, null, Side.ANY),
    MULTI_LINE('m', Pcre2.MULTILINE, null, Side.ANY),
    EXTENDED('x', Pcre2.EXTENDED, null, Side.ANY),
    ANCHORED('A', Pcre2.ANCHORED, null, Side.ANY),
    DOLLAR_END_ONLY('E', Pcre2.DOLLAR_ENDONLY, null, Side.ANY),
    UNGREEDY('G', Pcre2.UNGREEDY, null, Side.ANY),
    RELATIVE('R', 0, null, Side.ANY),
    IGNORE_LIMIT('O', 0, null, Side.ANY),
    RAW_BYTES('B', 0, "pkt_data", Side.ANY),
    URI('U', 0, "http.uri", Side.TO_SERVER),
    URI_RAW('I', 0, "http.uri.raw", Side.TO_SERVER),
    REQUEST_BODY('P', 0, "http.request_body", Side.TO_SERVER),
    RESPONSE_BODY('Q', 0, "http.response_body", Side.TO_CLIENT),
    HEADER('H', 0, "http.header", Side.ANY),
    HEADER_RAW('D', 0, "http.header.raw", Side.ANY),
    METHOD('M', 0, "http.method", Side.TO_SERVER),
    COOKIE('C', 0, "http.cookie", Side.ANY),
    STATUS_CODE('S', 0, "http.stat_code", Side.TO_CLIENT),
    STATUS_MESSAGE('Y', 0, "http.stat_msg", Side.TO_CLIENT),
    HOST('W', 0, "http.host", Side.TO_SERVER),
    HOST_RAW('Z', 0, "http.host.raw", Side.TO_SERVER),
    USER_AGENT('V', 0, "http.user_agent", Side.TO_SERVER);

    private static final @Nullable PcreFlag[] BY_LETTER = new PcreFlag[128];

    static {
        for (PcreFlag flag : values()) {
            BY_LETTER[flag.letter] = flag;
        }
    }

    private final char letter;
    private final int compileOption;
    private final @Nullable String bufferName;
    private final Side side;

    PcreFlag(char letter, int compileOption, @Nullable String bufferName, Side side) {
        this.letter = letter;
        this.compileOption = compileOption;
        this.bufferName = bufferName;
        this.side = side;
    }

    static @Nullable PcreFlag of(char letter) {
        return letter < BY_LETTER.length ? BY_LETTER[letter] : null;
    }

    static @Nullable PcreFlag ofBuffer(@Nullable String bufferName) {
        for (PcreFlag flag : values()) {
            if (flag.bufferName != null && flag.bufferName.equals(bufferName)) {
                return flag;
            }
        }
        return null;
    }

    char letter() {
        return letter;
    }

    int compileOption() {
        return compileOption;
    }

    @Nullable
    String bufferName() {
        return bufferName;
    }

    Side side() {
        return side;
    }

    /** The direction in which a buffer exists. */
    enum Side {
        ANY,
        TO_SERVER,
        TO_CLIENT
    }
}
