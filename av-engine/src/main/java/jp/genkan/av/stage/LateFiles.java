package jp.genkan.av.stage;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import jp.genkan.av.content.Content;
import jp.genkan.av.scan.ScanResult;
import jp.genkan.av.stage.MailSecrets.Late;
import jp.genkan.core.counter.CounterSet;
import jp.genkan.core.pipeline.StageContext;
import org.jspecify.annotations.Nullable;

/**
 * Archives that have passed unopened and whose password came with a later mail: they are looked at away from the path of the frame. What is infected is told;
 * it cannot be taken back.
 *
 * <p>Thread rule: one worker.
 */
final class LateFiles {
    /** Archives that are looked at; those of further mails are not. */
    static final int MAX = 16;

    private final MailSecrets secrets;
    private final @Nullable ScanPool pool;
    private final AvTelling telling;
    private final CounterSet<AvCounter> counters;
    private final Scans here;
    private final List<Looking> looking = new ArrayList<>(0);

    private record Looking(Late late, ScanPool.Job job) {}

    /** Looks at a file at once, where there is no pool. */
    interface Scans {
        ScanResult scan(Content file, @Nullable String name, List<String> outer, List<String> passwords);
    }

    LateFiles(
            MailSecrets secrets,
            @Nullable ScanPool pool,
            AvTelling telling,
            CounterSet<AvCounter> counters,
            Scans here) {
        this.secrets = secrets;
        this.pool = pool;
        this.telling = telling;
        this.counters = counters;
        this.here = here;
    }

    /** Begins to look at archives. */
    void begin(List<Late> found, StageContext context) {
        for (Late late : found) {
            PastFile past = late.archive().about();
            Content content = new Content(copy(late.archive().octets().octets()));
            if (pool == null) {
                judged(late, here.scan(content, past.file().name(), past.outer(), late.passwords()), context);
                continue;
            }
            ScanPool.Job job = looking.size() >= MAX
                    ? null
                    : pool.submit(content, past.file().name(), past.outer(), late.passwords(), null);
            if (job == null) {
                counters.increment(AvCounter.QUEUE_FULL);
            } else {
                looking.add(new Looking(late, job));
            }
        }
    }

    /** The pool reads it at a time of its own: it is freed when nobody refers to it any more. */
    private static MemorySegment copy(byte[] octets) {
        MemorySegment copy = Arena.ofAuto().allocate(octets.length);
        MemorySegment.copy(octets, 0, copy, ValueLayout.JAVA_BYTE, 0, octets.length);
        return copy;
    }

    /** Tells what the pool has found out; called with each packet. */
    void poll(StageContext context) {
        for (int i = looking.size() - 1; i >= 0; i--) {
            ScanResult result = looking.get(i).job.result();
            if (result != null) {
                judged(looking.remove(i).late, result, context);
            }
        }
    }

    private void judged(Late late, ScanResult result, StageContext context) {
        if (MailSecrets.isLocked(result)) {
            return; // another password may come
        }
        secrets.opened(late.archive());
        counters.increment(AvCounter.OPENED_LATE);
        if (result.infection() != null) {
            telling.late(late.archive().about(), result.infection(), context);
        }
    }
}
