package jp.genkan.ips.keyword.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jp.genkan.core.observation.AppProtocol;
import jp.genkan.ips.match.Buffer;
import jp.genkan.ips.rule.RuleException;
import jp.genkan.ips.signature.Memory;
import jp.genkan.ips.signature.Scene;
import jp.genkan.ips.signature.Signature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FlowKeywordsTest {
    private final Scene scene = new Scene();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "established             | true  | true  | true",
                "established             | false | true  | false",
                "not_established         | true  | true  | false",
                "not_established         | false | true  | true",
                "stateless               | false | false | true",
                "to_server               | true  | true  | true",
                "from_client             | true  | false | false",
                "to_client               | true  | false | true",
                "from_server,established | true  | false | true",
                "from_server,established | false | false | false",
                "to_server, stateless    | false | true  | true",
                "established,only_stream | true  | true  | true",
            })
    void matchesStateAndDirection(String words, boolean established, boolean toServer, boolean expected)
            throws RuleException {
        scene.established = established;
        scene.toServer = toServer;
        assertThat(scene.rule("flow:" + words + ";").matches()).isEqualTo(expected);
    }

    @Test
    void packetWithoutFlowHasNoDirectionAndIsNotEstablished() throws RuleException {
        scene.hasFlow = false;
        assertThat(scene.rule("flow:to_server;").matches()).isFalse();
        assertThat(scene.rule("flow:established;").matches()).isFalse();
        assertThat(scene.rule("flow:not_established;").matches()).isTrue();
        assertThat(scene.rule("flow:stateless;").matches()).isTrue();
    }

    @Test
    void bareAcknowledgmentThatCompletesHandshakeIsNotEstablishedYet() throws RuleException {
        Scene.Compiled established = scene.rule("flow:established;");
        Scene.Compiled not = scene.rule("flow:not_established;");
        scene.ipProtocol = 6;
        scene.spanToServer = 1;
        scene.spanToClient = 1;
        assertThat(established.matches()).isFalse();
        assertThat(not.matches()).isTrue();
        scene.payloadLength = 5;
        assertThat(established.matches()).isTrue();
        scene.payloadLength = 0;
        scene.spanToClient = 20;
        assertThat(established.matches()).isTrue();
        assertThat(not.matches()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "established,stateless",
                "to_server,to_client",
                "to_server,from_client",
                "only_stream,no_stream",
                "nonsense",
                "established,",
            })
    void refusesWordsThatContradictOrAreUnknown(String words) {
        assertThatThrownBy(() -> scene.rule("flow:" + words + ";")).isInstanceOf(RuleException.class);
    }

    @Test
    void refusesSecondFlow() {
        assertThatThrownBy(() -> scene.rule("flow:established; flow:to_server;"))
                .isInstanceOf(RuleException.class);
    }

    @Test
    void narrowsDirectionsAndSaysWhatIsLookedAt() throws RuleException {
        assertThat(scene.rule("flow:to_client;").builder().ways()).isEqualTo(Buffer.Ways.TO_CLIENT);
        assertThat(scene.rule("flow:no_stream;").builder().hasTrait(Signature.Trait.NEEDS_PACKET))
                .isTrue();
        assertThat(scene.rule("flow:only_stream;").builder().hasTrait(Signature.Trait.NEEDS_STREAM))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "flow.pkts:toserver,>9      | true",
                "flow.pkts:toserver,>10     | false",
                "flow.pkts:toclient,=3      | true",
                "flow.pkts:either,=3        | true",
                "flow.pkts:both,>2          | true",
                "flow.pkts:both,>3          | false",
                "flow.pkts_toserver:10      | true",
                "flow.pkts_toclient:<3      | false",
                "flow.bytes:toserver,>999   | true",
                "flow.bytes:toclient,>1kb   | false",
                "flow.bytes_toclient:1<>500 | true",
                "flow.bytes_toserver:<=1000 | true",
            })
    void comparesCounters(String option, boolean expected) throws RuleException {
        scene.packetsToServer = 10;
        scene.packetsToClient = 3;
        scene.bytesToServer = 1_000;
        scene.bytesToClient = 300;
        assertThat(scene.rule(option + ";").matches()).isEqualTo(expected);
    }

    @Test
    void ageIsDifferenceOfWholeSeconds() throws RuleException {
        Scene.Compiled rule = scene.rule("flow.age:>0;");
        scene.startNanos = 10 * Scene.SECOND + 900_000_000L;
        scene.nanos = 11 * Scene.SECOND - 1;
        assertThat(rule.matches()).isFalse();
        scene.nanos = 11 * Scene.SECOND;
        assertThat(rule.matches()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "server,<,1111 | true",
                "server,>,1111 | false",
                "client,=,501  | true",
                "client,!=,501 | false",
                "both,>=,501   | true",
                "both,>,501    | false",
                "either,>,501  | true",
                "either,<=,500 | false",
            })
    void streamSizeCountsSequenceNumbersOfAnEnd(String option, boolean expected) throws RuleException {
        scene.spanToServer = 501;
        scene.spanToClient = 1_000;
        assertThat(scene.rule("stream_size:" + option + ";").matches()).isEqualTo(expected);
    }

    @Test
    void streamSizeIsUnknownWithoutBeginning() throws RuleException {
        assertThat(scene.rule("stream_size:server,<,1111;").matches()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "tls              | TLS   | false | true",
                "tls              | HTTP1 | false | false",
                "tls              | -     | false | false",
                "!tls             | TLS   | false | false",
                "!tls             | HTTP1 | false | true",
                "!tls             | -     | false | false",
                "!tls             | -     | true  | true",
                "http             | HTTP2 | false | true",
                "http1            | HTTP2 | false | false",
                "http1,to_server  | HTTP1 | false | true",
                "!http,final      | DNS   | false | true",
                "unknown          | -     | false | true",
                "unknown          | -     | true  | false",
                "unknown          | DNS   | false | false",
                "!unknown         | DNS   | false | true",
                "failed           | -     | true  | true",
                "failed           | -     | false | false",
                "!failed          | DNS   | false | true",
                "modbus           | DNS   | false | false",
                "!modbus          | DNS   | false | true",
            })
    void comparesWhatFlowSpeaks(String option, AppProtocol spoken, boolean failed, boolean expected)
            throws RuleException {
        scene.application = spoken;
        scene.unrecognisable = failed;
        assertThat(scene.rule("app-layer-protocol:" + option + ";").matches()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "tls,sideways", "tls,final,final"})
    void refusesUnknownProtocolsAndModes(String option) {
        assertThatThrownBy(() -> scene.rule("app-layer-protocol:" + option + ";"))
                .isInstanceOf(RuleException.class);
    }

    @Test
    void tagSaysWhichPacketsAreLogged() throws RuleException {
        assertThat(scene.rule("tag:session; tag:host,100,packets,src; tag:session,5,seconds;")
                        .memory()
                        .tags())
                .containsExactly(
                        new Memory.Tag(Memory.Tag.Scope.SESSION, 256, Memory.Tag.Unit.PACKETS),
                        new Memory.Tag(Memory.Tag.Scope.SOURCE_HOST, 100, Memory.Tag.Unit.PACKETS),
                        new Memory.Tag(Memory.Tag.Scope.SESSION, 5, Memory.Tag.Unit.SECONDS));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"host,1,packets", "session,1", "session,1,lines", "hosts,1,packets,src", "session,1,packets,src"
            })
    void refusesIncompleteTag(String option) {
        assertThatThrownBy(() -> scene.rule("tag:" + option + ";")).isInstanceOf(RuleException.class);
    }
}
