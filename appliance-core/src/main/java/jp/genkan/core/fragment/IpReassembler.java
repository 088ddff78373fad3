package jp.genkan.core.fragment;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import jp.genkan.core.counter.CounterSet;
import jp.genkan.core.decode.Checksum;
import jp.genkan.core.decode.FrameDecoder;
import jp.genkan.core.decode.Ipv6Extension;
import jp.genkan.core.frame.DecodeAnomaly;
import jp.genkan.core.frame.Packet;
import org.jspecify.annotations.Nullable;

/**
 * Puts IPv4 (RFC 791 §3.2, RFC 815) and IPv6 (RFC 8200 §4.5, RFC 5722) fragments together, so that the whole datagram can be inspected
 * before its last missing fragment is forwarded.
 *
 * <p>Memory is bounded by {@link FragmentLimits}: an entry's 64 KiB are made when it is first used and kept. A hostile fragment never costs
 * more than its own entry; when all entries are taken the oldest datagram is given up, since an honest one is whole within milliseconds.
 *
 * <p>Thread rule: one a worker. Allocates nothing in steady state.
 */
public final class IpReassembler {
    private static final int IPV4_TOTAL_LENGTH = 2;
    private static final int IPV4_FRAGMENT = 6;
    private static final int IPV4_DONT_FRAGMENT = 0x4000;
    private static final int IPV4_CHECKSUM = 10;
    private static final int IPV6_LENGTH = 40;
    private static final int IPV6_PAYLOAD_LENGTH = 4;
    private static final int IPV6_NEXT_HEADER = 6;
    private static final int FRAGMENT_HEADER_LENGTH = 8;
    private static final int UNIT = 8;

    /** What makes the datagram itself doubtful, not only one of its fragments. */
    private static final long ODD_CONTENT =
            DecodeAnomaly.FRAGMENT_OVERLAP.bit() | DecodeAnomaly.FRAGMENT_LENGTH_INVALID.bit();

    private final FragmentLimits limits;
    private final FrameDecoder decoder;
    private final DatagramTable table;
    private final CounterSet<FragmentCounter> counters = new CounterSet<>(FragmentCounter.class);
    private final Arena arena = Arena.ofAuto();

    /** What was put together, by the depth of the fragments: a datagram may hold a tunnel that holds fragments. */
    private final @Nullable Packet[] results = new @Nullable Packet[FrameDecoder.TUNNELS_MAX + 1];

    private final @Nullable MemorySegment[] memories = new @Nullable MemorySegment[FrameDecoder.TUNNELS_MAX + 1];

    /**
     * An empty reassembler.
     *
     * @param decoder decodes what has been put together; the worker's own
     */
    public IpReassembler(FragmentLimits limits, FrameDecoder decoder) {
        this.limits = limits;
        this.decoder = decoder;
        this.table = new DatagramTable(limits.datagramsMax(), limits.fragmentsMax());
    }

    /**
     * Takes a fragment. What is odd about it is marked on it, and on the datagram.
     *
     * @param fragment decoded; a packet that is no fragment is left alone
     * @param nanos monotonic time
     * @return the whole datagram, decoded, when this fragment completes it: valid until the next call with a packet of the same
     *     {@link Packet#depth}; null otherwise
     */
    public @Nullable Packet offer(Packet fragment, long nanos) {
        if (!fragment.isFragment() || fragment.ipVersion == 0) {
            return null;
        }
        counters.increment(FragmentCounter.FRAGMENTS);
        expire(nanos);
        int end = usableEnd(fragment);
        if (end < 0) {
            return null;
        }
        Datagram datagram = findOrBegin(fragment, nanos);
        if (datagram.givenUp) {
            return null;
        }
        add(datagram, fragment, end);
        if (datagram.givenUp || !datagram.isComplete()) {
            return null;
        }
        Packet whole = complete(datagram, fragment);
        table.remove(datagram);
        return whole;
    }

    /** Gives up every datagram whose time is up. */
    public void expire(long nanos) {
        Datagram oldest = table.oldest();
        while (oldest != null && nanos - oldest.firstNanos >= limits.timeoutNanos()) {
            if (!oldest.givenUp) {
                counters.increment(FragmentCounter.TIMED_OUT);
            }
            table.remove(oldest);
            oldest = table.oldest();
        }
    }

    /** What happened so far; to be read by anybody. */
    public CounterSet<FragmentCounter> counters() {
        return counters;
    }

    /** Datagrams under way. */
    public int datagrams() {
        return table.size();
    }

    // ---- one fragment

    /** Where the fragment ends in the datagram, or -1 when the receiver will not use it. */
    private int usableEnd(Packet fragment) {
        boolean v4 = fragment.ipVersion == 4;
        int declared = v4
                ? fragment.u16(fragment.ipOffset + IPV4_TOTAL_LENGTH)
                : IPV6_LENGTH + fragment.u16(fragment.ipOffset + IPV6_PAYLOAD_LENGTH);
        if (declared > fragment.ipLength || fragment.has(DecodeAnomaly.IPV4_CHECKSUM)) {
            counters.increment(FragmentCounter.UNUSABLE);
            return -1;
        }
        int length = fragment.ipLength - fragment.ipHeaderLength;
        if (fragment.fragmentMore && (length & UNIT - 1) != 0) {
            fragment.mark(DecodeAnomaly.FRAGMENT_LENGTH_INVALID);
            length = v4 ? length & -UNIT : 0; // what hosts do: IPv4 rounds down, IPv6 refuses
        }
        if (length <= 0) {
            fragment.mark(DecodeAnomaly.FRAGMENT_LENGTH_INVALID);
            counters.increment(FragmentCounter.LENGTH_INVALID);
            return -1;
        }
        int end = fragment.fragmentOffset + length;
        int before = v4 ? fragment.ipHeaderLength : 0; // IPv4 counts the header, IPv6 only what follows it
        if (before + end > Datagram.PAYLOAD_MAX) {
            fragment.mark(DecodeAnomaly.FRAGMENT_TOO_LARGE);
            counters.increment(FragmentCounter.TOO_LARGE);
            return -1;
        }
        return end;
    }

    private Datagram findOrBegin(Packet fragment, long nanos) {
        Datagram found = table.find(fragment);
        if (found == null) {
            found = table.begin(fragment, nanos);
        }
        while (found == null) {
            Datagram oldest = table.oldest();
            if (oldest == null) {
                throw new IllegalStateException("the fragment table is empty and full");
            }
            table.remove(oldest);
            counters.increment(FragmentCounter.EVICTED);
            fragment.mark(DecodeAnomaly.FRAGMENT_LIMIT);
            found = table.begin(fragment, nanos);
        }
        return found;
    }

    private void add(Datagram datagram, Packet fragment, int end) {
        int start = fragment.fragmentOffset;
        long from = fragment.ipOffset + fragment.ipHeaderLength;
        MemorySegment memory = datagram.memory(arena);
        OverlapPolicy policy = fragment.ipVersion == 6 ? OverlapPolicy.DISCARD : limits.overlap();
        boolean repeated = datagram.holdsExactly(start, end);
        switch (datagram.add(memory, fragment.segment(), from, start, end, !fragment.fragmentMore, policy)) {
            case ADDED -> {}
            case OVERLAP_SAME -> {
                counters.increment(FragmentCounter.OVERLAP_SAME);
                if (policy == OverlapPolicy.DISCARD && !repeated) {
                    discard(datagram, fragment);
                }
            }
            case OVERLAP_DIFFERENT -> {
                counters.increment(FragmentCounter.OVERLAP_DIFFERENT);
                fragment.mark(DecodeAnomaly.FRAGMENT_OVERLAP);
                if (policy == OverlapPolicy.DISCARD) {
                    discard(datagram, fragment);
                }
            }
            case END_CONTRADICTED -> {
                counters.increment(FragmentCounter.END_CONTRADICTED);
                fragment.mark(DecodeAnomaly.FRAGMENT_OVERLAP);
            }
            case TOO_MANY -> {
                counters.increment(FragmentCounter.TOO_MANY_FRAGMENTS);
                fragment.mark(DecodeAnomaly.FRAGMENT_LIMIT);
                datagram.givenUp = true;
            }
        }
        datagram.anomalies |= fragment.anomalies;
        if (start == 0 && datagram.headerLength == 0) {
            datagram.headerLength = keepHeader(memory, fragment);
            datagram.linkLength = keepLink(memory, fragment, datagram.headerLength);
        }
    }

    private void discard(Datagram datagram, Packet fragment) {
        counters.increment(FragmentCounter.DISCARDED);
        fragment.mark(DecodeAnomaly.FRAGMENT_OVERLAP);
        datagram.givenUp = true;
    }

    // ---- the header of the whole

    /** Copies what stands before the payload of the first fragment, without its fragment header, to right before {@code HEADROOM}. */
    private static int keepHeader(MemorySegment memory, Packet first) {
        if (first.ipVersion == 4) {
            return copyHeader(memory, first, first.ipHeaderLength);
        }
        int unfragmentable = first.ipHeaderLength - FRAGMENT_HEADER_LENGTH;
        if (unfragmentable > Datagram.HEADROOM) {
            copyHeader(memory, first, IPV6_LENGTH);
            setU8(memory, Datagram.HEADROOM - IPV6_LENGTH + IPV6_NEXT_HEADER, first.ipProtocol);
            return IPV6_LENGTH;
        }
        copyHeader(memory, first, unfragmentable);
        int field = fieldBeforeFragmentHeader(first, unfragmentable);
        setU8(memory, Datagram.HEADROOM - unfragmentable + field, first.ipProtocol);
        return unfragmentable;
    }

    /** Copies what stands before the IP header, which events show with the whole. */
    private static int keepLink(MemorySegment memory, Packet first, int headerLength) {
        long length = first.ipOffset - first.frameOffset;
        if (length < 0 || length + headerLength > Datagram.HEADROOM) {
            return 0;
        }
        long to = Datagram.HEADROOM - headerLength - length;
        MemorySegment.copy(first.segment(), first.frameOffset, memory, to, length);
        return (int) length;
    }

    private static int copyHeader(MemorySegment memory, Packet first, int length) {
        MemorySegment.copy(first.segment(), first.ipOffset, memory, Datagram.HEADROOM - length, length);
        return length;
    }

    /** Where the next-header field stands that names the fragment header, counted from the start of the IPv6 header. */
    private static int fieldBeforeFragmentHeader(Packet first, int unfragmentable) {
        int field = IPV6_NEXT_HEADER;
        int at = IPV6_LENGTH;
        while (at < unfragmentable) {
            int type = first.u8(first.ipOffset + field);
            field = at;
            at += Ipv6Extension.length(type, first.u8(first.ipOffset + at + 1));
        }
        return field;
    }

    private static void setU8(MemorySegment memory, long at, int value) {
        memory.set(ValueLayout.JAVA_BYTE, at, (byte) value);
    }

    private static void setU16(MemorySegment memory, long at, int value) {
        memory.set(Packet.U16, at, (short) value);
    }

    // ---- the whole datagram

    private @Nullable Packet complete(Datagram datagram, Packet last) {
        int length = datagram.headerLength + datagram.length();
        int countedLength = last.ipVersion == 4 ? length : length - IPV6_LENGTH;
        if (countedLength > Datagram.PAYLOAD_MAX) {
            counters.increment(FragmentCounter.TOO_LARGE);
            last.mark(DecodeAnomaly.FRAGMENT_TOO_LARGE);
            return null;
        }
        counters.increment(FragmentCounter.REASSEMBLED);
        MemorySegment memory = resultMemory(last.depth);
        int link = datagram.linkLength;
        MemorySegment.copy(
                datagram.memory(arena), Datagram.HEADROOM - datagram.headerLength - link, memory, 0, link + length);
        finishHeader(memory, link, last.ipVersion, datagram.headerLength, length);
        Packet whole = result(last.depth);
        whole.wrap(memory, 0, link + length);
        whole.carriedBy(last);
        whole.reassembled = true;
        decoder.decodeNetwork(whole, link, length);
        whole.anomalies |= datagram.anomalies & ODD_CONTENT;
        return whole;
    }

    private static void finishHeader(MemorySegment memory, long at, int ipVersion, int headerLength, int length) {
        if (ipVersion == 6) {
            setU16(memory, at + IPV6_PAYLOAD_LENGTH, length - IPV6_LENGTH);
            return;
        }
        setU16(memory, at + IPV4_TOTAL_LENGTH, length);
        setU16(memory, at + IPV4_FRAGMENT, memory.get(Packet.U16, at + IPV4_FRAGMENT) & IPV4_DONT_FRAGMENT);
        setU16(memory, at + IPV4_CHECKSUM, 0);
        setU16(memory, at + IPV4_CHECKSUM, Checksum.finish(Checksum.add(0, memory, at, headerLength)));
    }

    private MemorySegment resultMemory(int depth) {
        MemorySegment made = memories[depth];
        if (made == null) {
            made = arena.allocate(Datagram.MEMORY_LENGTH, 8);
            memories[depth] = made;
        }
        return made;
    }

    private Packet result(int depth) {
        Packet made = results[depth];
        if (made == null) {
            made = new Packet();
            results[depth] = made;
        }
        return made;
    }
}
