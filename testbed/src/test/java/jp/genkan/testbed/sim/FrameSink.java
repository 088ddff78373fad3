package jp.genkan.testbed.sim;

/** Where frames go: a port, an end host, or a wire before one. */
@FunctionalInterface
public interface FrameSink {
    /** One whole Ethernet frame; the array is the receiver's from now on. */
    void frame(byte[] frame);
}
