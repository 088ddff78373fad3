package jp.genkan.protocols.quic;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * What differs between versions of QUIC in protected Initial packets: the salt, the labels and the numbers of packet types.
 *
 * <p>Thread rule: immutable.
 */
enum QuicVersion {
    /** RFC 9001, and drafts 33 and 34. */
    V1("38762cf7f55934b34d179ae6a4c80cadccbb7f0a", "quic "),
    /** RFC 9369. */
    V2("0dede3def700a6db819381be6e269dcbf9bd2ed9", "quicv2 "),
    /** Drafts 29 to 32. */
    DRAFT_29("afbfec289993d24c9e9786f19c6111e04390a899", "quic "),
    /** Drafts 23 to 28. */
    DRAFT_23("c3eef712c72ebb5a11a7d2432bb46365bef9f502", "quic "),
    /** Google's Q050: protected as the drafts, with Google's hello inside. */
    Q050("504574efd066fe2f9d945cfcdbd3a7f0d3b56b45", "quic "),
    /** Google's T050. */
    T050("7ff579e5acd072915580304c43a2367c60488310", "quic "),
    /** Google's T051. */
    T051("7a4edef4e7ccee5fa4506c19124fc8ccda6e033d", "quic ");

    /** Version 1 on the wire. */
    static final int NUMBER_1 = 1;

    /** Version 2 on the wire. */
    static final int NUMBER_2 = 0x6b3343cf;

    /** Q043 on the wire. */
    static final int NUMBER_Q043 = 0x51303433;

    private static final int DRAFT = 0xff000000;

    private final String salt; // in hexadecimal
    private final String labels;

    QuicVersion(String salt, String labels) {
        this.salt = salt;
        this.labels = labels;
    }

    byte[] salt() {
        return HexFormat.of().parseHex(salt);
    }

    String label(String name) {
        return labels + name;
    }

    /** The version whose Initial packets can be read; null for all others. */
    static @Nullable QuicVersion of(int number) {
        return switch (number) {
            case NUMBER_1 -> V1;
            case NUMBER_2 -> V2;
            case 0x51303530 -> Q050;
            case 0x54303530 -> T050;
            case 0x54303531 -> T051;
            default -> ofDraft(number - DRAFT);
        };
    }

    private static @Nullable QuicVersion ofDraft(int draft) {
        if (draft >= 23 && draft <= 28) {
            return DRAFT_23;
        }
        if (draft >= 29 && draft <= 32) {
            return DRAFT_29;
        }
        return draft == 33 || draft == 34 ? V1 : null;
    }

    /** True for Google's versions with a hello in clear text: Q024 to Q049. */
    static boolean isClearText(int number) {
        int tens = (number >> 8 & 0xff) - '0';
        int ones = (number & 0xff) - '0';
        int version = tens * 10 + ones;
        return number >> 16 == 0x5130
                && tens >= 0
                && tens <= 9
                && ones >= 0
                && ones <= 9
                && version >= 24
                && version < 50;
    }

    /** True for the versions that ends put in so that others learn to negotiate (RFC 9000 §15). */
    static boolean isReserved(int number) {
        return (number & 0x0f0f0f0f) == 0x0a0a0a0a;
    }

    /** What {@code quic.version} says: Google's by their letters, others by their number in hexadecimal. */
    static String name(int number) {
        int family = number >>> 24;
        if (family == 'Q' || family == 'T') {
            byte[] letters = {(byte) family, (byte) (number >> 16), (byte) (number >> 8), (byte) number};
            return new String(letters, StandardCharsets.ISO_8859_1);
        }
        return Integer.toHexString(number);
    }

    /** True when this long header's type bits say Initial. */
    boolean isInitial(int firstOctet) {
        int type = firstOctet >> 4 & 3;
        return this == V2 ? type == 1 : type == 0;
    }

    /** True when this long header's type bits say Retry, which has no length. */
    boolean isRetry(int firstOctet) {
        int type = firstOctet >> 4 & 3;
        return this == V2 ? type == 0 : type == 3;
    }
}
