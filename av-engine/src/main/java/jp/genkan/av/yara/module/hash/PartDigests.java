package jp.genkan.av.yara.module.hash;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.zip.CRC32;
import jp.genkan.av.content.Content;
import jp.genkan.av.scan.FileFacts;
import jp.genkan.av.yara.module.Undefined;
import org.jspecify.annotations.Nullable;

/**
 * Digests and sums of parts of one file; digests are kept, since many rules ask for the same one.
 *
 * <p>Thread rule: the thread that scans.
 */
final class PartDigests {
    /** Digests of a file that are kept. */
    private static final int KEPT_MAX = 1_024;

    /** Octets between two looks at the clock. */
    private static final int CHUNK = 1 << 20;

    private final Content content;
    private final FileFacts facts;
    private final Map<Part, String> kept = new HashMap<>();

    private record Part(String algorithm, long at, long length) {}

    PartDigests(Content content, FileFacts facts) {
        this.content = content;
        this.facts = facts;
    }

    /** How many octets of a part are there; -1 when it begins outside. */
    private long length(long at, long length) {
        return at < 0 || length < 0 || at >= content.size() ? -1 : Math.min(length, content.size() - at);
    }

    private @Nullable ByteBuffer chunk(long at, long left) {
        return facts.isLate()
                ? null
                : content.octets().asSlice(at, Math.min(CHUNK, left)).asByteBuffer();
    }

    @Nullable
    String digest(String algorithm, long at, long asked) {
        long length = length(at, asked);
        if (length < 0) {
            return null;
        }
        Part part = new Part(algorithm, at, length);
        String known = kept.get(part);
        if (known != null) {
            return known;
        }
        MessageDigest digest = of(algorithm);
        for (long done = 0; done < length; done += CHUNK) {
            ByteBuffer chunk = chunk(at + done, length - done);
            if (chunk == null) {
                return null;
            }
            digest.update(chunk);
        }
        String hex = HexFormat.of().formatHex(digest.digest());
        if (kept.size() < KEPT_MAX) {
            kept.put(part, hex);
        }
        return hex;
    }

    static String digest(String algorithm, String text) {
        return HexFormat.of().formatHex(of(algorithm).digest(text.getBytes(StandardCharsets.ISO_8859_1)));
    }

    private static MessageDigest of(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("every JDK has " + algorithm, impossible);
        }
    }

    long sum(long at, long asked) {
        long length = length(at, asked);
        if (length < 0) {
            return Undefined.INTEGER;
        }
        long sum = 0;
        for (long done = 0; done < length; done++) {
            if (done % CHUNK == 0 && facts.isLate()) {
                return Undefined.INTEGER;
            }
            sum += content.u8(at + done);
        }
        return sum & 0xffff_ffffL;
    }

    static long sum(String text) {
        long sum = 0;
        for (int i = 0; i < text.length(); i++) {
            sum += text.charAt(i) & 0xff;
        }
        return sum & 0xffff_ffffL;
    }

    long crc(long at, long asked) {
        long length = length(at, asked);
        if (length < 0) {
            return Undefined.INTEGER;
        }
        CRC32 crc = new CRC32();
        for (long done = 0; done < length; done += CHUNK) {
            ByteBuffer chunk = chunk(at + done, length - done);
            if (chunk == null) {
                return Undefined.INTEGER;
            }
            crc.update(chunk);
        }
        return crc.getValue();
    }

    static long crc(String text) {
        CRC32 crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.ISO_8859_1));
        return crc.getValue();
    }
}
