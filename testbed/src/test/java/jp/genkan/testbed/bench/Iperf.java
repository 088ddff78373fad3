package jp.genkan.testbed.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import jp.genkan.testbed.net.Host;
import jp.genkan.testbed.net.Program;

/** TCP bulk by iperf3, the tool that others measure with too. */
final class Iperf {
    private static final Duration START_LIMIT = Duration.ofSeconds(10);

    private Iperf() {}

    /**
     * How much.
     *
     * @param gigabitsPerSecond of payload
     * @param gigabytes of payload
     */
    record Result(double gigabitsPerSecond, double gigabytes) {}

    /** Sends for this long over so many connections. */
    static Result run(Host from, Host to, int streams, int seconds) throws Exception {
        // An interrupted client blocks its server, so each run has a fresh one.
        Program server = to.namespace().start("iperf3", "-s", "-1", "--forceflush");
        try {
            server.awaitLog("Server listening", START_LIMIT);
            String report = from.namespace()
                    .run(
                            "iperf3",
                            "-J",
                            "-c",
                            to.ipv4().getHostAddress(),
                            "-t",
                            String.valueOf(seconds),
                            "-P",
                            String.valueOf(streams));
            JsonNode received = new ObjectMapper().readTree(report).path("end").path("sum_received");
            if (received.isMissingNode()) {
                throw new IOException("iperf3 says nothing of what was received: " + report);
            }
            return new Result(
                    received.path("bits_per_second").asDouble() / 1e9,
                    received.path("bytes").asDouble() / 1e9);
        } finally {
            server.close();
        }
    }
}
