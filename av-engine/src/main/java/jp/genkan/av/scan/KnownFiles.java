package jp.genkan.av.scan;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import jp.genkan.av.content.Content;
import org.jspecify.annotations.Nullable;

/**
 * Asks the cache of results for one scanner: makes samples and hashes of files and of all else that their results depend on.
 *
 * <p>Thread rule: its scanner's.
 */
final class KnownFiles {
    /** A scan that takes less is not worth an entry: of 1,500 files of a machine six in seven took less, together a fifth of the time. */
    private static final long COST_FLOOR_NANOS = 200_000;

    /** SHA-256 takes 0.7 ns an octet; a scan is kept that takes at least four times as much. */
    private static final long COST_NANOS_PER_OCTET = 3;

    /** Larger files do not come by wire. */
    private static final long FILE_OCTETS_MAX = 1L << 30;

    /** Places of a file that are sampled, eight octets each. */
    private static final int PLACES = 64;

    private static final long MIX = 0x9e37_79b9_7f4a_7c15L;

    private final ResultCache cache;
    private final MessageDigest digest;

    /**
     * What is asked about.
     *
     * @param everything true when a scan goes on after the first infection
     * @param sha256 of the file, where it was hashed before
     */
    @SuppressWarnings("ArrayRecordComponent") // only read
    record Question(
            Content file,
            @Nullable String name,
            List<String> outer,
            List<String> formats,
            List<String> passwords,
            boolean everything,
            byte @Nullable [] sha256) {}

    KnownFiles(ResultCache cache) {
        this.cache = cache;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("every JDK has SHA-256", impossible);
        }
    }

    /** The result that is known already; null when none is. */
    @Nullable
    ScanResult find(Question question, ScanLimits limits) {
        long sample = sample(question);
        return cache.mayKnow(sample) ? cache.find(sample, hash(question), limits) : null;
    }

    /** Keeps a result if that is worth it. */
    void learn(Question question, ScanResult result, ScanLimits limits, long nanosTaken) {
        long size = question.file.size();
        if (nanosTaken >= COST_FLOOR_NANOS
                && nanosTaken / COST_NANOS_PER_OCTET >= size
                && size <= FILE_OCTETS_MAX
                && ResultCache.isWorthKeeping(result)) {
            cache.keep(sample(question), hash(question), result, limits);
        }
    }

    private static long sample(Question question) {
        Content file = question.file;
        long sum = file.size() * MIX + (question.name == null ? 0 : question.name.hashCode());
        sum = sum * MIX + question.formats.hashCode();
        long last = file.size() - Long.BYTES;
        for (int i = 0; i < PLACES && last >= 0; i++) {
            sum = (sum ^ file.i64(last * i / (PLACES - 1))) * MIX;
            sum ^= sum >>> 29;
        }
        return sum;
    }

    private byte[] hash(Question question) {
        byte[] octets = question.sha256;
        if (octets == null) {
            digest.update(question.file.octets().asByteBuffer());
            octets = digest.digest();
        }
        text(question.name == null ? "" : "n" + question.name);
        texts(question.outer);
        texts(question.formats);
        texts(question.passwords);
        digest.update((byte) (question.everything ? 1 : 0));
        digest.update(octets);
        return digest.digest();
    }

    private void texts(List<String> texts) {
        number(texts.size());
        texts.forEach(this::text);
    }

    private void text(String text) {
        byte[] octets = text.getBytes(StandardCharsets.UTF_16BE);
        number(octets.length);
        digest.update(octets);
    }

    private void number(int number) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, number));
    }
}
