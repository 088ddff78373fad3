package jp.genkan.appcontrol.signature;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import jp.genkan.core.frame.Packet;
import jp.genkan.core.pipeline.Flow;
import org.jspecify.annotations.Nullable;

/**
 * The payload of one packet as signatures and detectors see it: a copy of its first octets, and whence it came. Reading beyond the end is not an error and
 * gives {@link #NONE}: what is asked of a short packet does not hold.
 *
 * <p>Thread rule: one worker; used again for each packet.
 */
public final class Payload {
    /** What a read beyond the end gives; no octet and no number has this value. */
    public static final long NONE = -1;

    /** Octets that are looked at: a frame of Ethernet; what protocols begin with stands before. */
    public static final int OCTETS_MAX = 1536;

    private static final VarHandle U16 = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN)
            .withInvokeExactBehavior();
    private static final VarHandle U32 = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN)
            .withInvokeExactBehavior();

    private final byte[] octets = new byte[OCTETS_MAX];
    private int here;
    private int length;
    private boolean toServer;
    private int protocol;
    private int clientPort;
    private int serverPort;
    private int number;
    private long toHigh;
    private long toLow;
    private int nameFrom;
    private int nameTo;

    /**
     * Takes a packet's payload.
     *
     * @param number of the packet with payload in its direction, from 1
     */
    public void take(Packet packet, Flow flow, int number) {
        fill(packet.segment(), packet.payloadOffset, packet.payloadLength);
        toServer = flow.toServer();
        protocol = flow.protocol();
        clientPort = flow.clientPort();
        serverPort = flow.serverPort();
        this.number = number;
        toHigh = packet.destinationHigh;
        toLow = packet.destinationLow;
    }

    /** Takes octets as if a packet had brought them: for tests and benchmarks. */
    public void take(byte[] from, int protocol, boolean toServer, int clientPort, int serverPort, int number) {
        fill(MemorySegment.ofArray(from), 0, from.length);
        this.protocol = protocol;
        this.toServer = toServer;
        this.clientPort = clientPort;
        this.serverPort = serverPort;
        this.number = number;
        toHigh = 0;
        toLow = 0;
    }

    private void fill(MemorySegment from, long offset, int octetsThere) {
        length = octetsThere;
        nameFrom = 0;
        nameTo = 0;
        here = Math.min(octetsThere, OCTETS_MAX);
        MemorySegment.copy(from, JAVA_BYTE, offset, octets, 0, here);
    }

    /** The octets; good to {@link #here}. */
    public byte[] octets() {
        return octets;
    }

    /** How many octets are here. */
    public int here() {
        return here;
    }

    /** Octets that the packet had. */
    public int length() {
        return length;
    }

    public boolean toServer() {
        return toServer;
    }

    /** IP protocol number. */
    public int protocol() {
        return protocol;
    }

    public boolean isTcp() {
        return protocol == 6;
    }

    public int clientPort() {
        return clientPort;
    }

    public int serverPort() {
        return serverPort;
    }

    /** Number of the packet with payload in its direction, from 1. */
    public int number() {
        return number;
    }

    public long toHigh() {
        return toHigh;
    }

    public long toLow() {
        return toLow;
    }

    /** True when either end has this port. */
    public boolean hasPort(int port) {
        return serverPort == port || clientPort == port;
    }

    /** An octet, or {@link #NONE}. */
    public long u8(int at) {
        return at >= 0 && at < here ? octets[at] & 0xff : NONE;
    }

    /** 16 bits in network order, or {@link #NONE}. */
    public long u16(int at) {
        return at >= 0 && at + 2 <= here ? (short) U16.get(octets, at) & 0xffff : NONE;
    }

    /** 24 bits in network order, or {@link #NONE}. */
    public long u24(int at) {
        return at >= 0 && at + 3 <= here ? u16(at) << 8 | u8(at + 2) : NONE;
    }

    /** 32 bits in network order, or {@link #NONE}. */
    public long u32(int at) {
        return at >= 0 && at + 4 <= here ? (int) U32.get(octets, at) & 0xffff_ffffL : NONE;
    }

    /** 16 bits, lowest octet first, or {@link #NONE}. */
    public long u16le(int at) {
        long value = u16(at);
        return value == NONE ? NONE : value >>> 8 | (value & 0xff) << 8;
    }

    /** 24 bits, lowest octet first, or {@link #NONE}. */
    public long u24le(int at) {
        return at >= 0 && at + 3 <= here ? u16le(at) | u8(at + 2) << 16 : NONE;
    }

    /** 32 bits, lowest octet first, or {@link #NONE}. */
    public long u32le(int at) {
        long value = u32(at);
        return value == NONE ? NONE : Integer.reverseBytes((int) value) & 0xffff_ffffL;
    }

    /** Notes that a host's name stands there. */
    public void noteName(int from, int to) {
        nameFrom = from;
        nameTo = to;
    }

    /** The host's name that was noted, null for none. */
    public @Nullable String name() {
        return nameTo > nameFrom ? new String(octets, nameFrom, nameTo - nameFrom, ISO_8859_1) : null;
    }

    /** True when these octets stand at a place. */
    public boolean has(int at, byte[] wanted) {
        if (at < 0 || at + wanted.length > here) {
            return false;
        }
        for (int i = 0; i < wanted.length; i++) {
            if (octets[at + i] != wanted[i]) {
                return false;
            }
        }
        return true;
    }

    /** True when this ASCII text stands at a place. */
    public boolean has(int at, String wanted) {
        if (at < 0 || at + wanted.length() > here) {
            return false;
        }
        for (int i = 0; i < wanted.length(); i++) {
            if ((octets[at + i] & 0xff) != wanted.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Where this ASCII text first stands from a place on, -1 when nowhere before {@code to}. */
    public int find(String wanted, int from, int to) {
        int last = Math.min(to, here) - wanted.length();
        for (int at = from; at <= last; at++) {
            if (has(at, wanted)) {
                return at;
            }
        }
        return -1;
    }
}
