package jp.genkan.ips.state;

/** Turns the name of a variable into a number that stays the same from one set of rules to the next, so that what was noted outlives a reload. */
public final class NameHash {
    private static final long OFFSET = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;

    private NameHash() {}

    /** FNV-1a of 64 bits: two names of a set of rules meet about once in 10^10 sets. */
    public static long of(String name) {
        long hash = OFFSET;
        for (int i = 0; i < name.length(); i++) {
            hash = (hash ^ name.charAt(i)) * PRIME;
        }
        return hash;
    }
}
