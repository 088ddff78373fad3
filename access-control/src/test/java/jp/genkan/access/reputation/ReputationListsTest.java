package jp.genkan.access.reputation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import jp.genkan.access.address.AddressException;
import jp.genkan.access.address.OwnAddresses;
import jp.genkan.access.path.EventText;
import jp.genkan.core.event.Event;
import jp.genkan.core.frame.Address;
import jp.genkan.core.frame.AddressRange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReputationListsTest {
    private static final Instant START = Instant.parse("2026-11-24T09:00:00Z");

    @TempDir
    Path directory;

    private Path file;
    private Instant now = START;
    private int changes;
    private final List<Event> events = new ArrayList<>();
    private final List<AddressException> exceptions = new ArrayList<>();

    @BeforeEach
    void writeOneAddress() throws IOException {
        file = directory.resolve("feed.txt");
        Files.writeString(file, "192.0.2.1\n");
    }

    private ReputationLists open() {
        return new ReputationLists(
                List.of(new ReputationList("feed", file, ListAction.BLOCK, ListDirection.BOTH)),
                exceptions,
                new ListLimits(1 << 16, 100, 1, 20),
                OwnAddresses.NONE,
                () -> now,
                events::add,
                () -> changes++);
    }

    private static boolean holds(ReputationLists lists, String address) {
        Address parsed = Address.parse(address);
        return lists.current().table(true).find(parsed.high(), parsed.low()) != RangeTable.NOT_LISTED;
    }

    /** A new file in place of the old one, as an updater does it. */
    private void replace(String content) throws IOException {
        Path next = directory.resolve("next");
        Files.writeString(next, content);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Test
    void swapsInAFileThatHasChangedAndSettled() throws IOException {
        ReputationLists lists = open();
        assertThat(lists.poll()).isFalse();
        replace("192.0.2.2\n");
        assertThat(lists.poll()).as("first sight of the change").isFalse();
        assertThat(lists.poll()).isTrue();
        assertThat(holds(lists, "192.0.2.2")).isTrue();
        assertThat(holds(lists, "192.0.2.1")).isFalse();
        assertThat(changes).isEqualTo(1);
        assertThat(lists.poll()).isFalse();
        assertThat(lists.problems()).isEmpty();
    }

    @Test
    void keepsTheLastGoodSetWhenTheFileVanishes() throws IOException {
        ReputationLists lists = open();
        Files.delete(file);
        lists.poll();
        lists.poll();
        assertThat(holds(lists, "192.0.2.1")).isTrue();
        assertThat(lists.problems().toString())
                .isEqualTo("[" + file + ": no such file: list 'feed' goes on with the 1 entries that were read at "
                        + START + "]");
        assertThat(EventText.of(events.getFirst()))
                .isEqualTo("health health{ name='reputation_list_problem' severity='warning' text='" + file
                        + ": no such file: list 'feed' goes on with the 1 entries that were read at " + START
                        + "' list='feed' problems=1 }");
        replace("192.0.2.3\n");
        lists.poll();
        lists.poll();
        assertThat(holds(lists, "192.0.2.3")).isTrue();
        assertThat(lists.problems()).isEmpty();
    }

    @Test
    void keepsTheLastGoodSetWhenTheFileIsBrokenOrTooLarge() throws IOException {
        ReputationLists lists = open();
        replace("<html>not found</html>\n");
        lists.reload();
        assertThat(holds(lists, "192.0.2.1")).isTrue();
        assertThat(lists.problems().getFirst().text())
                .startsWith("not one of its 1 lines is an address: list 'feed' goes on");
        replace("192.0.2.9\n".repeat(101));
        lists.reload();
        assertThat(holds(lists, "192.0.2.1")).isTrue();
        assertThat(lists.problems().getFirst().text()).startsWith("more than 100 entries");
    }

    @Test
    void usesTheGoodLinesOfAFileWithBadOnes() throws IOException {
        ReputationLists lists = open();
        replace("192.0.2.5\nwhat?\n");
        lists.reload();
        assertThat(holds(lists, "192.0.2.5")).isTrue();
        assertThat(lists.problems().getFirst().toString()).startsWith(file + ":2: 'what?' is not an address");
        assertThat(lists.status().getFirst().skipped()).isEqualTo(1);
    }

    @Test
    void startsWithAnEmptyListWhenThereIsNoFile() throws IOException {
        Files.delete(file);
        ReputationLists lists = open();
        assertThat(lists.current().isEmpty()).isTrue();
        assertThat(lists.problems().getFirst()).hasToString(file + ": no such file: list 'feed' is empty");
    }

    @Test
    void looksAtFlowsAgainWhenAnExceptionHasEnded() {
        exceptions.add(new AddressException(AddressRange.parse("192.0.2.1"), START.plusSeconds(10), "hana"));
        ReputationLists lists = open();
        int before = lists.generation();
        now = START.plusSeconds(9);
        assertThat(lists.poll()).isFalse();
        now = START.plusSeconds(10);
        assertThat(lists.poll()).isTrue();
        assertThat(lists.generation()).isNotEqualTo(before);
        assertThat(lists.poll()).isFalse();
    }

    @Test
    void refusesMoreListsThanTheLimitAndTwoOfOneName() {
        ReputationList list = new ReputationList("feed", file, ListAction.BLOCK, ListDirection.BOTH);
        assertThatThrownBy(() -> new ReputationLists(
                        List.of(list, list),
                        List.of(),
                        ListLimits.DEFAULT,
                        OwnAddresses.NONE,
                        () -> now,
                        events::add,
                        () -> {}))
                .hasMessage("two reputation lists have the same name");
    }
}
