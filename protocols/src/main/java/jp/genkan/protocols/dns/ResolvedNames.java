package jp.genkan.protocols.dns;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.ReentrantLock;
import jp.genkan.core.frame.Address;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.Transaction;
import jp.genkan.core.pipeline.Flow;
import org.jspecify.annotations.Nullable;

/**
 * By which name each server was looked up lately, for all workers: an answer and the connection that it leads to have different address pairs, so different
 * workers see them.
 *
 * <p>Thread rule: any thread. The table is cut into shards by the address that was given, each behind its own lock, which is held for one look-up or one
 * entry: a new flow asks once, an answer enters a few.
 */
public final class ResolvedNames {
    /** Answers in all: 250 machines with 250 addresses each; some 100 octets an answer and its name. */
    public static final int ANSWERS_MAX = 65_536;

    /** Longest name that is kept, RFC 1035 §2.3.4 in text form: what is longer is escaped octets and no host. */
    static final int NAME_MAX = 253;

    /** Enough that two workers seldom meet. */
    private static final int SHARDS = 16;

    /** Names of which it is known whether they were looked up; an office asks for a few thousand a day. A name that falls on another's place takes it. */
    private static final int ASKED_MAX = 1 << 16;

    private static final long NANOS_A_MINUTE = 60_000_000_000L;
    private static final long MINUTES = 0xffffffL;
    private static final long ASKED_MINUTES = AnswerTable.TIME_TO_LIVE_MAX_SECONDS / 60;

    private final AtomicLongArray asked = new AtomicLongArray(ASKED_MAX);
    private final long seed;
    private final AnswerTable[] tables = new AnswerTable[SHARDS];
    private final ReentrantLock[] locks = new ReentrantLock[SHARDS];

    /**
     * Nothing is known.
     *
     * @param answersMax most answers that are kept
     * @param seed of the hash; random on a box
     */
    public ResolvedNames(int answersMax, long seed) {
        this.seed = seed;
        for (int i = 0; i < SHARDS; i++) {
            tables[i] = new AnswerTable(Math.max(1, answersMax / SHARDS), seed + i);
            locks[i] = new ReentrantLock();
        }
    }

    /**
     * Learns from what a server says, where that is an answer of DNS. Multicast answers are left out: they name machines of the LAN, and anybody may send them.
     *
     * @param flow in which
     */
    public void learn(Transaction transaction, Direction direction, Flow flow, long nowNanos) {
        if (direction == Direction.TO_CLIENT
                && transaction instanceof DnsTransaction dns
                && dns.protocol() == AppProtocol.DNS) {
            learn(dns, new Address(flow.clientHigh(), flow.clientLow()), nowNanos);
        }
    }

    /** {@link #find(Address, Address, long)} for the ends of a flow. */
    public @Nullable String find(Flow flow, long nowNanos) {
        return find(
                new Address(flow.clientHigh(), flow.clientLow()),
                new Address(flow.serverHigh(), flow.serverLow()),
                nowNanos);
    }

    /** Learns from a response. */
    public void learn(DnsTransaction response, Address client, long nowNanos) {
        AnswerLearner.learn(response, client, this::put, nowNanos);
        String question = response.question();
        if (!question.isEmpty() && question.length() <= NAME_MAX && response.isResponse()) {
            long hash = hash(question);
            asked.setOpaque(place(hash), hash & ~MINUTES | minutes(nowNanos));
        }
    }

    /** True when anybody has looked this name up within a day. */
    public boolean isLookedUp(String name, long nowNanos) {
        long hash = hash(name);
        long noted = asked.getOpaque(place(hash));
        return (noted & ~MINUTES) == (hash & ~MINUTES) && (minutes(nowNanos) - noted & MINUTES) <= ASKED_MINUTES;
    }

    private static int place(long hash) {
        return (int) (hash & ASKED_MAX - 1);
    }

    private static long minutes(long nowNanos) {
        return Math.floorDiv(nowNanos, NANOS_A_MINUTE) & MINUTES;
    }

    /** Of the name without regard to case and the dot at its end. */
    private long hash(String name) {
        int length = name.endsWith(".") ? name.length() - 1 : name.length();
        long hash = seed;
        for (int i = 0; i < length; i++) {
            char letter = name.charAt(i);
            hash = (hash ^ (letter >= 'A' && letter <= 'Z' ? letter + 32 : letter)) * 0x100_0000_01b3L;
        }
        hash ^= hash >>> 32;
        return hash * 0x9e37_79b9_7f4a_7c15L | 1L << 63;
    }

    private void put(Address host, Address address, String name, long timeToLiveSeconds, long nowNanos) {
        if (name.isEmpty() || name.length() > NAME_MAX) {
            return;
        }
        int shard = shard(address.high(), address.low());
        locks[shard].lock();
        try {
            tables[shard].put(host, address, name, timeToLiveSeconds, nowNanos);
        } finally {
            locks[shard].unlock();
        }
    }

    /**
     * The name that gave the server's address to this client; if none did, to anybody: the resolver may stand in the LAN, and ask in its own name.
     *
     * @return in lower case, without a dot at its end; null when the address was not looked up lately
     */
    public @Nullable String find(Address client, Address server, long nowNanos) {
        int shard = shard(server.high(), server.low());
        locks[shard].lock();
        try {
            String own = tables[shard].find(client, server, nowNanos);
            return own != null ? own : tables[shard].findAny(server, nowNanos);
        } finally {
            locks[shard].unlock();
        }
    }

    /** Answers that had to go for newer ones. */
    public long displaced() {
        long sum = 0;
        for (int i = 0; i < SHARDS; i++) {
            locks[i].lock();
            try {
                sum += tables[i].displaced();
            } finally {
                locks[i].unlock();
            }
        }
        return sum;
    }

    private static int shard(long high, long low) {
        long mixed = (high ^ low) * 0x9e37_79b9_7f4a_7c15L;
        return (int) (mixed >>> 60);
    }
}
