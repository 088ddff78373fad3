package jp.genkan.dataplane.gate;

import jp.genkan.dataplane.bpf.BpfProgram;
import jp.genkan.dataplane.bpf.Tcx;
import org.jspecify.annotations.Nullable;

/** What is attached at one port. Guarded by its {@link Gate}. */
final class GateHook {
    @Nullable
    BpfProgram open;

    boolean openIsNew;

    @Nullable
    BpfProgram guard;

    Tcx.@Nullable Link guardLink;

    void letGo() {
        close(guardLink);
        close(guard);
        close(open);
        guardLink = null;
        guard = null;
        open = null;
    }

    private static void close(@Nullable AutoCloseable resource) {
        if (resource instanceof BpfProgram program) {
            program.close();
        } else if (resource instanceof Tcx.Link link) {
            link.close();
        }
    }
}
