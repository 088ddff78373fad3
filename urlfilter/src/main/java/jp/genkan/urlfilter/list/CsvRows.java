package jp.genkan.urlfilter.list;

import java.util.Arrays;

/**
 * Columns between commas, quoted where they hold one (RFC 4180). Which column holds the URL says the head, also where it stands in a comment
 * (URLhaus); without a head the first column that looks like one. A quoted column may go on in the next line.
 */
final class CsvRows implements Rows {
    /** Lines of one row; a quote that nobody closes must not swallow the rest of the file. */
    private static final int LINES_MAX = 8;

    /** Columns that are looked at. */
    private static final int COLUMNS_MAX = 64;

    private static final int UNKNOWN = -1;

    private final UrlRows urls;
    private final RowSink sink;
    private final int[] begins = new int[COLUMNS_MAX];
    private final int[] ends = new int[COLUMNS_MAX];
    private byte[] row = new byte[0];
    private int rowLines;
    private long rowNumber;
    private int columns;
    private int urlColumn = UNKNOWN;

    CsvRows(RowSink sink) {
        this.sink = sink;
        this.urls = new UrlRows(sink, SiteScope.PAGE);
    }

    @Override
    public void line(byte[] text, int from, int to, long number) {
        int end = to > from && text[to - 1] == '\r' ? to - 1 : to;
        if (rowLines == 0) {
            if (from >= end) {
                return;
            }
            rowNumber = number;
            if (text[from] == '#') {
                head(Arrays.copyOfRange(text, LineText.skipBlanks(text, from + 1, end), end));
                return;
            }
            row = Arrays.copyOfRange(text, from, end);
        } else {
            byte[] longer = Arrays.copyOf(row, row.length + 1 + end - from);
            longer[row.length] = '\n';
            System.arraycopy(text, from, longer, row.length + 1, end - from);
            row = longer;
        }
        rowLines++;
        if (split(row)) {
            take();
            rowLines = 0;
        } else if (rowLines == LINES_MAX) {
            sink.problem(rowNumber, "a quote that is not closed: " + LineText.quote(row, 0, row.length));
            rowLines = 0;
        }
    }

    @Override
    public void end() {
        if (rowLines > 0) {
            sink.problem(rowNumber, "a quote that is not closed: " + LineText.quote(row, 0, row.length));
        }
    }

    /** Takes a line as head if one of its columns is called URL. */
    private boolean head(byte[] text) {
        if (!split(text)) {
            return false;
        }
        for (int i = 0; i < columns; i++) {
            if (LineText.text(text, begins[i], ends[i]).strip().equalsIgnoreCase("url")) {
                urlColumn = i;
                return true;
            }
        }
        return false;
    }

    private void take() {
        if (urlColumn == UNKNOWN) {
            if (head(row)) {
                return;
            }
            urlColumn = columnWithUrl();
        } else if (head(row)) {
            return; // files that were put together have a head each
        }
        if (urlColumn == UNKNOWN || urlColumn >= columns) {
            sink.problem(rowNumber, "no column with a URL: " + LineText.quote(row, 0, row.length));
            return;
        }
        urls.url(row, begins[urlColumn], ends[urlColumn], rowNumber);
    }

    private int columnWithUrl() {
        for (int i = 0; i < columns; i++) {
            if (LineText.contains(row, begins[i], ends[i], "://")) {
                return i;
            }
        }
        return UNKNOWN;
    }

    /** Finds the columns; false when a quote is open at the end. */
    private boolean split(byte[] text) {
        columns = 0;
        int at = 0;
        while (columns < COLUMNS_MAX) {
            int begin = at;
            int end;
            if (at < text.length && text[at] == '"') {
                begin++;
                end = closingQuote(text, begin);
                if (end < 0) {
                    return false;
                }
                at = end + 1;
            } else {
                end = LineText.indexOf(text, at, text.length, ',');
                end = end < 0 ? text.length : end;
            }
            begins[columns] = begin;
            ends[columns++] = end;
            at = LineText.indexOf(text, Math.max(at, end), text.length, ',');
            if (at < 0) {
                return true;
            }
            at++;
        }
        return true;
    }

    private static int closingQuote(byte[] text, int from) {
        for (int i = from; i < text.length; i++) {
            if (text[i] == '"') {
                if (i + 1 < text.length && text[i + 1] == '"') {
                    i++;
                } else {
                    return i;
                }
            }
        }
        return -1;
    }
}
