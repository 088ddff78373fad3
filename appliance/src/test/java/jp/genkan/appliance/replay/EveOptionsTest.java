package jp.genkan.appliance.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import jp.genkan.core.event.CommonFields;
import jp.genkan.dataplane.pipeline.DropTelling;
import jp.genkan.ips.classification.References;
import jp.genkan.ips.engine.AlertOptions;
import jp.genkan.ips.engine.AlertOptions.Part;
import jp.genkan.ips.engine.ForwardedFor;
import org.junit.jupiter.api.Test;

class EveOptionsTest {
    private static final String LOG = "outputs.eve-log.";

    /** Name and value by turns, below the log of events. */
    private static EveOptions options(String... settings) {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < settings.length; i += 2) {
            values.put(LOG + settings[i], settings[i + 1]);
        }
        return new EveOptions(values);
    }

    private static AlertOptions alerts(String... settings) {
        return options(settings).alerts(References.stock());
    }

    @Test
    void alertsSayWhatSuricatasSayWhenNothingIsSet() {
        assertThat(alerts().parts()).isEqualTo(AlertOptions.DEFAULT.parts());
        assertThat(alerts().payloadBytesMax()).isEqualTo(AlertOptions.PAYLOAD_BYTES);
        assertThat(alerts().forwarded()).isNull();
    }

    @Test
    void addsTheOctetsThatAreAskedFor() {
        AlertOptions alerts = alerts(
                "types.alert.payload", "yes", "types.alert.packet", "true", "types.alert.payload-buffer-size", "2kb");
        assertThat(alerts.parts()).contains(Part.PAYLOAD, Part.PACKET).doesNotContain(Part.PAYLOAD_PRINTABLE);
        assertThat(alerts.payloadBytesMax()).isEqualTo(2048);
    }

    @Test
    void boundsThePayload() {
        assertThat(alerts("types.alert.payload-buffer-size", "4gb").payloadBytesMax())
                .isEqualTo(AlertOptions.PAYLOAD_BYTES_MAX);
    }

    @Test
    void takesMetadataAwayAsAWholeOrInPart() {
        assertThat(alerts("types.alert.metadata", "no").parts()).containsExactly(Part.VARIABLES);
        assertThat(alerts("types.alert.metadata.app-layer", "no").parts())
                .contains(Part.FLOW, Part.RULE_METADATA)
                .doesNotContain(Part.APPLICATION);
        assertThat(alerts("metadata", "no").parts()).doesNotContain(Part.VARIABLES);
    }

    @Test
    void tellsTheRuleWhereItIsAskedFor() {
        assertThat(alerts("types.alert.metadata.rule.raw", "yes", "types.alert.metadata.rule.reference", "yes")
                        .parts())
                .contains(Part.RULE_TEXT, Part.REFERENCES);
    }

    @Test
    void anAlertsOwnProxyFieldOutweighsTheLogs() {
        AlertOptions alerts = alerts(
                "xff.enabled",
                "yes",
                "xff.mode",
                "overwrite",
                "types.alert.xff.enabled",
                "yes",
                "types.alert.xff.deployment",
                "forward");
        assertThat(alerts.forwarded())
                .isEqualTo(new ForwardedFor(
                        "X-Forwarded-For", ForwardedFor.Mode.EXTRA_DATA, ForwardedFor.Deployment.FORWARD));
        assertThat(alerts("types.alert.xff.enabled", "no").forwarded()).isNull();
    }

    @Test
    void tellsTheStartOfADroppedFlowUnlessAllIsAskedFor() {
        assertThat(options().drops()).isEqualTo(DropTelling.START);
        assertThat(options("types.drop.flows", "all").drops()).isEqualTo(DropTelling.ALL);
    }

    @Test
    void writesCommonFieldsThatAreSwitchedOn() {
        assertThat(options().common("a.pcap")).isEqualTo(CommonFields.DEFAULT);
        assertThat(options("enabled", "yes").common("a.pcap").ethernet()).isFalse();
        CommonFields all = options(
                        "ethernet", "yes", "pcap-file", "yes", "community-id", "yes", "community-id-seed", "7")
                .common("a.pcap");
        assertThat(all).isEqualTo(new CommonFields(true, "a.pcap", 7));
    }

    @Test
    void readsSizesAsSuricataSpellsThem() {
        assertThat(EveOptions.octets("1mb")).isEqualTo(1 << 20);
        assertThat(EveOptions.octets("4 KB")).isEqualTo(4096);
        assertThat(EveOptions.octets("100")).isEqualTo(100);
        assertThat(EveOptions.octets("much")).isEqualTo(-1);
        assertThat(EveOptions.octets("99999999999999999999")).isEqualTo(-1);
    }
}
