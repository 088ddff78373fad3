package jp.genkan.appliance.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import jp.genkan.core.event.EveFields;
import jp.genkan.core.event.Event;
import jp.genkan.core.event.FlowIdentity;
import jp.genkan.core.observation.AppProtocol;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SuricataYamlTest {
    @TempDir
    Path folder;

    private SuricataYaml read(String text) throws IOException {
        return SuricataYaml.read(Files.writeString(folder.resolve("suricata.yaml"), text));
    }

    private static Event event(String type) {
        return new Event() {
            @Override
            public String type() {
                return type;
            }

            @Override
            public long epochNanos() {
                return 0;
            }

            @Override
            public @Nullable FlowIdentity identity() {
                return null;
            }

            @Override
            public void writeTo(EveFields out) {}
        };
    }

    @Test
    void writesOnlyTheTypesThatAreNamed() throws Exception {
        SuricataYaml yaml = read("""
                %YAML 1.1
                ---
                outputs:
                  - eve-log:
                      enabled: yes
                      types:
                        - dns
                        - files:
                            force-magic: no
                        - flow:
                            enabled: no
                """);
        assertThat(yaml.writes(event("dns"))).isTrue();
        assertThat(yaml.writes(event("fileinfo"))).isTrue();
        assertThat(yaml.writes(event("flow"))).isFalse();
        assertThat(yaml.writes(event("http"))).isFalse();
        assertThat(yaml.unsupported()).isEmpty();
    }

    @Test
    void namesEveryKeyThatHasNoCounterpart() throws Exception {
        SuricataYaml yaml = read("stream:\n  midstream: true\n  drop-invalid: maybe\nipsec:\n  keys: 64mb\n");
        assertThat(yaml.unsupported()).containsExactly("ipsec.keys");
        assertThat(yaml.writes(event("http"))).isTrue();
    }

    @Test
    void passesOverProtocolsThatAreSwitchedOff() throws Exception {
        SuricataYaml yaml =
                read("app-layer:\n  protocols:\n    smb:\n      enabled: no\n    tls:\n      enabled: yes\n");
        assertThat(yaml.disabledProtocols()).containsExactly(AppProtocol.SMB);
        assertThat(yaml.unsupported()).isEmpty();
    }

    @Test
    void namesWhatItWouldHaveToDoOtherwise() throws Exception {
        SuricataYaml yaml = read("""
                stream:
                  midstream: no
                  async-oneside: true
                app-layer:
                  protocols:
                    telepathy:
                      enabled: yes
                    modbus:
                      enabled: no
                    dns:
                      tcp:
                        enabled: no
                outputs:
                  - eve-log:
                      types:
                        - dns:
                            version: 2
                            requests: no
                            responses: yes
                """);
        assertThat(yaml.unsupported())
                .containsExactly("app-layer.protocols.telepathy.enabled", "app-layer.protocols.dns.tcp.enabled");
    }

    @Test
    void refusesWhatIsNotYaml() {
        assertThatThrownBy(() -> read("a: [1, 2"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("suricata.yaml: not YAML");
        assertThatThrownBy(() -> read("- just\n- a list\n")).hasMessageContaining("a mapping of settings");
    }
}
