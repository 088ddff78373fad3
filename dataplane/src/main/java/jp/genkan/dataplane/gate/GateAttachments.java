package jp.genkan.dataplane.gate;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jp.genkan.dataplane.bpf.BpfException;
import jp.genkan.dataplane.bpf.BpfProgram;
import jp.genkan.dataplane.bpf.Tcx;
import jp.genkan.dataplane.linux.CallState;
import jp.genkan.dataplane.linux.Native;

/** Finds and removes what is attached to interfaces, whichever process did it. */
final class GateAttachments {
    private static final Path INTERFACES = Path.of("/proc/thread-self/net/dev");
    private static final MethodHandle IF_NAMETOINDEX =
            Native.function("if_nametoindex", FunctionDescriptor.of(JAVA_INT, JAVA_LONG));

    /** One entry of an interface's chain that is ours. */
    record Found(int ifindex, BpfProgram.Info program, int linkId) {
        boolean isOpen() {
            return linkId == 0 && program.name().equals(GateLayout.OPEN);
        }
    }

    private GateAttachments() {}

    static List<Found> find(int ifindex) throws BpfException {
        List<Found> found = new ArrayList<>();
        for (Tcx.Entry entry : Tcx.query(ifindex)) {
            try (BpfProgram program = BpfProgram.ofId(entry.programId())) {
                BpfProgram.Info info = program.info();
                if (info.name().equals(GateLayout.OPEN) || info.name().equals(GateLayout.GUARD)) {
                    found.add(new Found(ifindex, info, entry.linkId()));
                }
            }
        }
        return found;
    }

    static void remove(Found found) throws BpfException {
        if (found.linkId() != 0) {
            Tcx.detachLink(found.linkId());
            return;
        }
        try (BpfProgram program = BpfProgram.ofId(found.program().id())) {
            Tcx.detach(found.ifindex(), program);
        }
    }

    /** The names of all interfaces of this thread's network namespace. */
    static List<String> interfaces() {
        try {
            return Files.readAllLines(INTERFACES).stream()
                    .filter(line -> line.indexOf(':') > 0)
                    .map(line -> line.substring(0, line.indexOf(':')).strip())
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot list interfaces: " + INTERFACES, unreadable);
        }
    }

    /** The index of an interface, 0 when there is none of this name. */
    static int ifindex(String name) {
        try (Arena arena = Arena.ofConfined()) {
            return (int) IF_NAMETOINDEX.invokeExact(
                    CallState.current().segment(), arena.allocateFrom(name).address());
        } catch (Throwable cause) {
            throw Native.unexpected(cause);
        }
    }
}
