package jp.genkan.protocols.rfb;

import java.util.HexFormat;
import jp.genkan.core.event.EveFields;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.Transaction;
import org.jspecify.annotations.Nullable;

/** The handshake of one connection. Thread rule: as for {@link Transaction}. */
public final class RfbTransaction extends Transaction {
    /** Not seen. */
    public static final long UNKNOWN = -1;

    @Nullable
    String serverVersion;

    @Nullable
    String clientVersion;

    long securityType = UNKNOWN;
    byte @Nullable [] challenge;
    byte @Nullable [] response;
    long securityResult = UNKNOWN;

    @Nullable
    String failureReason;

    int shared = -1;

    @Nullable
    Screen screen;

    /**
     * What the server shows.
     *
     * @param format sixteen octets, RFC 6143 §7.4
     */
    @SuppressWarnings("ArrayRecordComponent") // written into the event, never compared
    record Screen(int width, int height, byte[] format, String name) {}

    RfbTransaction() {
        super(AppProtocol.RFB, 0);
    }

    /** The type of security that the client has chosen, or in version 3.3 the server; {@link #UNKNOWN}. */
    public long securityType() {
        return securityType;
    }

    /** 0 when the server has let the client in; {@link #UNKNOWN} when it has not said. */
    public long securityResult() {
        return securityResult;
    }

    /** The name of the desktop; null when it was not seen. */
    public @Nullable String name() {
        return screen == null ? null : screen.name();
    }

    @Override
    public void writeTo(EveFields out) {
        out.object("rfb");
        version(out, "server_protocol_version", serverVersion);
        version(out, "client_protocol_version", clientVersion);
        writeAuthentication(out);
        if (shared >= 0) {
            out.put("screen_shared", shared != 0);
        }
        if (screen != null) {
            write(out, screen);
        }
        out.end();
    }

    /** {@code 003.008} as its two numbers. */
    private static void version(EveFields out, String name, @Nullable String version) {
        if (version != null) {
            out.object(name)
                    .put("major", version.substring(0, 3))
                    .put("minor", version.substring(4))
                    .end();
        }
    }

    private void writeAuthentication(EveFields out) {
        if (securityType == UNKNOWN) {
            return;
        }
        out.object("authentication").put("security_type", securityType);
        if (challenge != null || response != null) {
            out.object("vnc");
            hex(out, "challenge", challenge);
            hex(out, "response", response);
            out.end();
        }
        if (securityResult != UNKNOWN) {
            out.put("security_result", resultName(securityResult));
        }
        if (failureReason != null) {
            out.put("security_failure_reason", failureReason);
        }
        out.end();
    }

    private static void hex(EveFields out, String name, byte @Nullable [] octets) {
        if (octets != null) {
            out.put(name, HexFormat.of().formatHex(octets));
        }
    }

    private static String resultName(long result) {
        return switch ((int) result) {
            case 0 -> "OK";
            case 1 -> "FAIL";
            case 2 -> "TOOMANY";
            default -> "UNKNOWN (" + result + ")";
        };
    }

    private static void write(EveFields out, Screen screen) {
        byte[] format = screen.format();
        out.object("framebuffer").put("width", screen.width()).put("height", screen.height());
        out.put("name", screen.name());
        out.object("pixel_format").put("bits_per_pixel", format[0] & 0xff).put("depth", format[1] & 0xff);
        out.put("big_endian", format[2] != 0).put("true_color", format[3] != 0);
        out.put("red_max", u16(format, 4)).put("green_max", u16(format, 6)).put("blue_max", u16(format, 8));
        out.put("red_shift", format[10] & 0xff).put("green_shift", format[11] & 0xff);
        out.put("blue_shift", format[12] & 0xff);
        out.end().end();
    }

    private static int u16(byte[] octets, int at) {
        return (octets[at] & 0xff) << 8 | octets[at + 1] & 0xff;
    }
}
