package jp.genkan.urlfilter.source;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import jp.genkan.urlfilter.compiled.SiteTable;
import jp.genkan.urlfilter.compiled.TableBuilder;
import jp.genkan.urlfilter.compiled.TableFile;
import jp.genkan.urlfilter.compiled.TableStore;
import jp.genkan.urlfilter.list.ListFile;
import jp.genkan.urlfilter.list.ListFormat;
import jp.genkan.urlfilter.list.ListLimits;
import jp.genkan.urlfilter.suffix.PublicSuffixes;
import org.jspecify.annotations.Nullable;

/**
 * Makes one table of all lists. A list that cannot be read leaves its last good content in the table, which is taken out of the table before;
 * so are lists that have not changed, without reading them again.
 *
 * <p>Thread rule: one thread.
 */
final class ListCompiler {
    private final @Nullable TableStore store;
    private final ListLimits limits;
    private final PublicSuffixes suffixes;
    private final String rules;

    /**
     * What came out.
     *
     * @param problems per list's name, what is wrong with its file as a whole; empty when all is well
     */
    record Result(SiteTable table, Map<String, String> problems) {
        Result {
            problems = Map.copyOf(problems);
        }
    }

    /**
     * A compiler.
     *
     * @param store where tables are kept; null for nowhere
     * @param suffixFile the public suffix list; names of its suffixes only mean themselves
     */
    ListCompiler(@Nullable TableStore store, ListLimits limits, Path suffixFile) {
        this.store = store;
        this.limits = limits;
        PublicSuffixes read;
        String digest;
        try {
            read = PublicSuffixes.read(suffixFile);
            digest = ListState.digest(new SiteList("suffixes", suffixFile, ListFormat.AUTO, "", null), limits, "");
        } catch (IOException missing) {
            read = PublicSuffixes.none();
            digest = "none";
        }
        this.suffixes = read;
        this.rules = TableFile.VERSION + " " + digest;
    }

    /** True when a public suffix list was found. */
    boolean hasSuffixes() {
        return suffixes.size() > 0;
    }

    /**
     * Makes the table of these lists.
     *
     * @param inForce the table before; null for none
     */
    Result compile(List<SiteList> lists, @Nullable SiteTable inForce) {
        Map<String, String> problems = new LinkedHashMap<>();
        Map<String, String> digests = new LinkedHashMap<>();
        for (SiteList list : lists) {
            try {
                digests.put(list.name(), ListState.digest(list, limits, rules));
            } catch (NoSuchFileException gone) {
                problems.put(list.name(), "no such file or folder");
            } catch (IOException unreadable) {
                problems.put(list.name(), said(unreadable));
            }
        }
        if (lists.isEmpty()) {
            return new Result(SiteTable.empty(), problems);
        }
        SiteTable newest = store == null || inForce != null ? null : store.newest();
        SiteTable stored = store == null || !problems.isEmpty() ? null : store.get(key(digests));
        for (SiteTable kept : Arrays.asList(inForce, stored, newest)) {
            if (kept != null && fits(kept, lists, digests)) {
                return new Result(kept, problems);
            }
        }
        return new Result(build(lists, digests, inForce != null ? inForce : newest, problems), problems);
    }

    private static String said(IOException failed) {
        String message = failed.getMessage();
        return message == null ? failed.toString() : message;
    }

    /** True when a table is what these lists would give: all that can be read as they are, the others in whatever state. */
    private static boolean fits(SiteTable table, List<SiteList> lists, Map<String, String> digests) {
        Map<String, String> held = held(table);
        Set<String> names = lists.stream().map(SiteList::name).collect(Collectors.toSet());
        return names.containsAll(held.keySet())
                && digests.entrySet().stream()
                        .allMatch(digest -> digest.getValue().equals(held.get(digest.getKey())));
    }

    private static Map<String, String> held(@Nullable SiteTable table) {
        Map<String, String> held = new HashMap<>();
        if (table != null) {
            table.lists().forEach(list -> held.put(list.source(), list.digest()));
        }
        return held;
    }

    /** The name of a table; the order of its lists is no part of it. */
    private static byte[] key(Map<String, String> digests) {
        MessageDigest all = ListState.sha256();
        new TreeMap<>(digests)
                .forEach((name, digest) -> all.update((name + "\n" + digest + "\n").getBytes(StandardCharsets.UTF_8)));
        return all.digest();
    }

    private SiteTable build(
            List<SiteList> lists,
            Map<String, String> digests,
            @Nullable SiteTable before,
            Map<String, String> problems) {
        Map<String, String> held = held(before);
        long seed = before == null || held.isEmpty() ? new SecureRandom().nextLong() : before.seed();
        try (TableBuilder builder = new TableBuilder(suffixes, limits, seed)) {
            Set<String> copied = new HashSet<>();
            for (SiteList list : lists) {
                String digest = digests.get(list.name());
                boolean unchanged = digest != null && digest.equals(held.get(list.name()));
                if (unchanged || digest == null || !read(list, digest, builder, problems)) {
                    copied.add(list.name());
                }
            }
            copied.retainAll(held.keySet());
            if (before != null && !copied.isEmpty()) {
                builder.copy(before, list -> copied.contains(list.source()));
            }
            builder.problems().forEach(problem -> problems.put("", problem));
            if (store == null) {
                return builder.build(Arena.ofAuto());
            }
            try (Arena memory = Arena.ofConfined()) {
                SiteTable table = builder.build(memory);
                return store.put(key(held(table)), table);
            }
        }
    }

    /** Reads one list; false when nothing of it can be used. */
    private boolean read(SiteList list, String digest, TableBuilder builder, Map<String, String> problems) {
        builder.begin(list.name(), digest);
        String broken;
        try {
            new ListFile(list.file(), list.format(), limits, builder::rows).read();
            if (builder.taken() > 0 || builder.skipped() == 0) {
                builder.end();
                return true;
            }
            broken = "not one of its " + builder.skipped() + " rows can be used";
        } catch (IOException damaged) {
            broken = said(damaged);
        }
        problems.put(list.name(), broken);
        builder.giveUp();
        return false;
    }
}
