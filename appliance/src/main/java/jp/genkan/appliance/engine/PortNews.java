package jp.genkan.appliance.engine;

import java.time.Instant;
import java.util.Locale;
import jp.genkan.core.event.HealthEvent;
import jp.genkan.core.event.HealthEvent.Severity;
import jp.genkan.dataplane.bpf.BpfException;
import jp.genkan.dataplane.port.Port;
import jp.genkan.dataplane.port.PortListener;
import jp.genkan.dataplane.port.PortState;

/** Tells of interfaces that go and come back, and has the gate attached to one that was made anew. */
final class PortNews implements PortListener {
    private final Engine engine;

    PortNews(Engine engine) {
        this.engine = engine;
    }

    @Override
    public void portLost(Port port, PortState state) {
        engine.tell(HealthEvent.of(
                        now(),
                        "interface_lost",
                        Severity.CRITICAL,
                        "The interface " + port.name() + " is gone or down.")
                .with("interface", port.name())
                .with("state", state.name().toLowerCase(Locale.ROOT)));
    }

    @Override
    public void portBack(Port port, boolean reopened) {
        if (reopened) {
            engine.guard.interfaces(engine.setup.ports());
            attachAgain(port);
        }
        engine.tell(HealthEvent.of(now(), "interface_back", Severity.INFO, "The interface " + port.name() + " is back.")
                .with("interface", port.name()));
    }

    private void attachAgain(Port port) {
        try {
            engine.gate.replace(Engine.gatePort(port));
        } catch (BpfException failed) {
            engine.tell(HealthEvent.of(
                    now(),
                    "gate_failed",
                    Severity.CRITICAL,
                    "The gate cannot be attached to " + port.name() + " again: " + failed.getMessage()));
        }
    }

    private static long now() {
        return Engine.epochNanos(Instant.now());
    }
}
