package jp.genkan.testbed.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import jp.genkan.testbed.box.GenkanBox;
import jp.genkan.testbed.net.Await;

/** What a box tells: looked for in its eve.json until it is there. */
final class Told {
    /** An event is written within milliseconds of its cause; the machine is shared. */
    private static final Duration LIMIT = Duration.ofSeconds(15);

    private final GenkanBox box;

    Told(GenkanBox box) {
        this.box = box;
    }

    /** Waits for this many events of a type in which these places (JSON pointers, each before its text) say this, and no more. */
    List<JsonNode> all(int count, String type, String... placesAndTexts) throws Exception {
        try {
            Await.until("event", LIMIT, () -> find(type, placesAndTexts).size() >= count);
        } catch (AssertionError e) {
            throw new AssertionError(
                    e.getMessage() + "s of " + type + " with " + String.join(" ", placesAndTexts) + "; told was\n"
                            + everything(),
                    e);
        }
        List<JsonNode> found = find(type, placesAndTexts);
        assertThat(found).hasSize(count);
        return found;
    }

    /** Waits for the one event that says this. */
    JsonNode one(String type, String... placesAndTexts) throws Exception {
        return all(1, type, placesAndTexts).getFirst();
    }

    /** Waits for the one event about a file, and compares what it says with the file. */
    JsonNode file(byte[] octets, String protocol, String... placesAndTexts) throws Exception {
        String[] wanted = new String[placesAndTexts.length + 2];
        wanted[0] = "/app_proto";
        wanted[1] = protocol;
        System.arraycopy(placesAndTexts, 0, wanted, 2, placesAndTexts.length);
        JsonNode event = one("fileinfo", wanted);
        assertThat(event.at("/fileinfo/state").asText()).as(event.toString()).isEqualTo("CLOSED");
        assertThat(event.at("/fileinfo/size").asLong()).as(event.toString()).isEqualTo(octets.length);
        assertThat(event.at("/fileinfo/md5").asText()).as(event.toString()).isEqualTo(Peers.md5(octets));
        assertThat(event.at("/fileinfo/gaps").asBoolean()).as(event.toString()).isFalse();
        return event;
    }

    /** The same, with the file as it lies on the disk. */
    JsonNode file(Path file, String protocol, String... placesAndTexts) throws Exception {
        return file(Files.readAllBytes(file), protocol, placesAndTexts);
    }

    /** No event says this so far. */
    void none(String type, String... placesAndTexts) throws IOException {
        assertThat(find(type, placesAndTexts)).isEmpty();
    }

    /** Nothing that real peers did was odd to the box. */
    void nothingOdd() throws IOException {
        assertThat(find("anomaly")).isEmpty();
    }

    private List<JsonNode> find(String type, String... placesAndTexts) throws IOException {
        return box.events().stream()
                .filter(event -> event.path("event_type").asText().equals(type) && says(event, placesAndTexts))
                .toList();
    }

    private static boolean says(JsonNode event, String... placesAndTexts) {
        for (int i = 0; i < placesAndTexts.length; i += 2) {
            if (!event.at(placesAndTexts[i]).asText().equals(placesAndTexts[i + 1])) {
                return false;
            }
        }
        return true;
    }

    private String everything() throws IOException {
        return box.events().stream()
                .filter(event -> !event.path("event_type").asText().equals("stats"))
                .map(JsonNode::toString)
                .collect(Collectors.joining("\n"));
    }
}
