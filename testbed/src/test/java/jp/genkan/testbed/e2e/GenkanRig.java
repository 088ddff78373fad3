package jp.genkan.testbed.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.StandardProtocolFamily;
import java.time.Duration;
import java.util.List;
import jp.genkan.testbed.load.TcpTransfer;
import jp.genkan.testbed.net.Host;

/** What several end-to-end tests say. */
final class GenkanRig {
    /** No state takes longer to come, even on a machine that is busy with other things. */
    static final Duration LIMIT = Duration.ofSeconds(60);

    /** The machine is shared: a stall of the whole of it is no reason to take the engine for dead, and to drop what waited. */
    static final String PATIENT = "gate:\n  stale-after: 10s\nring:\n  stall-limit: 10s\n  blocks: 128\n";

    static final List<StandardProtocolFamily> FAMILIES =
            List.of(StandardProtocolFamily.INET, StandardProtocolFamily.INET6);

    /** Enough for many windows, super-frames and a flow that is settled on the way; the promised size with {@code -Dtestbed.full=true}. */
    static final long TRANSFER_BYTES = Boolean.getBoolean("testbed.full") ? 500_000_000L : 20_000_000L;

    private GenkanRig() {}

    /** A transfer arrives whole and unchanged. */
    static void assertArrives(Host from, Host to, InetAddress at, long bytes) throws IOException, InterruptedException {
        TcpTransfer.Result result = TcpTransfer.start(from, to, at, bytes).await(LIMIT.multipliedBy(2));
        assertThat(result.bytes()).isEqualTo(bytes);
        assertThat(result.receivedSha256()).isEqualTo(result.sentSha256());
    }

    /** Whether a host answers a ping from another, once within a second. */
    static boolean pings(Host from, InetAddress to) throws IOException {
        return from.namespace()
                        .tryRun(List.of("ping", "-c1", "-W1", "-n", to.getHostAddress()))
                        .exit()
                == 0;
    }
}
