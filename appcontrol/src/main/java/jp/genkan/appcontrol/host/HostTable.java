package jp.genkan.appcontrol.host;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the application of a host's name. The longest suffix of whole labels wins; at the same suffix an exact name goes before one with an asterisk, and that
 * before the suffix itself. Names under any public suffix come last.
 *
 * <p>A look-up costs one pass over the name and a probe a label, and allocates nothing.
 *
 * <p>Thread rule: immutable.
 */
public final class HostTable {
    /** What a look-up gives when no pattern holds. */
    public static final int NOT_LISTED = 0;

    /** Patterns that are held; twenty times what is built in. */
    public static final int PATTERNS_MAX = 200_000;

    private static final int HASH_STEP = 31;

    /** Labels of a name that are looked at; DNS allows 127, and no service needs more than 8. */
    private static final int LABELS_MAX = 16;

    private final @Nullable Node[] slots;
    private final int mask;
    private final Map<String, Integer> anySuffix = new HashMap<>();

    /** A table of patterns; of two that are the same, the first counts. */
    public HostTable(List<HostPattern> patterns) {
        if (patterns.size() > PATTERNS_MAX) {
            throw new IllegalArgumentException(
                    patterns.size() + " host patterns, and at most " + PATTERNS_MAX + " can be used");
        }
        Map<String, Node> nodes = new HashMap<>();
        for (HostPattern pattern : patterns) {
            if (pattern.form() == HostPattern.Form.ANY_SUFFIX) {
                anySuffix.putIfAbsent(pattern.name(), pattern.application());
            } else {
                nodes.computeIfAbsent(pattern.name(), Node::new).add(pattern);
            }
        }
        nodes.values().forEach(Node::sort);
        int size = Integer.highestOneBit(Math.max(8, nodes.size())) * 4;
        slots = new @Nullable Node[size];
        mask = size - 1;
        nodes.values().forEach(this::place);
    }

    private void place(Node node) {
        int slot = spread(hashOf(node.name));
        while (slots[slot & mask] != null) {
            slot++;
        }
        slots[slot & mask] = node;
    }

    private static int hashOf(String name) {
        int hash = 0;
        for (int i = name.length() - 1; i >= 0; i--) {
            hash = hash * HASH_STEP + name.charAt(i);
        }
        return hash;
    }

    private static int spread(int hash) {
        int mixed = hash * 0x9e3779b9;
        return mixed ^ mixed >>> 15;
    }

    /**
     * The application of a name, {@link #NOT_LISTED} when it has none.
     *
     * @param host in any case, with or without a dot at its end
     */
    public int find(String host) {
        int end = host.endsWith(".") ? host.length() - 1 : host.length();
        if (end <= 0 || end > HostPattern.NAME_MAX) {
            return NOT_LISTED;
        }
        int found = NOT_LISTED;
        int hash = 0;
        int labels = 0;
        for (int i = end - 1; i >= 0 && labels < LABELS_MAX; i--) {
            hash = hash * HASH_STEP + lower(host.charAt(i));
            if (i == 0 || host.charAt(i - 1) == '.') {
                labels++;
                Node node = node(hash, host, i, end);
                if (node != null) {
                    int here = node.find(host, i);
                    found = here == NOT_LISTED ? found : here;
                }
            }
        }
        return found == NOT_LISTED && !anySuffix.isEmpty() ? byLabel(host, end) : found;
    }

    private @Nullable Node node(int hash, String host, int from, int end) {
        int slot = spread(hash);
        for (Node node = slots[slot & mask]; node != null; node = slots[++slot & mask]) {
            if (node.isName(host, from, end)) {
                return node;
            }
        }
        return null;
    }

    private static char lower(char c) {
        return c >= 'A' && c <= 'Z' ? (char) (c | 0x20) : c;
    }

    /** The label before a public suffix, taken to be the last label, or the last two where both are as short as those of co.jp. */
    private int byLabel(String host, int end) {
        int last = host.lastIndexOf('.', end - 1);
        if (last <= 0) {
            return NOT_LISTED;
        }
        int second = host.lastIndexOf('.', last - 1);
        boolean two = end - last - 1 == 2 && last - second - 1 <= 3 && second > 0;
        int labelEnd = two ? second : last;
        int found = NOT_LISTED;
        int labelFrom = labelEnd;
        for (int labels = 0; labels < LABELS_MAX && labelFrom > 0; labels++) {
            labelFrom = host.lastIndexOf('.', labelFrom - 2) + 1;
            found = anySuffix.getOrDefault(lowered(host, labelFrom, labelEnd), found);
        }
        return found;
    }

    private static String lowered(String host, int from, int to) {
        return host.substring(from, to).toLowerCase(java.util.Locale.ROOT);
    }

    private static final class Node {
        final String name;
        int exact;
        int suffix;
        final List<HostPattern> globs = new ArrayList<>();

        Node(String name) {
            this.name = name;
        }

        void add(HostPattern pattern) {
            switch (pattern.form()) {
                case SUFFIX -> suffix = suffix == NOT_LISTED ? pattern.application() : suffix;
                case EXACT -> exact = exact == NOT_LISTED ? pattern.application() : exact;
                case GLOB, DEEP_GLOB -> globs.add(pattern);
                case ANY_SUFFIX -> throw new IllegalArgumentException("has no name of its own");
            }
        }

        void sort() {
            globs.sort(Comparator.comparingInt(
                            (HostPattern pattern) -> pattern.glob().length())
                    .reversed());
        }

        boolean isName(String host, int from, int end) {
            if (end - from != name.length()) {
                return false;
            }
            for (int i = 0; i < name.length(); i++) {
                if (lower(host.charAt(from + i)) != name.charAt(i)) {
                    return false;
                }
            }
            return true;
        }

        int find(String host, int from) {
            if (from == 0 && exact != NOT_LISTED) {
                return exact;
            }
            if (from > 1 && !globs.isEmpty()) {
                int labelFrom = host.lastIndexOf('.', from - 2) + 1;
                for (int i = 0; i < globs.size(); i++) {
                    HostPattern pattern = globs.get(i);
                    boolean deep = pattern.form() == HostPattern.Form.DEEP_GLOB;
                    int labelEnd = deep ? host.indexOf('.') : from - 1;
                    if (matches(pattern.glob(), host, deep ? 0 : labelFrom, labelEnd)) {
                        return pattern.application();
                    }
                }
            }
            return suffix;
        }
    }

    /** True when a label is what the glob says; an asterisk is any number of characters. Linear but for the asterisks. */
    private static boolean matches(String glob, String host, int from, int to) {
        int g = 0;
        int h = from;
        int starAt = -1;
        int resume = 0;
        while (h < to) {
            if (g < glob.length() && glob.charAt(g) == '*') {
                starAt = g++;
                resume = h;
            } else if (g < glob.length() && glob.charAt(g) == lower(host.charAt(h))) {
                g++;
                h++;
            } else if (starAt >= 0) {
                g = starAt + 1;
                h = ++resume;
            } else {
                return false;
            }
        }
        while (g < glob.length() && glob.charAt(g) == '*') {
            g++;
        }
        return g == glob.length();
    }
}
