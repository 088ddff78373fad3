package jp.genkan.av.password;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Remembers for some hours which passwords the mails of two people may hold, so that an archive that comes before or behind the mail with its password can be
 * opened.
 *
 * <p>Thread rule: any thread; calls take a lock for as long as a look-up in a map takes, and search outside it.
 */
public final class Passwords {
    /** Most passwords that one mail is believed to hold, and that are tried on one archive. */
    public static final int CANDIDATES_MAX = 16;

    /** Most pairs of people that are remembered: those who write to a company in a day. The pair that wrote the longest ago is forgotten. */
    public static final int CONVERSATIONS_MAX = 4096;

    /** How long a password is remembered: the second mail comes at once, but is read the next day. */
    public static final Duration REMEMBERED = Duration.ofHours(24);

    /** Most characters of an address: RFC 5321 allows 254. */
    private static final int ADDRESS_MAX = 254;

    private record Pair(String one, String other) {}

    private record Noted(long nanos, List<String> candidates) {}

    private final Map<Pair, Noted> conversations = new LinkedHashMap<>(16, 0.75f, true);

    /** What may be a password in a text, best first; plain text or HTML. */
    public static List<String> find(String text) {
        return PasswordSearch.in(text, CANDIDATES_MAX);
    }

    /**
     * A mail was seen.
     *
     * @param from the sender's address
     * @param recipients the others' addresses
     * @param text subject and bodies
     * @param nowNanos time, of a clock that only goes forward
     */
    public void learn(String from, List<String> recipients, String text, long nowNanos) {
        List<String> found = find(text);
        if (!found.isEmpty()) {
            for (String recipient : recipients.subList(0, Math.min(recipients.size(), CANDIDATES_MAX))) {
                learn(pair(from, recipient), found, nowNanos);
            }
        }
    }

    private synchronized void learn(Pair pair, List<String> found, long nowNanos) {
        Set<String> all = new LinkedHashSet<>(found);
        Noted before = conversations.get(pair);
        if (before != null && nowNanos - before.nanos() <= REMEMBERED.toNanos()) {
            all.addAll(before.candidates());
        }
        List<String> kept = new ArrayList<>(all);
        conversations.put(
                pair, new Noted(nowNanos, List.copyOf(kept.subList(0, Math.min(CANDIDATES_MAX, kept.size())))));
        if (conversations.size() > CONVERSATIONS_MAX) {
            conversations.remove(conversations.keySet().iterator().next());
        }
    }

    /**
     * What may open an archive that goes from one to the others: the newest mail's first.
     *
     * @param nowNanos time, of the same clock
     */
    public List<String> candidates(String from, List<String> recipients, long nowNanos) {
        Set<String> all = new LinkedHashSet<>();
        for (String recipient : recipients.subList(0, Math.min(recipients.size(), CANDIDATES_MAX))) {
            all.addAll(noted(pair(from, recipient), nowNanos));
        }
        return all.stream().limit(CANDIDATES_MAX).toList();
    }

    private synchronized List<String> noted(Pair pair, long nowNanos) {
        Noted found = conversations.get(pair);
        if (found == null || nowNanos - found.nanos() > REMEMBERED.toNanos()) {
            conversations.remove(pair);
            return List.of();
        }
        return found.candidates();
    }

    /** Pairs that are remembered. */
    public synchronized int conversations() {
        return conversations.size();
    }

    /** Both directions are one conversation. */
    private static Pair pair(String one, String other) {
        String first = plain(one);
        String second = plain(other);
        return first.compareTo(second) <= 0 ? new Pair(first, second) : new Pair(second, first);
    }

    private static String plain(String address) {
        String bare = address.strip();
        int open = bare.lastIndexOf('<');
        int close = bare.lastIndexOf('>');
        String inside = open >= 0 && close > open ? bare.substring(open + 1, close) : bare;
        return inside.substring(0, Math.min(ADDRESS_MAX, inside.length())).toLowerCase(Locale.ROOT);
    }
}
