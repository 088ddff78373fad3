package jp.genkan.appcontrol.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import jp.genkan.core.frame.Address;
import org.junit.jupiter.api.Test;

class BehaviourWatchTest {
    private static final long SECOND = 1_000_000_000L;
    private static final Address PC = Address.parse("192.0.2.7");
    private static final Address PEER = Address.parse("198.51.100.1");

    private final BehaviourWatch watch = new BehaviourWatch();

    private static EndedFlow flow(
            Address peer, boolean known, long out, long in, boolean answered, long fromSecond, long toSecond) {
        return new EndedFlow(
                PC, true, peer, 443, 6, known, false, false, out, in, answered, fromSecond * SECOND, toSecond * SECOND);
    }

    private static Address peer(int number) {
        return new Address(0, 0xffff_c633_0000L + number);
    }

    private static List<Behaviour> kinds(List<Sighting> seen) {
        return seen.stream().map(Sighting::behaviour).toList();
    }

    @Test
    void aLongUploadIsTold() {
        long much = BehaviourWatch.UPLOAD_BYTES_MIN;
        assertThat(kinds(watch.ended(flow(PEER, true, much, much / 10, true, 0, 600))))
                .containsExactly(Behaviour.LONG_UPLOAD);
        assertThat(watch.ended(flow(peer(1), true, much, much, true, 0, 600))).isEmpty();
        assertThat(watch.ended(flow(peer(2), true, much, 0, true, 0, 10))).isEmpty();
    }

    @Test
    void evenIntervalsAreABeacon() {
        List<Sighting> seen = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            seen.addAll(watch.ended(flow(PEER, false, 500, 500, true, i * 60L, i * 60L + 1)));
        }
        assertThat(kinds(seen)).containsExactly(Behaviour.BEACONING);
    }

    @Test
    void unevenIntervalsAreNot() {
        List<Sighting> seen = new ArrayList<>();
        long at = 0;
        for (int i = 0; i < 30; i++) {
            at += i % 3 == 0 ? 5 : 120;
            seen.addAll(watch.ended(flow(PEER, false, 500, 500, true, at, at + 1)));
        }
        assertThat(seen).isEmpty();
    }

    @Test
    void manyPeersWithoutNameAreTold() {
        List<Sighting> seen = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            seen.addAll(watch.ended(flow(peer(i), false, 5000, 5000, true, i, i + 1)));
        }
        assertThat(kinds(seen)).containsExactly(Behaviour.MANY_PEERS);
        for (int i = 0; i < 400; i++) {
            assertThat(watch.ended(flow(peer(i), true, 5000, 5000, true, 4000 + i, 4001 + i)))
                    .isEmpty();
        }
    }

    @Test
    void silenceFromManyPlacesIsAScan() {
        List<Sighting> seen = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            seen.addAll(watch.ended(flow(peer(i), false, 60, 0, false, i / 10, i / 10)));
        }
        assertThat(kinds(seen)).containsExactly(Behaviour.SCANNING);
    }

    @Test
    void manyLongNamesBelowOneDomainAreATunnel() {
        List<Sighting> seen = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            String label = Long.toHexString(0x1234_5678_9abc_def0L * (i + 1)).repeat(3);
            seen.addAll(watch.asked(PC, label + ".t.example.com", i * SECOND));
        }
        assertThat(kinds(seen)).containsExactly(Behaviour.DNS_TUNNEL);
        assertThat(seen.getFirst().about()).isEqualTo("example.com");
    }

    @Test
    void manyShortNamesAreNot() {
        for (int i = 0; i < 500; i++) {
            assertThat(watch.asked(PC, "img" + i + ".example.co.jp", i * SECOND / 10))
                    .isEmpty();
        }
    }

    @Test
    void anAddressThatNobodyLookedUpIsToldOnlyOfThoseWhoLookUpHere() {
        assertThat(watch.unresolved(PC, PEER, false, SECOND)).isEmpty();
        watch.asked(PC, "www.example.com", 2 * SECOND);
        assertThat(kinds(watch.unresolved(PC, PEER, false, 3 * SECOND))).containsExactly(Behaviour.UNRESOLVED_TLS);
        assertThat(watch.unresolved(PC, PEER, false, 4 * SECOND)).isEmpty();
    }
}
