package jp.genkan.dataplane.bpf;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import jp.genkan.dataplane.linux.Errno;

/**
 * The chain of programs at the ingress of an interface (TCX, Linux 6.6). A program that is attached stays with the interface until it is
 * detached; one that is linked goes when the {@link BpfLink} does, which is at the latest when the process ends.
 *
 * <p>Thread rule: static, works in the network namespace of the calling thread.
 */
public final class Tcx {
    private static final int CHAIN_MAX = 64; // BPF_MPROG_MAX
    private static final String SINCE = "6.6";

    /** The kernel gives back descriptors of a dying process from the highest on: so a link's is moved above all sockets. */
    private static final int LINK_DESCRIPTOR_MIN = 900;

    /**
     * One program of a chain.
     *
     * @param programId its number
     * @param linkId the number of the link that holds it there, 0 when it is attached for good
     */
    public record Entry(int programId, int linkId) {}

    private Tcx() {}

    /** The programs at the ingress of an interface, in the order in which they see a frame. */
    public static List<Entry> query(int ifindex) throws BpfException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment programs = arena.allocate((long) CHAIN_MAX * Integer.BYTES, Integer.BYTES);
            MemorySegment links = arena.allocate((long) CHAIN_MAX * Integer.BYTES, Integer.BYTES);
            MemorySegment attribute = Bpf.attribute(arena);
            attribute.set(JAVA_INT, 0, ifindex);
            attribute.set(JAVA_INT, 4, Bpf.TCX_INGRESS);
            attribute.set(JAVA_LONG, 16, programs.address());
            attribute.set(JAVA_INT, 24, CHAIN_MAX);
            attribute.set(JAVA_LONG, 40, links.address());
            int failed = Bpf.call(Bpf.PROG_QUERY, attribute);
            if (failed == -Errno.ENOENT) {
                return List.of();
            }
            if (failed < 0) {
                throw BpfException.ofFeature("eBPF programs of interface " + ifindex, "TCX", SINCE, -failed);
            }
            List<Entry> chain = new ArrayList<>();
            for (int i = 0; i < attribute.get(JAVA_INT, 24); i++) {
                chain.add(new Entry(programs.getAtIndex(JAVA_INT, i), links.getAtIndex(JAVA_INT, i)));
            }
            return List.copyOf(chain);
        }
    }

    /** Attaches a program for good, behind those that are there. */
    public static void attach(int ifindex, BpfProgram program) throws BpfException {
        attach(ifindex, program, 0, 0);
    }

    /** Puts a program in the place of another one, without a moment in which there is none. */
    public static void replace(int ifindex, BpfProgram old, BpfProgram made) throws BpfException {
        attach(ifindex, made, Bpf.F_REPLACE, old.fd());
    }

    private static void attach(int ifindex, BpfProgram program, int flags, int replaced) throws BpfException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment attribute = Bpf.attribute(arena);
            attribute.set(JAVA_INT, 0, ifindex);
            attribute.set(JAVA_INT, 4, program.fd());
            attribute.set(JAVA_INT, 8, Bpf.TCX_INGRESS);
            attribute.set(JAVA_INT, 12, flags);
            attribute.set(JAVA_INT, 16, replaced);
            int failed = Bpf.call(Bpf.PROG_ATTACH, attribute);
            if (failed < 0) {
                throw BpfException.ofFeature("attaching to interface " + ifindex, "TCX", SINCE, -failed);
            }
        }
    }

    /** Takes away a program that was attached for good; nothing happens when it is not there. */
    public static void detach(int ifindex, BpfProgram program) throws BpfException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment attribute = Bpf.attribute(arena);
            attribute.set(JAVA_INT, 0, ifindex);
            attribute.set(JAVA_INT, 4, program.fd());
            attribute.set(JAVA_INT, 8, Bpf.TCX_INGRESS);
            int failed = Bpf.call(Bpf.PROG_DETACH, attribute);
            if (failed < 0 && failed != -Errno.ENOENT && failed != -Errno.ENODEV) {
                throw BpfException.of("detaching from interface " + ifindex, -failed);
            }
        }
    }

    /** Puts a program before all others for as long as this process keeps the link. */
    public static BpfLink linkFirst(int ifindex, BpfProgram program) throws BpfException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment attribute = Bpf.attribute(arena);
            attribute.set(JAVA_INT, 0, program.fd());
            attribute.set(JAVA_INT, 4, ifindex);
            attribute.set(JAVA_INT, 8, Bpf.TCX_INGRESS);
            attribute.set(JAVA_INT, 12, Bpf.F_BEFORE);
            int fd = Bpf.call(Bpf.LINK_CREATE, attribute);
            if (fd < 0) {
                throw BpfException.ofFeature("linking to interface " + ifindex, "TCX", SINCE, -fd);
            }
            return new BpfLink(Bpf.moveUp(fd, LINK_DESCRIPTOR_MIN));
        }
    }

    /** Takes away a program that some process holds by a link; that process is not asked. */
    public static void detachLink(int linkId) throws BpfException {
        int fd = Bpf.byNumber(Bpf.LINK_GET_FD_BY_ID, linkId);
        if (fd == -Errno.ENOENT) {
            return;
        }
        if (fd < 0) {
            throw BpfException.of("eBPF link number " + linkId, -fd);
        }
        int failed = Bpf.byNumber(Bpf.LINK_DETACH, fd);
        Bpf.close(fd);
        if (failed < 0) {
            throw BpfException.of("detaching eBPF link number " + linkId, -failed);
        }
    }
}
