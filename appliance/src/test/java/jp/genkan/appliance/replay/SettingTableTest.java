package jp.genkan.appliance.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingTableTest {
    private static boolean covers(String key, String value) {
        return SettingTable.get().covers(key, value, Map.of(key, value));
    }

    @Test
    void passesOverWhatAReplayDoesNotHave() {
        assertThat(covers("af-packet.0.interface", "eth0")).isTrue();
        assertThat(covers("unix-command.enabled", "auto")).isTrue();
        assertThat(covers("stream.memcap", "64mb")).isTrue();
        assertThat(covers("flow-timeouts.tcp.emergency-new", "5")).isTrue();
    }

    @Test
    void listsAValueThatSaysOtherwiseThanWhatIsSo() {
        assertThat(covers("decoder.teredo.enabled", "true")).isTrue();
        assertThat(covers("decoder.teredo.enabled", "false")).isFalse();
        assertThat(covers("asn1-max-frames", "256")).isTrue();
        assertThat(covers("asn1-max-frames", "2")).isFalse();
    }

    @Test
    void listsWhatItDoesNotKnow() {
        assertThat(covers("some.new.setting", "1")).isFalse();
        assertThat(covers("afpacket", "1")).isFalse();
    }

    @Test
    void passesOverWhatBelongsToAThingThatIsOff() {
        Map<String, String> all = Map.of("outputs.file-store.enabled", "no", "outputs.file-store.dir", "files");
        assertThat(SettingTable.get().covers("outputs.file-store.dir", "files", all))
                .isTrue();
        assertThat(covers("outputs.file-store.dir", "files")).isFalse();
    }

    @Test
    void leavesNumbersOfListItemsOut() {
        assertThat(covers("app-layer.protocols.dns.detection-ports.0.dp", "53")).isTrue();
    }
}
