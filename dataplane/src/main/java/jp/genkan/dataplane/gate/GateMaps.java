package jp.genkan.dataplane.gate;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jp.genkan.dataplane.bpf.BpfException;
import jp.genkan.dataplane.bpf.BpfMap;
import jp.genkan.dataplane.bpf.BpfObject;

/**
 * The maps of the programs: those that all processes at these ports share are found again by the programs of a predecessor, so that
 * counters, known stations and the switch-over survive; the others are new.
 *
 * <p>Thread rule: made by one thread, read by any.
 */
final class GateMaps implements AutoCloseable {
    private final BpfObject object;
    private final Map<String, BpfMap> maps = new HashMap<>();
    private final MemorySegment control;
    private final MemorySegment state;

    GateMaps(BpfObject object, List<GatePort> ports, GateSettings settings) throws BpfException {
        this.object = object;
        boolean done = false;
        try {
            for (GatePort port : ports) {
                takeOver(port);
            }
            create(settings);
            control = require(GateLayout.CONTROL, Long.BYTES).map(Arena.ofAuto());
            state = require(GateLayout.STATE, GateLayout.STATE_BYTES).map(Arena.ofAuto());
            done = true;
        } finally {
            if (!done) {
                close();
            }
        }
    }

    private void takeOver(GatePort port) throws BpfException {
        for (GateAttachments.Found found : GateAttachments.find(port.ifindex())) {
            for (int id : found.program().mapIds()) {
                takeOver(BpfMap.ofId(id));
            }
        }
    }

    private void takeOver(BpfMap found) {
        String name = found.definition().name();
        boolean shared = name.equals(GateLayout.CPU) || name.equals(GateLayout.CONTROL) || name.equals(GateLayout.MACS);
        if (shared && !maps.containsKey(name) && found.definition().equals(object.map(name))) {
            maps.put(name, found);
        } else {
            found.close();
        }
    }

    private void create(GateSettings settings) throws BpfException {
        for (BpfObject.MapDefinition definition : object.maps()) {
            if (!maps.containsKey(definition.name())) {
                boolean flows = definition.name().equals(GateLayout.SETTLED);
                // an entry for each direction
                maps.put(
                        definition.name(),
                        BpfMap.create(flows ? definition.withEntries(2 * settings.settledFlowsMax()) : definition));
            }
        }
    }

    /** The map of this name, whose values have to be this long. */
    BpfMap require(String name, int valueBytes) {
        BpfMap map = maps.get(name);
        if (map == null || map.definition().valueBytes() != valueBytes) {
            throw new IllegalStateException(name + " of gate.c does not look as GateLayout says");
        }
        return map;
    }

    /** {@code struct control}, shared with the programs and with other processes. */
    MemorySegment control() {
        return control;
    }

    /** {@code struct state}, shared with the programs. */
    MemorySegment state() {
        return state;
    }

    /** All of them by name, for loading programs. */
    Map<String, BpfMap> all() {
        return maps;
    }

    @Override
    public void close() {
        maps.values().forEach(BpfMap::close);
    }
}
