package jp.genkan.testbed.box;

import java.io.IOException;

/** A box under test: forwards between the ports of {@link jp.genkan.testbed.net.Topology#box} while it is open. */
public interface Box extends AutoCloseable {
    /** Its name in tables. */
    String name();

    /** CPU time that its own process has used; 0 when it has none and works in the kernel. */
    double cpuSeconds();

    /** Takes the box away; the ports stay. */
    @Override
    void close() throws IOException;
}
