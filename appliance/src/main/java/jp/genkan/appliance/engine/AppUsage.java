package jp.genkan.appliance.engine;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import jp.genkan.appcontrol.usage.Usage;
import jp.genkan.appcontrol.usage.UsageBook;
import jp.genkan.appcontrol.usage.UsageStore;
import jp.genkan.appliance.control.ControlException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The totals of use of a running box: loaded at the start, written now and then and at the end, told to {@code genkan apps}.
 *
 * <p>Thread rule: the housekeeping thread; {@link #answer} any.
 */
final class AppUsage implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AppUsage.class);

    /** Seconds between two writes: what a power cut loses. */
    private static final int SAVE_EVERY_SECONDS = 300;

    private final UsageBook book;
    private final UsageStore store;
    private LocalDate saved;
    private int seconds;

    AppUsage(UsageBook book, Path stateDirectory) {
        this.book = book;
        this.store = new UsageStore(stateDirectory, book);
        this.saved = book.today(Instant.now());
        try {
            store.load(saved);
        } catch (IOException unreadable) {
            LOG.warn("totals of use: {}", unreadable.getMessage());
        }
    }

    /** Called once a second. */
    void everySecond() {
        if (++seconds >= SAVE_EVERY_SECONDS) {
            seconds = 0;
            save();
        }
    }

    /** Writes today, and the day that was written last, which may have ended meanwhile. */
    void save() {
        LocalDate today = book.today(Instant.now());
        try {
            if (!saved.equals(today)) {
                store.save(saved);
                store.forgetBefore(today);
            }
            store.save(today);
            saved = today;
        } catch (IOException failed) {
            LOG.warn("totals of use: {}", failed.getMessage());
        }
    }

    /** The box stops: all flows have ended. */
    @Override
    public void close() {
        save();
    }

    /** The totals of a day, as {@code 2026-11-26}; of today when it is empty. */
    void answer(String day, ObjectNode to) throws ControlException {
        LocalDate asked;
        try {
            asked = day.isEmpty() ? book.today(Instant.now()) : LocalDate.parse(day);
        } catch (DateTimeException bad) {
            throw new ControlException("not a day: '" + day + "' (example: 2026-11-26)", bad);
        }
        to.put("day", asked.toString());
        ArrayNode days = to.putArray("days");
        book.days().forEach(known -> days.add(known.toString()));
        ArrayNode rows = to.putArray("apps");
        for (Usage row : book.of(asked)) {
            rows.addObject()
                    .put("machine", row.machine().toString())
                    .put("app", row.application())
                    .put("category", row.category())
                    .put("bytes_out", row.bytesOut())
                    .put("bytes_in", row.bytesIn())
                    .put("minutes", row.minutes())
                    .put("flows", row.flows());
        }
        to.put("lost", book.lost());
    }
}
