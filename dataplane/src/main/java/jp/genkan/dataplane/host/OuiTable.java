package jp.genkan.dataplane.host;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makers of network interfaces by the first 24, 28 or 36 bits of the MAC address, from the IEEE's public lists as Debian's package
 * {@code ieee-data} has them. Immutable.
 */
public final class OuiTable {
    /** Where Debian keeps the lists. */
    public static final Path DEFAULT_DIRECTORY = Path.of("/usr/share/ieee-data");

    /** Nothing is known. */
    public static final OuiTable EMPTY = new OuiTable(Map.of(), "");

    /** Stands for the maker of a MAC address that a machine has made up (IEEE 802-2014 §8.2.2, the U/L bit). */
    public static final String PRIVATE_ADDRESS = "private address";

    /** Assignments that are read; the three lists have some 50,000 together. */
    public static final int ASSIGNMENTS_MAX = 200_000;

    private static final long LOCALLY_ADMINISTERED = 0x0200_0000_0000L;
    private static final List<String> CSV_FILES = List.of("oui.csv", "mam.csv", "oui36.csv");
    private static final String TEXT_FILE = "oui.txt";
    private static final String TEXT_MARK = "(hex)";
    private static final int MAC_DIGITS = 12;
    private static final int NAME_MAX = 64;

    private final long[]
            prefixes; // MAC with zeros behind the prefix, and the prefix's digits in the upper 16 bits; sorted
    private final String[] makers;
    private final String problem;

    private OuiTable(Map<Long, String> assignments, String problem) {
        prefixes = new long[assignments.size()];
        makers = new String[assignments.size()];
        int at = 0;
        for (long key : assignments.keySet()) {
            prefixes[at++] = key;
        }
        Arrays.sort(prefixes);
        for (int i = 0; i < prefixes.length; i++) {
            makers[i] = assignments.getOrDefault(prefixes[i], "");
        }
        this.problem = problem;
    }

    /**
     * Reads the lists from a directory, or one list from a file ({@code .csv} or the IEEE's text form).
     *
     * @return a table that is empty, with a {@link #problem}, when nothing can be read
     */
    public static OuiTable load(Path place) {
        Map<Long, String> assignments = new HashMap<>();
        Map<String, String> names = new HashMap<>(); // one string for each maker
        String problem = "";
        for (Path file : files(place)) {
            try (BufferedReader in = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
                boolean csv = file.toString().endsWith(".csv");
                for (String line = in.readLine();
                        line != null && assignments.size() < ASSIGNMENTS_MAX;
                        line = in.readLine()) {
                    add(csv ? csvFields(line) : textFields(line), assignments, names);
                }
            } catch (IOException unreadable) {
                problem = file + ": " + unreadable + ": makers of machines are not known";
            }
        }
        if (assignments.isEmpty() && problem.isEmpty()) {
            problem = place + ": no list of makers: they are not known (Debian's package ieee-data has it)";
        }
        return new OuiTable(assignments, problem);
    }

    private static List<Path> files(Path place) {
        if (!Files.isDirectory(place)) {
            return Files.exists(place) ? List.of(place) : List.of();
        }
        List<Path> csv =
                CSV_FILES.stream().map(place::resolve).filter(Files::exists).toList();
        Path text = place.resolve(TEXT_FILE);
        return csv.isEmpty() && Files.exists(text) ? List.of(text) : csv;
    }

    /** {@code MA-L,001B21,Intel Corporate,...} to prefix and maker; the maker may stand in quotes. */
    private static List<String> csvFields(String line) {
        int first = line.indexOf(',');
        int second = first < 0 ? -1 : line.indexOf(',', first + 1);
        int third = second < 0 ? -1 : line.indexOf(',', second + 1);
        if (third > 0 && line.lastIndexOf('"', third) < 0) {
            return List.of(line.substring(first + 1, second), line.substring(second + 1, third));
        }
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length() && fields.size() < 3; i++) {
            char c = line.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        return fields.size() == 3 ? fields.subList(1, 3) : List.of();
    }

    /** {@code 00-1B-21   (hex)   Intel Corporate} to prefix and maker. */
    private static List<String> textFields(String line) {
        int mark = line.indexOf(TEXT_MARK);
        return mark < 0
                ? List.of()
                : List.of(
                        line.substring(0, mark).strip().replace("-", ""),
                        line.substring(mark + TEXT_MARK.length()).strip());
    }

    private static void add(List<String> fields, Map<Long, String> assignments, Map<String, String> names) {
        if (fields.isEmpty()) {
            return;
        }
        String prefix = fields.getFirst();
        int digits = prefix.length();
        if (digits != 6 && digits != 7 && digits != 9) {
            return;
        }
        long value = 0;
        for (int i = 0; i < digits; i++) {
            int digit = Character.digit(prefix.charAt(i), 16);
            if (digit < 0) {
                return; // the heading
            }
            value = value << 4 | digit;
        }
        String maker = HostNameText.clean(fields.get(1), NAME_MAX);
        if (!maker.isEmpty()) {
            names.putIfAbsent(maker, maker);
            assignments.put(key(value << 4 * (MAC_DIGITS - digits), digits), names.getOrDefault(maker, maker));
        }
    }

    private static long key(long mac, int digits) {
        long kept = mac & -1L << 4 * (MAC_DIGITS - digits) & 0xffff_ffff_ffffL;
        return (long) digits << 48 | kept;
    }

    /** The maker; {@link #PRIVATE_ADDRESS} for a locally administered MAC address; empty when unknown. */
    public String makerOf(long mac) {
        if ((mac & LOCALLY_ADMINISTERED) != 0) {
            return PRIVATE_ADDRESS;
        }
        for (int digits : new int[] {9, 7, 6}) {
            int found = Arrays.binarySearch(prefixes, key(mac, digits));
            if (found >= 0) {
                return makers[found];
            }
        }
        return "";
    }

    /** How many assignments are known. */
    public int size() {
        return prefixes.length;
    }

    /** Why makers are not known, in one line; empty when all is well. */
    public String problem() {
        return problem;
    }
}
