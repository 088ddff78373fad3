package jp.genkan.testbed.bench;

import java.util.Locale;
import jp.genkan.testbed.box.Box;
import jp.genkan.testbed.box.GenkanBox;
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
    /** Every frame by way of the engine, every TCP stream reassembled: what full inspection will stand on. */
    GENKAN {
        @Override
        Box start(Topology topology) throws Exception {
            return GenkanBox.in(topology)
                    .yaml("gate:\n  bypass: false\nstream:\n  inspect: all\n")
                    .start();
        }
    },
    /** As it is delivered. */
    GENKAN_DELIVERED {
        @Override
        Box start(Topology topology) throws Exception {
            return GenkanBox.in(topology).start();
        }
    },
    /** The same, but nothing is held: what is infected is cut. */
    GENKAN_CUTTING {
        @Override
        Box start(Topology topology) throws Exception {
            return GenkanBox.in(topology).yaml("av:\n  hold: false\n").start();
        }
    },
    /** Without rules: flows that no engine needs to see any more are left to the kernel. */
    GENKAN_SETTLED {
        @Override
        Box start(Topology topology) throws Exception {
            return GenkanBox.in(topology).yaml("ips:\n  starter-rules: false\n").start();
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

    /** Whether it is ours, and can be killed and started again. */
    boolean isGenkan() {
        return name().startsWith("GENKAN");
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
