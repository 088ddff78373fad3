package jp.genkan.appcontrol.usage;

import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import jp.genkan.core.frame.Address;
import jp.genkan.core.state.StateFile;

/**
 * Keeps the totals of use in the state directory, one file a day ({@code applications-2026-11-26}), one row a line with tabs between the columns, each written as a
 * whole. A line that cannot be read is passed over: totals are worth less than a start.
 *
 * <p>Thread rule: one control-plane thread.
 */
public final class UsageStore {
    /** Largest file that is read: {@link UsageBook#ROWS_MAX} rows of at most 200 octets. */
    private static final long FILE_BYTES_MAX = 4L << 20;

    private static final int COLUMNS = 7;

    private final Path directory;
    private final UsageBook book;

    /** A store in a folder, which need not exist yet. */
    public UsageStore(Path stateDirectory, UsageBook book) {
        this.directory = stateDirectory;
        this.book = book;
    }

    private StateFile file(LocalDate day) {
        return new StateFile(directory.resolve("applications-" + day), FILE_BYTES_MAX);
    }

    /**
     * Puts the days up to today back into the book.
     *
     * @throws IOException when a file is there and cannot be read; the other days are in the book
     */
    public void load(LocalDate today) throws IOException {
        IOException first = null;
        for (int back = UsageBook.DAYS_MAX - 1; back >= 0; back--) {
            LocalDate day = today.minusDays(back);
            try {
                for (String line : file(day).readLines()) {
                    restore(day, line);
                }
            } catch (IOException unreadable) {
                first = first == null ? unreadable : first;
            }
        }
        if (first != null) {
            throw first;
        }
    }

    private void restore(LocalDate day, String line) {
        String[] columns = line.split("\t", -1);
        if (columns.length != COLUMNS) {
            return;
        }
        try {
            book.restore(new Usage(
                    day,
                    Address.parse(columns[0]),
                    columns[1],
                    columns[2],
                    Long.parseLong(columns[3]),
                    Long.parseLong(columns[4]),
                    Integer.parseInt(columns[5]),
                    Long.parseLong(columns[6])));
        } catch (IllegalArgumentException | DateTimeException damaged) {
            // passed over
        }
    }

    /**
     * Writes a day.
     *
     * @throws IOException when it could not be made durable; what was there is still there
     */
    public void save(LocalDate day) throws IOException {
        List<Usage> rows = book.of(day);
        if (rows.isEmpty()) {
            return;
        }
        List<String> lines = new ArrayList<>();
        for (Usage row : rows) {
            lines.add(String.join(
                    "\t",
                    row.machine().toString(),
                    row.application(),
                    row.category(),
                    Long.toString(row.bytesOut()),
                    Long.toString(row.bytesIn()),
                    Integer.toString(row.minutes()),
                    Long.toString(row.flows())));
        }
        file(day).writeLines(lines);
    }

    /** Removes the file of the day that is kept no longer. */
    public void forgetBefore(LocalDate today) throws IOException {
        java.nio.file.Files.deleteIfExists(
                file(today.minusDays(UsageBook.DAYS_MAX)).path());
    }
}
