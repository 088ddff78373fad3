package jp.genkan.protocols.dns;

import java.util.concurrent.locks.ReentrantLock;
import jp.genkan.core.frame.Address;
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

    private final AnswerTable[] tables = new AnswerTable[SHARDS];
    private final ReentrantLock[] locks = new ReentrantLock[SHARDS];

    /**
     * Nothing is known.
     *
     * @param answersMax most answers that are kept
     * @param seed of the hash; random on a box
     */
    public ResolvedNames(int answersMax, long seed) {
        for (int i = 0; i < SHARDS; i++) {
            tables[i] = new AnswerTable(Math.max(1, answersMax / SHARDS), seed + i);
            locks[i] = new ReentrantLock();
        }
    }

    /** Learns from a response. */
    public void learn(DnsTransaction response, Address client, long nowNanos) {
        AnswerLearner.learn(response, client, this::put, nowNanos);
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
