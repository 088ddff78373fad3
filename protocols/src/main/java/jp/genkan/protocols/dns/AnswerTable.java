package jp.genkan.protocols.dns;

import java.util.Arrays;
import jp.genkan.core.frame.Address;
import org.jspecify.annotations.Nullable;

/**
 * Which name gave which address to which host: so that a flow whose octets name nothing can be told by the name that its client asked for.
 *
 * <p>Bounded: when it is full, the answer that was told the longest ago goes first. An answer is good for its time to live and {@link #GRACE_NANOS}
 * more, since clients keep connections and addresses longer than they should.
 *
 * <p>Thread rule: one owner.
 */
public final class AnswerTable implements AnswerReceiver {
    /** How long an answer is good beyond its time to live: browsers keep addresses for a minute or more, and connect late. */
    public static final long GRACE_NANOS = 300_000_000_000L;

    /** Longest time to live that is believed, a day: answers of a week are seen, and the table is to follow renumbering. */
    public static final long TIME_TO_LIVE_MAX_SECONDS = 86_400;

    private static final int NONE = -1;
    private static final int LARGEST = 1 << 24;
    private static final long SECOND = 1_000_000_000L;

    private final int answersMax;
    private final int mask;

    // An answer's fields, by its place
    private final long[] hostHigh;
    private final long[] hostLow;
    private final long[] addressHigh;
    private final long[] addressLow;
    private final long[] goodUntil;
    private final @Nullable String[] names;
    private final int[] older;
    private final int[] newer;

    // Open addressing with linear probing; places, NONE where empty
    private final int[] byPair;
    private final int[] byAddress;

    private final long seed;
    private int oldest = NONE;
    private int newest = NONE;
    private int count;
    private long displaced;

    /**
     * An empty table.
     *
     * @param answersMax most answers that it holds
     * @param seed of its hash; random, so that nobody can choose addresses that collide
     */
    public AnswerTable(int answersMax, long seed) {
        this.seed = seed;
        if (answersMax < 1 || answersMax > LARGEST) {
            throw new IllegalArgumentException("answersMax is " + answersMax + ", not 1 to " + LARGEST);
        }
        this.answersMax = answersMax;
        int slots = Integer.highestOneBit(answersMax) * 4; // never more than half full
        mask = slots - 1;
        hostHigh = new long[answersMax];
        hostLow = new long[answersMax];
        addressHigh = new long[answersMax];
        addressLow = new long[answersMax];
        goodUntil = new long[answersMax];
        names = new @Nullable String[answersMax];
        older = new int[answersMax];
        newer = new int[answersMax];
        byPair = new int[slots];
        byAddress = new int[slots];
        Arrays.fill(byPair, NONE);
        Arrays.fill(byAddress, NONE);
    }

    /** Answers that are held, those that are not good any more included. */
    public int size() {
        return count;
    }

    /** How many answers had to go for newer ones. */
    public long displaced() {
        return displaced;
    }

    @Override
    public void put(Address host, Address address, String name, long timeToLiveSeconds, long nowNanos) {
        int slot = pairSlot(host, address);
        int place = byPair[slot];
        if (place == NONE) {
            if (count == answersMax) {
                place = forgetOldest();
                slot = pairSlot(host, address);
            } else {
                place = count++;
            }
            fill(place, host, address);
            byPair[slot] = place;
        } else {
            unlink(place);
        }
        names[place] = name;
        goodUntil[place] = nowNanos + Math.clamp(timeToLiveSeconds, 0, TIME_TO_LIVE_MAX_SECONDS) * SECOND + GRACE_NANOS;
        append(place);
        byAddress[addressSlot(address)] = place;
    }

    private void fill(int place, Address host, Address address) {
        hostHigh[place] = host.high();
        hostLow[place] = host.low();
        addressHigh[place] = address.high();
        addressLow[place] = address.low();
    }

    /** The name that gave this address to this host; null when none did, or it is too long ago. */
    public @Nullable String find(Address host, Address address, long nowNanos) {
        return good(byPair[pairSlot(host, address)], nowNanos);
    }

    /** The name that gave this address to any host last; null when none did, or it is too long ago. */
    public @Nullable String findAny(Address address, long nowNanos) {
        return good(byAddress[addressSlot(address)], nowNanos);
    }

    private @Nullable String good(int place, long nowNanos) {
        return place == NONE || nowNanos - goodUntil[place] > 0 ? null : names[place];
    }

    /** Makes room; returns the place that is free now. */
    private int forgetOldest() {
        int place = oldest;
        displaced++;
        unlink(place);
        remove(byPair, pairSlotOf(place), false);
        int slot = addressSlotOf(place);
        if (byAddress[slot] == place) {
            remove(byAddress, slot, true);
        }
        return place;
    }

    private void unlink(int place) {
        int before = older[place];
        int after = newer[place];
        if (before == NONE) {
            oldest = after;
        } else {
            newer[before] = after;
        }
        if (after == NONE) {
            newest = before;
        } else {
            older[after] = before;
        }
    }

    private void append(int place) {
        older[place] = newest;
        newer[place] = NONE;
        if (newest == NONE) {
            oldest = place;
        } else {
            newer[newest] = place;
        }
        newest = place;
    }

    private int pairSlot(Address host, Address address) {
        int slot = home(hash(host.high(), host.low(), address.high(), address.low()));
        while (byPair[slot] != NONE && !isPair(byPair[slot], host, address)) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private boolean isPair(int place, Address host, Address address) {
        return hostHigh[place] == host.high() && hostLow[place] == host.low() && isAddress(place, address);
    }

    private boolean isAddress(int place, Address address) {
        return addressHigh[place] == address.high() && addressLow[place] == address.low();
    }

    private int addressSlot(Address address) {
        int slot = home(hash(0, 0, address.high(), address.low()));
        while (byAddress[slot] != NONE && !isAddress(byAddress[slot], address)) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private int pairSlotOf(int place) {
        int slot = pairHome(place);
        while (byPair[slot] != place) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private int addressSlotOf(int place) {
        int slot = addressHome(place);
        while (addressHigh[byAddress[slot]] != addressHigh[place] || addressLow[byAddress[slot]] != addressLow[place]) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private int pairHome(int place) {
        return home(hash(hostHigh[place], hostLow[place], addressHigh[place], addressLow[place]));
    }

    private int addressHome(int place) {
        return home(hash(0, 0, addressHigh[place], addressLow[place]));
    }

    /** Empties a slot and moves those behind it up that would not be found any more. */
    private void remove(int[] table, int emptied, boolean addresses) {
        int hole = emptied;
        int slot = hole;
        table[hole] = NONE;
        while (true) {
            slot = slot + 1 & mask;
            int place = table[slot];
            if (place == NONE) {
                return;
            }
            int home = addresses ? addressHome(place) : pairHome(place);
            if ((slot - home & mask) >= (slot - hole & mask)) {
                table[hole] = place;
                table[slot] = NONE;
                hole = slot;
            }
        }
    }

    private int home(long hash) {
        return (int) (hash >>> 32) & mask;
    }

    /** Mixes as splitmix64 does. */
    private long hash(long a, long b, long c, long d) {
        long hash = seed;
        hash = mixed(hash ^ a);
        hash = mixed(hash ^ b);
        hash = mixed(hash ^ c);
        return mixed(hash ^ d);
    }

    private static long mixed(long value) {
        long z = (value ^ value >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }
}
