package jp.genkan.av.stage;

import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import jp.genkan.av.content.Content;
import jp.genkan.av.scan.FileScanner;
import jp.genkan.av.scan.ScanLimits;
import jp.genkan.av.scan.ScanResult;
import jp.genkan.av.scan.ScanSet;
import jp.genkan.av.stage.FlowFiles.OpenFile;
import jp.genkan.av.unpack.Unpackers;
import jp.genkan.av.unpack.http.LooseResponse;
import jp.genkan.core.counter.CounterSet;
import org.jspecify.annotations.Nullable;

/**
 * The scanner of one worker: always with the signatures in force, and within what the path of the frame can bear.
 *
 * <p>Thread rule: one worker.
 */
final class WorkerScanner implements AutoCloseable {
    /** What a worker does itself of a file: as much as takes it a few milliseconds at worst. */
    static final ScanLimits QUICK = new ScanLimits(8, 200, 2L << 20, 2L << 20, 250, Duration.ofMillis(5));

    private static final List<String> MAIL = List.of("mail");
    private static final List<String> HTTP = List.of("http");
    private static final List<String> RESPONSE = List.of(LooseResponse.FORMAT);

    private final AvSettings settings;
    private final CounterSet<AvCounter> counters;
    private ScanSet inForce = ScanSet.EMPTY;
    private @Nullable FileScanner scanner;

    WorkerScanner(AvSettings settings, CounterSet<AvCounter> counters) {
        this.settings = settings;
        this.counters = counters;
    }

    ScanResult look(OpenFile file) {
        return look(file, List.of());
    }

    ScanResult look(OpenFile file, List<String> passwords) {
        return look(new Content(file.memory.octets()), file.file.name(), context(file), passwords, sha256(file));
    }

    ScanResult look(Content file, @Nullable String name, List<String> outer, List<String> passwords) {
        return look(file, name, outer, passwords, null);
    }

    private ScanResult look(
            Content file, @Nullable String name, List<String> outer, List<String> passwords, byte @Nullable [] sha256) {
        FileScanner now = now();
        ScanResult result = now.scan(file, name, outer, outer, passwords, sha256);
        count(now.wasKnown());
        return result;
    }

    /** What is known of a file from before; null when it has to be looked at. */
    @Nullable
    ScanResult recall(OpenFile file, List<String> passwords) {
        byte[] hash = sha256(file);
        ScanResult known = hash == null
                ? null
                : now().recall(
                                new Content(file.memory.octets()),
                                file.file.name(),
                                context(file),
                                context(file),
                                passwords,
                                hash);
        if (known != null) {
            count(true);
        }
        return known;
    }

    /** The hash that the protocol's reader has made of it; null when that is none of these octets. */
    static byte @Nullable [] sha256(OpenFile file) {
        String hash = file.file.sha256();
        boolean same = hash != null
                && !file.cutOff
                && !file.isResponse
                && !file.file.isRange()
                && file.file.size() == file.memory.size();
        return same ? HexFormat.of().parseHex(hash) : null;
    }

    private FileScanner now() {
        ScanSet set = settings.signatures().current();
        FileScanner now = scanner;
        if (now == null || set != inForce) {
            if (now != null) {
                now.close();
            }
            now = new FileScanner(set, Unpackers.all(), settings.pool() == null ? settings.limits() : QUICK);
            scanner = now;
            inForce = set;
        }
        return now;
    }

    /** What a file is infected of so far; once it is, all that follows of it is, too. Null when it is not. */
    @Nullable
    ScanResult lookSoFar(OpenFile file) {
        file.isNews = false;
        if (file.infection == null && file.memory.size() >= file.nextLook) {
            file.nextLook = file.memory.size() * 2;
            ScanResult result = look(file);
            file.wasTold = false;
            file.infection = result.infection() == null ? null : result;
        } else {
            file.wasTold = file.infection != null;
        }
        return file.infection;
    }

    /** Whether enough has come of a file that grows. */
    static boolean isDue(OpenFile file) {
        long size = file.memory.size();
        if (size < file.nextLook || size > AvStage.LOOK_MAX) {
            return false;
        }
        file.nextLook = size < AvStage.LOOK_ALWAYS ? size + 1 : size * 2;
        return true;
    }

    /** Counts a result that was there already, or was not. */
    void count(boolean known) {
        counters.increment(known ? AvCounter.KNOWN : AvCounter.UNKNOWN);
    }

    /** In what a file comes, for those that know of mails and of HTTP. */
    static List<String> context(OpenFile file) {
        if (file.isResponse) {
            return RESPONSE;
        }
        return switch (file.file.transaction().protocol()) {
            case SMTP, POP3, IMAP -> MAIL;
            case HTTP1, HTTP2 -> HTTP;
            default -> List.of();
        };
    }

    /** True when the worker's own bounds ended the look, which the pool's might not. */
    static boolean isCutShort(ScanResult result) {
        for (ScanResult.Blind blind : result.blind()) {
            switch (blind.reason()) {
                case TOO_LARGE, TOO_LONG, TOO_MANY, TOO_DEEP -> {
                    return true;
                }
                default -> {}
            }
        }
        return false;
    }

    @Override
    public void close() {
        if (scanner != null) {
            scanner.close();
        }
    }
}
