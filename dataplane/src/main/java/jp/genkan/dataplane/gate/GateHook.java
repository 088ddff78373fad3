package jp.genkan.dataplane.gate;

import jp.genkan.dataplane.bpf.BpfLink;
import jp.genkan.dataplane.bpf.BpfProgram;
import org.jspecify.annotations.Nullable;

/** What is attached at one port. Guarded by its {@link Gate}. */
final class GateHook {
    @Nullable
    BpfProgram open;

    boolean openIsNew;

    @Nullable
    BpfProgram guard;

    @Nullable
    BpfLink guardLink;

    void letGo() {
        if (guardLink != null) {
            guardLink.close();
        }
        if (guard != null) {
            guard.close();
        }
        if (open != null) {
            open.close();
        }
        guardLink = null;
        guard = null;
        open = null;
    }
}
