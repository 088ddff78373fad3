package jp.genkan.testbed.bench;

import java.util.Locale;
import jp.genkan.testbed.box.Box;
import jp.genkan.testbed.box.LinuxBridgeBox;
import jp.genkan.testbed.box.ProcessBox;
import jp.genkan.testbed.net.OffloadMode;
import jp.genkan.testbed.net.Topology;

/** A kind of box that takes its turn in the middle. */
enum Subject {
    /** The kernel's bridge: what all others are compared with. */
    BRIDGE {
        @Override
        Box start(Topology topology) throws Exception {
            return LinuxBridgeBox.start(topology);
        }
    },
    /** pcap4j as its users write it. */
    PCAP4J {
        @Override
        Box start(Topology topology) throws Exception {
            return pcap4j(topology, "packet");
        }

        @Override
        boolean works(OffloadMode mode) {
            return mode == OffloadMode.WIRE;
        }
    },
    /** pcap4j without its packet objects. */
    PCAP4J_RAW {
        @Override
        Box start(Topology topology) throws Exception {
            return pcap4j(topology, "raw");
        }

        @Override
        boolean works(OffloadMode mode) {
            return mode == OffloadMode.WIRE;
        }
    };

    /** Takes its place in the middle; ready when this returns. */
    abstract Box start(Topology topology) throws Exception;

    /** Whether it can forward at all what these offloads produce: without a virtio-net header, super-frames cannot pass. */
    boolean works(OffloadMode mode) {
        return true;
    }

    /** Its name on the command line and in tables. */
    String title() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Box pcap4j(Topology topology, String how) throws Exception {
        return ProcessBox.start(
                topology,
                "pcap4j",
                Pcap4jForwarder.class,
                "forwarding",
                how,
                topology.insidePorts().getFirst(),
                topology.outsidePort());
    }
}
