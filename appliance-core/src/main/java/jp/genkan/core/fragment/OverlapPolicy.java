package jp.genkan.core.fragment;

/**
 * Whose octets count where two fragments of one datagram overlap. Hosts differ (Novak, "Target-Based Fragmentation Reassembly", 2005), and
 * inspecting anything but what the receiver will see is an evasion.
 *
 * <p>"Old" is a piece that is held already, as far as it has not been overwritten; "new" is the fragment that arrives. Ends are exclusive.
 */
public enum OverlapPolicy {
    /** What came first: old HP-UX, classic Mac OS. */
    FIRST {
        @Override
        boolean newWins(int oldStart, int oldEnd, int newStart, int newEnd) {
            return false;
        }
    },
    /** What came last: Cisco IOS. */
    LAST {
        @Override
        boolean newWins(int oldStart, int oldEnd, int newStart, int newEnd) {
            return true;
        }
    },
    /** The fragment that starts further left, of two that start together the old one: BSD, AIX, HP-UX. */
    BSD {
        @Override
        boolean newWins(int oldStart, int oldEnd, int newStart, int newEnd) {
            return newStart < oldStart;
        }
    },
    /** The fragment that starts further right, of two that start together the new one: HP JetDirect. */
    BSD_RIGHT {
        @Override
        boolean newWins(int oldStart, int oldEnd, int newStart, int newEnd) {
            return newStart >= oldStart;
        }
    },
    /** The fragment that starts further left, of two that start together the new one: Linux before 4.19. */
    LINUX {
        @Override
        boolean newWins(int oldStart, int oldEnd, int newStart, int newEnd) {
            return newStart <= oldStart;
        }
    },
    /** The old one, unless the new one reaches beyond it on both sides: Windows before Vista. */
    WINDOWS {
        @Override
        boolean newWins(int oldStart, int oldEnd, int newStart, int newEnd) {
            return newStart < oldStart && newEnd > oldEnd;
        }
    },
    /** The old one, unless the new one starts before it and reaches at least as far: Solaris. */
    SOLARIS {
        @Override
        boolean newWins(int oldStart, int oldEnd, int newStart, int newEnd) {
            return newStart < oldStart && newEnd >= oldEnd;
        }
    },
    /**
     * Nobody's: the datagram is given up. IPv6 always (RFC 5722); Linux since 4.19 and Windows since Vista for IPv4 too. An exact repetition
     * is no overlap (RFC 8200 §4.5).
     */
    DISCARD {
        @Override
        boolean newWins(int oldStart, int oldEnd, int newStart, int newEnd) {
            return false;
        }
    };

    /** True when the new fragment's octets replace those of the old piece where the two overlap. */
    abstract boolean newWins(int oldStart, int oldEnd, int newStart, int newEnd);
}
