package jp.genkan.access.reputation;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one list, for status and health.
 *
 * @param list the configuration
 * @param entries usable entries that are in force
 * @param skipped lines of the file that were skipped
 * @param loadedAt when the content that is in force was read; null when none ever was
 * @param problems what is wrong with the file as it is now
 */
public record ListStatus(
        ReputationList list,
        int entries,
        int skipped,
        @Nullable Instant loadedAt,
        List<ListProblem> problems) {}
