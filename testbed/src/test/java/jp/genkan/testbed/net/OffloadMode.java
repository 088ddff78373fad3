package jp.genkan.testbed.net;

/** What the network cards of hosts and box do by themselves, which decides the shape of the frames that the box meets. */
public enum OffloadMode {
    /** As on a cable: 1,514-byte frames with complete checksums everywhere; GRO off. */
    WIRE("rx off tx off sg off tso off gso off gro off", "rx off tx off sg off tso off gso off gro off"),
    /** Hosts as in WIRE, and the box receives with GRO, as the driver of a real card would. */
    NIC("rx off tx off sg off tso off gso off gro off", "rx on tx off sg on tso off gso on gro on"),
    /** Veth's defaults: 64 KB frames with unfinished checksums, as between virtual machines. */
    GSO("rx on tx on sg on tso on gso on gro off", "rx on tx on sg on tso on gso on gro off");

    final String host;
    final String box;

    OffloadMode(String host, String box) {
        this.host = host;
        this.box = box;
    }
}
