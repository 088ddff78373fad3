package jp.genkan.protocols.smb;

import java.nio.charset.StandardCharsets;
import jp.genkan.core.event.EveFields;
import org.jspecify.annotations.Nullable;

/**
 * Who a client says it is, from the AUTHENTICATE message of NTLM ([MS-NLMP] §2.2.1.3).
 *
 * @param domain of the user; may be empty
 * @param user may be empty
 * @param host the client's name for itself
 * @param version of the client's implementation; null when it says none
 */
public record NtlmAuthentication(
        String domain, String user, String host, @Nullable String version) {
    private static final byte[] SIGNATURE = "NTLMSSP\0".getBytes(StandardCharsets.ISO_8859_1);
    private static final int AUTHENTICATE = 3;
    private static final long UNICODE = 0x0000_0001;
    private static final long VERSION = 0x0200_0000;
    private static final int FIXED_LENGTH = 64;

    /** Finds the message in a security blob; null when there is none. */
    static @Nullable NtlmAuthentication find(SmbView message, long from, long count) {
        long end = Math.min(message.length(), from + count);
        for (long at = from; at + FIXED_LENGTH <= end; at++) {
            if (isSignature(message, at)) {
                return message.u32(at + 8) == AUTHENTICATE ? read(message, at) : null;
            }
        }
        return null;
    }

    private static boolean isSignature(SmbView message, long at) {
        for (int index = 0; index < SIGNATURE.length; index++) {
            if (message.u8(at + index) != SIGNATURE[index]) {
                return false;
            }
        }
        return true;
    }

    private static NtlmAuthentication read(SmbView message, long at) {
        long flags = message.u32(at + 60);
        boolean wide = (flags & UNICODE) != 0;
        String version = (flags & VERSION) == 0
                ? null
                : message.u8(at + 64) + "." + message.u8(at + 65) + " build " + message.u16(at + 66) + " rev "
                        + message.u8(at + 71);
        return new NtlmAuthentication(
                field(message, at, 28, wide), field(message, at, 36, wide), field(message, at, 44, wide), version);
    }

    private static String field(SmbView message, long at, int descriptor, boolean wide) {
        int length = message.u16(at + descriptor);
        long offset = at + message.u32(at + descriptor + 4);
        return wide ? message.utf16(offset, length) : message.latin(offset, length);
    }

    void writeTo(EveFields out) {
        out.object("ntlmssp").put("domain", domain).put("user", user).put("host", host);
        if (version != null) {
            out.put("version", version);
        }
        out.end();
    }
}
