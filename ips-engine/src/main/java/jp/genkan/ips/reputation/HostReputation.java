package jp.genkan.ips.reputation;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import jp.genkan.core.frame.Address;
import org.jspecify.annotations.Nullable;

/**
 * Scores of addresses and networks in categories. A narrower network says more than a wider one. Read from Suricata's files: {@code id,name,description} a category, {@code address[/length],id,score} an
 * entry.
 *
 * <p>Thread rule: immutable; looking up allocates nothing.
 */
public final class HostReputation {
    /** The address is in no such category. */
    public static final int NONE = -1;

    /** Greatest score, as in Suricata. */
    public static final int SCORE_MAX = 127;

    /** Most categories, as in Suricata. */
    private static final int CATEGORIES_MAX = 60;

    /** Most entries: ten times the largest public list; 18 octets each. */
    private static final int ENTRIES_MAX = 4_000_000;

    private static final int BITS = 128;
    private static final int V4_SHIFT = 96;

    /** Nothing is known of anybody. */
    public static final HostReputation EMPTY = new HostReputation(Map.of(), List.of(), List.of());

    private final Map<String, Integer> categories;
    /** By length of the prefix, the longest first. */
    private final Networks[] networks;

    private final List<String> problems;

    private record Entry(long high, long low, int length, int category, int score) {}

    /** Entries of one length, sorted. */
    @SuppressWarnings("ArrayRecordComponent") // parallel columns, never compared as a whole
    private record Networks(int length, long[] high, long[] low, byte[] category, byte[] score) {
        int find(long ofHigh, long ofLow, int wanted) {
            long maskedHigh = ofHigh & highMask(length);
            long maskedLow = ofLow & lowMask(length);
            int from = 0;
            int to = high.length - 1;
            while (from <= to) {
                int middle = from + to >>> 1;
                int order = Long.compareUnsigned(high[middle], maskedHigh);
                order = order != 0 ? order : Long.compareUnsigned(low[middle], maskedLow);
                order = order != 0 ? order : category[middle] - wanted;
                if (order == 0) {
                    return score[middle];
                }
                if (order < 0) {
                    from = middle + 1;
                } else {
                    to = middle - 1;
                }
            }
            return NONE;
        }
    }

    private HostReputation(Map<String, Integer> categories, List<Entry> entries, List<String> problems) {
        this.categories = Map.copyOf(categories);
        this.problems = List.copyOf(problems);
        Map<Integer, Map<String, Entry>> byLength = new HashMap<>();
        for (Entry entry : entries) {
            String key = entry.high + ":" + entry.low + ":" + entry.category;
            byLength.computeIfAbsent(entry.length, ignored -> new HashMap<>()).put(key, entry); // the last line counts
        }
        networks = byLength.entrySet().stream()
                .sorted(Map.Entry.<Integer, Map<String, Entry>>comparingByKey().reversed())
                .map(each -> pack(each.getKey(), new ArrayList<>(each.getValue().values())))
                .toArray(Networks[]::new);
    }

    private static Networks pack(int length, List<Entry> entries) {
        entries.sort((left, right) -> {
            int order = Long.compareUnsigned(left.high, right.high);
            order = order != 0 ? order : Long.compareUnsigned(left.low, right.low);
            return order != 0 ? order : Integer.compare(left.category, right.category);
        });
        int count = entries.size();
        Networks packed = new Networks(length, new long[count], new long[count], new byte[count], new byte[count]);
        for (int i = 0; i < count; i++) {
            Entry entry = entries.get(i);
            packed.high[i] = entry.high;
            packed.low[i] = entry.low;
            packed.category[i] = (byte) entry.category;
            packed.score[i] = (byte) entry.score;
        }
        return packed;
    }

    private static long highMask(int length) {
        return length >= Long.SIZE ? -1 : length == 0 ? 0 : -1L << Long.SIZE - length;
    }

    private static long lowMask(int length) {
        int rest = length - Long.SIZE;
        return rest >= Long.SIZE ? -1 : rest <= 0 ? 0 : -1L << Long.SIZE - rest;
    }

    /**
     * Reads categories and lists. Lines that cannot be read are passed over and named in {@link #problems}.
     *
     * @throws IOException when a file cannot be read; the message names it
     */
    public static HostReputation load(Path categories, List<Path> lists) throws IOException {
        List<String> problems = new ArrayList<>();
        Map<String, Integer> byName = new HashMap<>();
        readLines(categories, problems, parts -> {
            int id = number(parts[0], 1, CATEGORIES_MAX);
            if (parts.length < 2 || parts[1].isEmpty()) {
                throw new IllegalArgumentException("id, name and description are wanted");
            }
            byName.put(parts[1].toLowerCase(Locale.ROOT), id);
        });
        List<Entry> entries = new ArrayList<>();
        for (Path list : lists) {
            readLines(list, problems, parts -> {
                if (entries.size() >= ENTRIES_MAX) {
                    throw new IllegalArgumentException("more than " + ENTRIES_MAX + " entries");
                }
                entries.add(entry(parts));
            });
        }
        return new HostReputation(byName, entries, problems);
    }

    private interface Line {
        void read(String[] parts);
    }

    private static void readLines(Path file, List<String> problems, Line line) throws IOException {
        int number = 0;
        try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            for (String text = reader.readLine(); text != null; text = reader.readLine()) {
                number++;
                if (text.isBlank() || text.startsWith("#")) {
                    continue;
                }
                String[] parts = text.split(",", 3);
                for (int i = 0; i < parts.length; i++) {
                    parts[i] = parts[i].strip();
                }
                try {
                    line.read(parts);
                } catch (IllegalArgumentException bad) {
                    problems.add(file + ":" + number + ": " + bad.getMessage());
                }
            }
        }
    }

    private static int number(String text, int least, int most) {
        int number = Integer.parseInt(text);
        if (number < least || number > most) {
            throw new IllegalArgumentException(number + " is not between " + least + " and " + most);
        }
        return number;
    }

    private static Entry entry(String[] parts) {
        if (parts.length != 3) {
            throw new IllegalArgumentException("address, category and score are wanted");
        }
        int slash = parts[0].indexOf('/');
        Address address = Address.parse(slash < 0 ? parts[0] : parts[0].substring(0, slash));
        int shift = address.isV4() ? V4_SHIFT : 0;
        int length = slash < 0 ? BITS : shift + number(parts[0].substring(slash + 1), 0, BITS - shift);
        return new Entry(
                address.high() & highMask(length),
                address.low() & lowMask(length),
                length,
                number(parts[1], 1, CATEGORIES_MAX),
                number(parts[2], 0, SCORE_MAX));
    }

    /** The number of a category, null when there is none of this name. */
    public @Nullable Integer category(String name) {
        return categories.get(name.toLowerCase(Locale.ROOT));
    }

    /** The score of an address in a category, or {@link #NONE}. */
    public int score(long high, long low, int category) {
        for (Networks each : networks) {
            int score = each.find(high, low, category);
            if (score != NONE) {
                return score;
            }
        }
        return NONE;
    }

    /** Lines that could not be read, as {@code file:line: reason}. */
    public List<String> problems() {
        return problems;
    }
}
