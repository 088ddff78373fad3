package jp.genkan.testbed.net;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * JUnit extension that gives tests their network, and takes it away after each test. Skips the class, with the reason, where namespaces
 * cannot be made or a program is missing.
 *
 * <pre>
 *   &#64;RegisterExtension
 *   static final TestNetwork NETWORK = TestNetwork.needing("iperf3");
 *
 *   &#64;Test
 *   void answersPing() throws Exception {
 *       Topology topology = NETWORK.build(TopologySpec.plain(OffloadMode.NIC));
 *       Box box = NETWORK.closing(LinuxBridgeBox.start(topology));
 *       ...
 * </pre>
 */
public final class TestNetwork implements ExecutionCondition, AfterEachCallback, AfterAllCallback {
    private static final List<String> ALWAYS = List.of("ip", "ethtool", "tc", "clang", "sysctl");

    private final List<String> programs;
    private final List<AutoCloseable> open = new ArrayList<>();
    private boolean shared;

    private TestNetwork(List<String> programs) {
        this.programs = programs;
    }

    /** The extension for tests that run these programs too. */
    public static TestNetwork needing(String... programs) {
        List<String> all = new ArrayList<>(ALWAYS);
        all.addAll(List.of(programs));
        return new TestNetwork(all);
    }

    /** Keeps what is opened until the last test of the class is over. */
    public TestNetwork shared() {
        shared = true;
        return this;
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (!"root".equals(System.getProperty("user.name"))) {
            return ConditionEvaluationResult.disabled("network namespaces need root");
        }
        for (String program : programs) {
            if (Commands.find(program).isEmpty()) {
                return ConditionEvaluationResult.disabled("the program " + program + " is not installed");
            }
        }
        return ConditionEvaluationResult.enabled("root, and all programs are there");
    }

    /** Builds a network for the running test. */
    public Topology build(TopologySpec spec) throws IOException {
        return closing(Topology.build(spec));
    }

    /** Closes this after the running test, or after the last of them, last opened first. */
    public <T extends AutoCloseable> T closing(T resource) {
        open.add(resource);
        return resource;
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        if (!shared) {
            closeAll();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        closeAll();
    }

    private void closeAll() throws Exception {
        for (AutoCloseable resource : open.reversed()) {
            resource.close();
        }
        open.clear();
    }
}
