package jp.genkan.av.password;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Remembers for a while what mails bring apart: a password for the archive of the next mail, or an archive for the password of the next mail. It lies in memory
 * only; nothing of it is written or told.
 *
 * <p>Thread rule: any thread; workers share one, as the two mails mostly come by two connections.
 *
 * @param <T> what is to be known of an archive when its password comes
 */
public final class PasswordBook<T> {
    /** How long one waits for the other: the second mail is sent at once, and fetched with the next look at the mailbox. */
    public static final Duration MEMORY = Duration.ofHours(1);

    /** Pairs of sender and receiver whose passwords are remembered: an hour's mails with one, at a hundred people. */
    public static final int PAIRS_MAX = 4_096;

    /** Archives that wait. */
    public static final int ARCHIVES_MAX = 128;

    /** Octets of an archive that waits: larger ones are sent by other means. */
    public static final int ARCHIVE_OCTETS_MAX = 4 << 20;

    /** Octets of all that wait. */
    public static final long OCTETS_MAX = 32L << 20;

    /** Archives that are tried for one mail: the newest. */
    public static final int TRIED_MAX = 4;

    private final Map<String, Said> said = new LinkedHashMap<>();
    private final ArrayDeque<Kept<T>> archives = new ArrayDeque<>();
    private long octets;

    private record Said(List<String> passwords, long untilNanos) {}

    /**
     * An archive that no password has opened so far.
     *
     * @param octets all of them
     * @param between in whose mail it came
     * @param about what is to be known of it
     */
    public record Kept<T>(Locked octets, Correspondence between, T about, long untilNanos) {}

    /** Octets of an archive, which nobody changes. */
    public static final class Locked {
        private final byte[] octets;

        /** Of these octets, which are not changed any more. */
        public Locked(byte[] octets) {
            this.octets = octets;
        }

        /** How many. */
        public int size() {
            return octets.length;
        }

        /** For reading only. */
        public byte[] octets() {
            return octets;
        }
    }

    /** A mail of theirs said these may be passwords, best first. */
    public synchronized void say(Correspondence between, List<String> passwords, long nanos) {
        if (passwords.isEmpty()) {
            return;
        }
        forget(nanos);
        for (String pair : between.pairs()) {
            Said before = said.remove(pair); // the newest stand last
            Set<String> all = new LinkedHashSet<>(passwords);
            if (before != null) {
                all.addAll(before.passwords);
            }
            List<String> most = all.stream().limit(Passwords.CANDIDATES_MAX).toList();
            said.put(pair, new Said(most, nanos + MEMORY.toNanos()));
        }
        Iterator<Said> oldest = said.values().iterator();
        while (said.size() > PAIRS_MAX) {
            oldest.next();
            oldest.remove();
        }
    }

    /** What earlier mails of theirs said, the newest first. */
    public synchronized List<String> passwords(Correspondence between, long nanos) {
        forget(nanos);
        Set<String> all = new LinkedHashSet<>();
        for (String pair : between.pairs()) {
            Said known = said.get(pair);
            if (known != null) {
                all.addAll(known.passwords);
            }
        }
        return all.stream().limit(Passwords.CANDIDATES_MAX).toList();
    }

    /** Keeps an archive until its password comes; the oldest gives way. What is too large is not kept. */
    public synchronized void keep(Locked archive, Correspondence between, T about, long nanos) {
        forget(nanos);
        if (archive.size() > ARCHIVE_OCTETS_MAX || between.pairs().isEmpty()) {
            return;
        }
        archives.add(new Kept<>(archive, between, about, nanos + MEMORY.toNanos()));
        octets += archive.size();
        while (archives.size() > ARCHIVES_MAX || octets > OCTETS_MAX) {
            drop(archives.pollFirst());
        }
    }

    /** The newest archives of theirs, on which a new password is to be tried. They stay until {@link #opened}. */
    public synchronized List<Kept<T>> waiting(Correspondence between, long nanos) {
        forget(nanos);
        List<Kept<T>> found = new ArrayList<>();
        Iterator<Kept<T>> newest = archives.descendingIterator();
        while (newest.hasNext() && found.size() < TRIED_MAX) {
            Kept<T> kept = newest.next();
            if (kept.between.meets(between)) {
                found.add(kept);
            }
        }
        return found;
    }

    /** An archive need not wait any longer. */
    public synchronized void opened(Kept<T> archive) {
        Iterator<Kept<T>> all = archives.iterator();
        while (all.hasNext()) {
            if (all.next().equals(archive)) {
                all.remove();
                drop(archive);
                return;
            }
        }
    }

    /** Octets of all that wait. */
    synchronized long octets() {
        return octets;
    }

    private void drop(@Nullable Kept<T> archive) {
        octets -= archive == null ? 0 : archive.octets.size();
    }

    /** What is older than its time: the oldest stand first. */
    private void forget(long nanos) {
        Iterator<Said> passwords = said.values().iterator();
        while (passwords.hasNext() && nanos - passwords.next().untilNanos > 0) {
            passwords.remove();
        }
        Kept<T> oldest = archives.peekFirst();
        while (oldest != null && nanos - oldest.untilNanos > 0) {
            drop(archives.pollFirst());
            oldest = archives.peekFirst();
        }
    }
}
