package jp.genkan.appliance.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlSocketTest {
    @TempDir
    Path state;

    @Test
    void answersARequestWithOneLine() throws Exception {
        try (ControlServer server = ControlServer.start(
                state,
                (request, reply) ->
                        reply.line("{\"echo\":\"" + request.path("command").asText() + "\"}"))) {
            assertThat(server).isNotNull();
            JsonNode answer = new ControlClient(state).ask(ControlClient.request("status"));
            assertThat(answer.path("echo").asText()).isEqualTo("status");
        }
    }

    @Test
    void sendsARefusalsReasonToTheOneWhoAsked() throws Exception {
        try (ControlServer server = ControlServer.start(state, (request, reply) -> {
            throw new ControlException("no host 'printer'");
        })) {
            assertThat(server).isNotNull();
            assertThatThrownBy(() -> new ControlClient(state).ask(ControlClient.request("isolate")))
                    .isInstanceOf(ControlException.class)
                    .hasMessage("no host 'printer'");
        }
    }

    @Test
    void streamsLinesUntilTheHandlerIsDone() throws Exception {
        try (ControlServer server = ControlServer.start(state, (request, reply) -> {
            for (int i = 0; i < 1000; i++) {
                reply.line("{\"n\":" + i + "}");
            }
        })) {
            assertThat(server).isNotNull();
            List<Integer> seen = new ArrayList<>();
            new ControlClient(state)
                    .follow(
                            ControlClient.request("events"),
                            line -> seen.add(line.path("n").asInt()));
            assertThat(seen).hasSize(1000).startsWith(0, 1, 2).endsWith(999);
        }
    }

    @Test
    void saysThatNobodyAnswersWhenNoEngineRuns() {
        assertThatThrownBy(() -> new ControlClient(state).ask(ControlClient.request("status")))
                .isInstanceOf(ControlClient.NotRunningException.class)
                .hasMessageContaining(state.toString());
    }

    @Test
    void takesTheSocketAwayWhenItCloses() throws Exception {
        ControlServer.start(state, (request, reply) -> {}).close();
        assertThat(state).isEmptyDirectory();
    }

    @Test
    void takesThePlaceOfADeadPredecessorsSocket() throws Exception {
        Files.createFile(state.resolve(ControlServer.SOCKET_NAME));
        try (ControlServer server = ControlServer.start(state, (request, reply) -> reply.line("{}"))) {
            assertThat(server).isNotNull();
            assertThat(new ControlClient(state).ask(ControlClient.request("status")))
                    .isNotNull();
        }
    }
}
