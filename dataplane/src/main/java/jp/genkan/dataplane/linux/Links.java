package jp.genkan.dataplane.linux;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The interfaces of the calling thread's network namespace, by rtnetlink(7), and a descriptor that tells of changes to them.
 */
public final class Links {
    private static final int RTM_NEWLINK = 16;
    private static final int RTM_GETLINK = 18;
    private static final int NLMSG_ERROR = 2;
    private static final int NLMSG_DONE = 3;
    private static final short NLM_F_REQUEST_DUMP = 0x1 | 0x300;
    private static final int RTMGRP_LINK = 1;

    private static final int IFLA_ADDRESS = 1;
    private static final int IFLA_IFNAME = 3;
    private static final int IFLA_MTU = 4;
    private static final int IFLA_LINK = 5;
    private static final int IFLA_MASTER = 10;
    private static final int IFLA_LINKINFO = 18;
    private static final int IFLA_INFO_KIND = 1;
    private static final int NLA_TYPE_MASK = 0x3fff;

    /** {@code struct nlmsghdr}: length, type, flags, sequence, port. */
    private static final int HEADER_LENGTH = 16;
    /** {@code struct ifinfomsg}: family, pad, type, index, flags, change. */
    private static final int IFINFO_LENGTH = 16;

    private static final int SOCKADDR_NL_LENGTH = 12;

    /** What the kernel fills at most in one part of a dump. */
    private static final int BUFFER_LENGTH = 64 * 1024;

    private Links() {}

    /** All interfaces. */
    public static List<Link> list() throws LinuxException {
        CallState state = CallState.current();
        int descriptor = Sockets.open(Sockets.AF_NETLINK, Sockets.SOCK_RAW, 0, "socket(AF_NETLINK)");
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment request = arena.allocate(HEADER_LENGTH + IFINFO_LENGTH, 4);
            request.set(JAVA_INT_UNALIGNED, 0, (int) request.byteSize());
            request.set(JAVA_SHORT_UNALIGNED, 4, (short) RTM_GETLINK);
            request.set(JAVA_SHORT_UNALIGNED, 6, NLM_F_REQUEST_DUMP);
            if (Sockets.send(state, descriptor, request.address(), request.byteSize(), 0) < 0) {
                throw new LinuxException("RTM_GETLINK", state.errno());
            }
            MemorySegment buffer = arena.allocate(BUFFER_LENGTH, 4);
            List<Link> links = new ArrayList<>();
            boolean more = true;
            while (more) {
                long received = Sockets.recv(state, descriptor, buffer.address(), BUFFER_LENGTH, 0);
                if (received < 0) {
                    throw new LinuxException("RTM_GETLINK", state.errno());
                }
                more = parse(buffer.asSlice(0, received), links);
            }
            return links;
        } finally {
            Sockets.close(descriptor);
        }
    }

    /** The interface of this name. */
    public static Optional<Link> find(String name) throws LinuxException {
        return list().stream().filter(link -> link.name().equals(name)).findFirst();
    }

    /**
     * Opens a descriptor that becomes readable when an interface appears, goes, or changes; what can be read from it is of no interest,
     * {@link #drain} it and {@link #list} again.
     */
    public static int openChanges() throws LinuxException {
        int descriptor = Sockets.open(Sockets.AF_NETLINK, Sockets.SOCK_RAW, 0, "socket(AF_NETLINK)");
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment address = arena.allocate(SOCKADDR_NL_LENGTH, 4);
            address.set(JAVA_SHORT_UNALIGNED, 0, (short) Sockets.AF_NETLINK);
            address.set(JAVA_INT_UNALIGNED, 8, RTMGRP_LINK);
            Sockets.bind(descriptor, address, "bind(RTMGRP_LINK)");
            return descriptor;
        } catch (LinuxException e) {
            Sockets.close(descriptor);
            throw e;
        }
    }

    /** Forgets the changes that have been told so far; a lost one (ENOBUFS) does not matter, since the list is read again. */
    public static void drain(int descriptor) {
        CallState state = CallState.current();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment buffer = arena.allocate(BUFFER_LENGTH, 4);
            long received = 0;
            for (int read = 0; received >= 0 && read < 1000; read++) {
                received = Sockets.recv(state, descriptor, buffer.address(), BUFFER_LENGTH, Sockets.MSG_DONTWAIT);
            }
        }
    }

    /** Reads one part of a dump; false after its last message. */
    private static boolean parse(MemorySegment part, List<Link> links) throws LinuxException {
        long offset = 0;
        while (offset + HEADER_LENGTH <= part.byteSize()) {
            int length = part.get(JAVA_INT_UNALIGNED, offset);
            int type = part.get(JAVA_SHORT_UNALIGNED, offset + 4);
            if (length < HEADER_LENGTH || offset + length > part.byteSize()) {
                return false;
            }
            switch (type) {
                case NLMSG_DONE -> {
                    return false;
                }
                case NLMSG_ERROR ->
                    throw new LinuxException("RTM_GETLINK", -part.get(JAVA_INT_UNALIGNED, offset + HEADER_LENGTH));
                case RTM_NEWLINK -> links.add(parseLink(part.asSlice(offset + HEADER_LENGTH, length - HEADER_LENGTH)));
                default -> {
                    // another kind of message on the same socket is nothing to us
                }
            }
            offset += align(length);
        }
        return true;
    }

    private static Link parseLink(MemorySegment message) {
        int index = message.get(JAVA_INT_UNALIGNED, 4);
        int flags = message.get(JAVA_INT_UNALIGNED, 8);
        String name = "";
        String kind = "";
        int mtu = 0;
        int master = 0;
        int peer = 0;
        long mac = 0;
        long offset = IFINFO_LENGTH;
        while (offset + 4 <= message.byteSize()) {
            int length = message.get(JAVA_SHORT_UNALIGNED, offset) & 0xffff;
            int type = message.get(JAVA_SHORT_UNALIGNED, offset + 2) & NLA_TYPE_MASK;
            if (length < 4 || offset + length > message.byteSize()) {
                break;
            }
            MemorySegment value = message.asSlice(offset + 4, length - 4);
            switch (type) {
                case IFLA_IFNAME -> name = text(value);
                case IFLA_MTU -> mtu = value.get(JAVA_INT_UNALIGNED, 0);
                case IFLA_MASTER -> master = value.get(JAVA_INT_UNALIGNED, 0);
                case IFLA_LINK -> peer = value.get(JAVA_INT_UNALIGNED, 0);
                case IFLA_ADDRESS -> mac = value.byteSize() == 6 ? mac(value) : 0;
                case IFLA_LINKINFO -> kind = kind(value);
                default -> {
                    // dozens of attributes that no port needs
                }
            }
            offset += align(length);
        }
        return new Link(index, name, flags, mtu, mac, master, peer, kind);
    }

    private static String kind(MemorySegment info) {
        long offset = 0;
        while (offset + 4 <= info.byteSize()) {
            int length = info.get(JAVA_SHORT_UNALIGNED, offset) & 0xffff;
            if (length < 4 || offset + length > info.byteSize()) {
                break;
            }
            if ((info.get(JAVA_SHORT_UNALIGNED, offset + 2) & NLA_TYPE_MASK) == IFLA_INFO_KIND) {
                return text(info.asSlice(offset + 4, length - 4));
            }
            offset += align(length);
        }
        return "";
    }

    private static long mac(MemorySegment value) {
        long mac = 0;
        for (int i = 0; i < 6; i++) {
            mac = mac << 8 | value.get(JAVA_BYTE, i) & 0xff;
        }
        return mac;
    }

    private static String text(MemorySegment value) {
        byte[] octets = value.toArray(JAVA_BYTE);
        int length = octets.length;
        while (length > 0 && octets[length - 1] == 0) {
            length--;
        }
        return new String(octets, 0, length, StandardCharsets.UTF_8);
    }

    private static long align(int length) {
        return (length + 3L) & ~3L;
    }
}
