package jp.genkan.ips.dataset;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Members by their octets, each with a thing that is known of it. Bounded in octets; hashed under a secret number, so that hostile members do not meet more often than others.
 *
 * <p>Thread rule: shared; each stripe has its own lock. {@link #find} allocates nothing.
 */
final class MemberTable {
    /** What a member costs besides its octets, in octets: its object, its array's head and its share of the index. */
    static final int MEMBER_COST = 64;

    /** More than there are workers, so that they seldom meet. */
    private static final int STRIPES = 64;

    private static final int FIRST_ROOM = 16;

    private static final long PRIME = 0x100000001b3L;

    private final Stripe[] stripes = new Stripe[STRIPES];
    private final long secret = new SplittableRandom().nextLong();
    private final long octetsMax;
    private final AtomicLong octetsUsed = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();

    /** A member. */
    static final class Member {
        private final byte[] octets;
        private final long hash;
        private final @Nullable Object thing;
        private @Nullable Member next;

        private Member(byte[] octets, long hash, @Nullable Object thing) {
            this.octets = octets;
            this.hash = hash;
            this.thing = thing;
        }

        byte[] octets() {
            return octets;
        }

        /** What is known of it; null when nothing is. */
        @Nullable
        Object thing() {
            return thing;
        }

        private long cost() {
            long more = thing instanceof String text ? 2L * text.length() : 0;
            return MEMBER_COST + octets.length + more;
        }
    }

    private static final class Stripe {
        private @Nullable Member[] heads = new @Nullable Member[FIRST_ROOM];
        private int count;

        private int place(long hash) {
            return (int) (hash >>> 8) & heads.length - 1;
        }

        private void grow() {
            @Nullable Member[] before = heads;
            heads = new @Nullable Member[before.length * 2];
            for (Member head : before) {
                Member at = head;
                while (at != null) {
                    Member following = at.next;
                    int place = place(at.hash);
                    at.next = heads[place];
                    heads[place] = at;
                    at = following;
                }
            }
        }
    }

    /**
     * A table.
     *
     * @param octetsMax most octets, the cost of members included
     */
    MemberTable(long octetsMax) {
        this.octetsMax = octetsMax;
        Arrays.setAll(stripes, ignored -> new Stripe());
    }

    private long hash(byte[] octets, int from, int to) {
        long hash = secret;
        for (int i = from; i < to; i++) {
            hash = (hash ^ octets[i]) * PRIME;
            hash ^= hash >>> 29;
        }
        hash = (hash ^ to - from) * 0xd6e8feb86659fd93L;
        return hash ^ hash >>> 32;
    }

    private Stripe stripe(long hash) {
        return stripes[(int) hash & STRIPES - 1];
    }

    /** The member with these octets; null when there is none. */
    @Nullable
    Member find(byte[] octets, int from, int to) {
        long hash = hash(octets, from, to);
        Stripe stripe = stripe(hash);
        synchronized (stripe) {
            return find(stripe, hash, octets, from, to);
        }
    }

    private static @Nullable Member find(Stripe stripe, long hash, byte[] octets, int from, int to) {
        Member at = stripe.heads[stripe.place(hash)];
        while (at != null) {
            if (at.hash == hash && Arrays.equals(at.octets, 0, at.octets.length, octets, from, to)) {
                return at;
            }
            at = at.next;
        }
        return null;
    }

    /** What became of a member that was to be added. */
    enum Added {
        NEW,
        THERE_BEFORE,
        /** There is no room; counted. */
        REFUSED
    }

    /** Adds a member. */
    Added add(byte[] octets, int from, int to, @Nullable Object thing) {
        long hash = hash(octets, from, to);
        Stripe stripe = stripe(hash);
        synchronized (stripe) {
            if (find(stripe, hash, octets, from, to) != null) {
                return Added.THERE_BEFORE;
            }
            Member made = new Member(Arrays.copyOfRange(octets, from, to), hash, thing);
            if (octetsUsed.addAndGet(made.cost()) > octetsMax) {
                octetsUsed.addAndGet(-made.cost());
                refused.incrementAndGet();
                return Added.REFUSED;
            }
            if (stripe.count >= stripe.heads.length) {
                stripe.grow();
            }
            int place = stripe.place(hash);
            made.next = stripe.heads[place];
            stripe.heads[place] = made;
            stripe.count++;
            return Added.NEW;
        }
    }

    /** Takes a member away; false when it was not there. */
    boolean remove(byte[] octets, int from, int to) {
        long hash = hash(octets, from, to);
        Stripe stripe = stripe(hash);
        synchronized (stripe) {
            int place = stripe.place(hash);
            Member before = null;
            Member at = stripe.heads[place];
            while (at != null
                    && !(at.hash == hash && Arrays.equals(at.octets, 0, at.octets.length, octets, from, to))) {
                before = at;
                at = at.next;
            }
            if (at == null) {
                return false;
            }
            if (before == null) {
                stripe.heads[place] = at.next;
            } else {
                before.next = at.next;
            }
            stripe.count--;
            octetsUsed.addAndGet(-at.cost());
            return true;
        }
    }

    /** Tells every member; others may be added and taken away meanwhile. */
    void forEach(Consumer<Member> action) {
        for (Stripe stripe : stripes) {
            synchronized (stripe) {
                for (Member head : stripe.heads) {
                    for (Member at = head; at != null; at = at.next) {
                        action.accept(at);
                    }
                }
            }
        }
    }

    /** How many members there are. */
    long size() {
        long size = 0;
        for (Stripe stripe : stripes) {
            synchronized (stripe) {
                size += stripe.count;
            }
        }
        return size;
    }

    /** How many members found no room. */
    long refused() {
        return refused.get();
    }
}
