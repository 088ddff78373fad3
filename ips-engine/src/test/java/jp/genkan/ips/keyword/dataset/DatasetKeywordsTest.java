package jp.genkan.ips.keyword.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import jp.genkan.core.frame.Address;
import jp.genkan.ips.dataset.Datasets;
import jp.genkan.ips.match.BufferSink;
import jp.genkan.ips.match.Moment;
import jp.genkan.ips.reputation.HostReputation;
import jp.genkan.ips.rule.RuleCode;
import jp.genkan.ips.rule.RuleException;
import jp.genkan.ips.signature.Scene;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatasetKeywordsTest {
    private static final String MD5_OF_A = "0cc175b9c0f1b6a831c399e269772661";

    @TempDir
    Path folder;

    private Scene scene;

    @BeforeEach
    void begin() {
        scene = new Scene(folder);
    }

    private void file(String name, String... lines) throws IOException {
        Files.write(folder.resolve(name), List.of(lines));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    // ---- datasets

    @Test
    void bufferIsLookedUpWhole() throws IOException, RuleException {
        file("seen.csv", base64("curl/1.0"), base64("wget"));
        Scene.Compiled isset = scene.rule("pkt_data; dataset:isset,seen,type string,load seen.csv;");
        Scene.Compiled isnotset = scene.rule("pkt_data; dataset:isnotset,seen,type string,load seen.csv;");
        assertThat(isset.matchesText("curl/1.0")).isTrue();
        assertThat(isnotset.matchesText("curl/1.0")).isFalse();
        assertThat(isset.matchesText("curl/1.01")).isFalse();
        assertThat(isnotset.matchesText("curl/1.01")).isTrue();
    }

    @Test
    void settingHoldsOnceAndUnsettingOnlyWhatIsThere() throws RuleException {
        Scene.Compiled set = scene.rule("pkt_data; dataset:set,names,type string;");
        Scene.Compiled unset = scene.rule("pkt_data; dataset:unset,names;");
        assertThat(unset.matchesText("a")).isFalse();
        assertThat(set.matchesText("a")).isTrue();
        assertThat(set.matchesText("a")).isFalse();
        assertThat(unset.matchesText("a")).isTrue();
        assertThat(set.matchesText("a")).isTrue();
    }

    @Test
    void commandsOnOneBufferAreDoneInOrder() throws RuleException {
        Scene.Compiled rule = scene.rule("pkt_data; dataset:isnotset,new,type string; dataset:set,new;");
        assertThat(rule.matchesText("a")).isTrue();
        assertThat(rule.matchesText("a")).isFalse();
        assertThat(rule.matchesText("b")).isTrue();
    }

    @Test
    void hashesAndAddressesAreOctets() throws IOException, RuleException {
        file("md5.lst", MD5_OF_A);
        file("v4.lst", "192.0.2.1");
        file("ip.lst", "::ffff:192.0.2.2", "2001:db8::1");
        Scene.Compiled md5 = scene.rule("pkt_data; dataset:isset,md5s,type md5,load md5.lst;");
        assertThat(md5.matchesOctets(HexFormat.of().parseHex(MD5_OF_A))).isTrue();
        assertThat(md5.matchesText("too short")).isFalse();
        Scene.Compiled v4 = scene.rule("ip.dst; dataset:isset,v4s,type ipv4,load v4.lst;");
        assertThat(v4.matchesOctets(new byte[] {(byte) 192, 0, 2, 1})).isTrue();
        Scene.Compiled any = scene.rule("ip.src; dataset:isset,ips,type ip,load ip.lst;");
        assertThat(any.matchesOctets(new byte[] {(byte) 192, 0, 2, 2})).isTrue();
        assertThat(any.matchesOctets(Address.parse("2001:db8::1").toBytes())).isTrue();
        assertThat(any.matchesOctets(new byte[] {(byte) 192, 0, 2, 3})).isFalse();
    }

    @Test
    void addressesOfPacketAreBuffers() {
        Moment moment = scene.moment();
        BufferSink out = new BufferSink();
        jp.genkan.ips.keyword.Language.get().buffers().get("ip.src").source().read(moment, out);
        jp.genkan.ips.keyword.Language.get().buffers().get("ip.dst").source().read(moment, out);
        assertThat(out.octets(0)).containsExactly(10, 0, 0, 1);
        assertThat(out.octets(1)).containsExactly(192, 0, 2, 1);
    }

    @Test
    void subdomainsOfMembersMatchWhereAsked() throws IOException, RuleException {
        file("bad.lst", base64(".evil.example"));
        Scene.Compiled rule = scene.rule("pkt_data; dataset:isset,bad,type string,match subdomain,load bad.lst;");
        assertThat(rule.matchesText(".evil.example")).isTrue();
        assertThat(rule.matchesText(".www.evil.example")).isTrue();
        assertThat(rule.matchesText(".notevil.example")).isFalse();
        assertThat(rule.matchesText(".".repeat(100_000))).isFalse();
    }

    @Test
    void contextOfMemberGoesIntoTheEvent() throws IOException, RuleException {
        file(
                "hosts.json",
                "{ \"info\": { \"list\": [",
                "{\"host\": {\"fqdn\": \"www.example.com\", \"of\": 1}, \"year\": 2005},",
                "{\"host\": 7}",
                "] } }");
        Scene.Compiled rule = scene.rule(
                "pkt_data; dataset:isset,hosts,type string,load hosts.json,format json,context_key bad,value_key host.fqdn,array_key info.list;");
        assertThat(rule.matchesText("www.example.com")).isTrue();
        Scene.Compiled without = scene.rule(
                "pkt_data; dataset:isset,less,type string,load hosts.json,format json,value_key host.fqdn,array_key info.list,remove_key;");
        assertThat(without.matchesText("www.example.com")).isTrue();
        assertThat(scene.lastMoment().enrichmentKey(0)).isEqualTo("less");
        assertThat(scene.lastMoment().enrichment(0)).isEqualTo("{\"host\":{\"of\":1},\"year\":2005}");
        assertThat(rule.matchesText("www.example.com")).isTrue();
        assertThat(scene.lastMoment().enrichmentKey(0)).isEqualTo("bad");
        assertThat(scene.lastMoment().enrichment(0))
                .isEqualTo("{\"host\":{\"fqdn\":\"www.example.com\",\"of\":1},\"year\":2005}");
    }

    @Test
    void jsonLinesHoldAnObjectEach() throws IOException, RuleException {
        file("ips.json", "{\"ip\":\"192.0.2.1\",\"n\":1}", "", "{\"other\":1}", "{\"ip\":\"192.0.2.2\"}");
        Scene.Compiled rule =
                scene.rule("ip.src; dataset:isset,ips,type ip,load ips.json,format ndjson,context_key c,value_key ip;");
        assertThat(rule.matchesOctets(new byte[] {(byte) 192, 0, 2, 2})).isTrue();
        assertThat(rule.matchesOctets(new byte[] {(byte) 192, 0, 2, 1})).isTrue();
        assertThat(scene.lastMoment().enrichment(0)).isEqualTo("{\"ip\":\"192.0.2.1\",\"n\":1}");
    }

    @Test
    void stateIsKeptFromOneSetOfRulesToTheNext() throws RuleException {
        String option = "pkt_data; dataset:set,names,type string,state names.lst;";
        assertThat(scene.rule(option).matchesText("a")).isTrue();
        assertThat(scene.environment()
                        .shared(Datasets.class, () -> new Datasets(folder, folder))
                        .save())
                .isEmpty();
        assertThat(folder.resolve("names.lst")).hasContent(base64("a"));
        Scene next = new Scene(folder);
        assertThat(next.rule(option).matchesText("a")).isFalse();
    }

    @Test
    void fullSetTakesNoMore() throws RuleException {
        Scene.Compiled set = scene.rule("pkt_data; dataset:set,few,type string,memcap 200;");
        assertThat(set.matchesText("a")).isTrue();
        assertThat(set.matchesText("b")).isTrue();
        assertThat(set.matchesText("c".repeat(100))).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dataset:isset,a,type string,load none.lst         | BAD_FILE",
                "dataset:isset,a,type md5,load bad.lst             | BAD_FILE",
                "dataset:isset,a,type string,load big.lst,memcap 100 | TOO_LARGE",
                "dataset:set,a,type string,save ../a.lst           | BAD_FILE",
                "dataset:set,a,type string,save /tmp/a.lst         | BAD_FILE",
                "dataset:set,a                                     | CONFLICT",
                "dataset:set,a,type string; dataset:set,a,type md5 | CONFLICT",
                "dataset:put,a,type string                         | BAD_VALUE",
                "dataset:set,a,type text                           | BAD_VALUE",
                "dataset:set,a,type string,unknown 1               | BAD_VALUE",
                "dataset:set,a,type string,load x,format json      | BAD_VALUE",
                "dataset:set,a,type string,state x,save y          | BAD_VALUE",
                "dataset:isset,a,type md5,match subdomain          | BAD_VALUE",
                "datarep:a,?,1,type string                         | BAD_VALUE",
            })
    void refusesWithItsReason(String option, RuleCode code) throws IOException {
        file("bad.lst", MD5_OF_A, "no hash");
        file("big.lst", base64("a".repeat(50)), base64("b".repeat(50)));
        RuleException refused =
                catchThrowableOfType(RuleException.class, () -> scene.rule("pkt_data; " + option + ";"));
        assertThat(refused).isNotNull();
        assertThat(refused.code()).isEqualTo(code);
    }

    @Test
    void reputationOfMemberIsCompared() throws IOException, RuleException {
        file("rep.lst", base64("google.com") + ",255", base64("other.example") + ",100");
        Scene.Compiled rule = scene.rule("pkt_data; datarep:names, >, 200, load rep.lst, type string;");
        assertThat(rule.matchesText("google.com")).isTrue();
        assertThat(rule.matchesText("other.example")).isFalse();
        assertThat(rule.matchesText("unknown.example")).isFalse();
    }

    // ---- reputation of addresses

    private void reputation() throws IOException {
        file("categories.txt", "# id,name,text", "1,BadHosts,Known bad hosts", "2,Scanners,They scan");
        file("list.txt", "192.0.2.1,1,100", "192.0.2.0/24,1,10", "10.0.0.0/8,2,50", "nonsense,1,1", "192.0.2.1,1,200");
        scene.environment()
                .share(
                        HostReputation.class,
                        HostReputation.load(folder.resolve("categories.txt"), List.of(folder.resolve("list.txt"))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dst,BadHosts,>,99      | true",
                "dst,BadHosts,>,100     | false",
                "dst,badhosts,=,100     | true",
                "src,BadHosts,>,0       | false",
                "src,BadHosts,<,127     | false",
                "any,BadHosts,>,0       | true",
                "both,BadHosts,>,0      | false",
                "src,Scanners,=,50      | true",
                "src,Scanners,isset     | true",
                "dst,Scanners,isset     | false",
                "dst,Scanners,isnotset  | true",
            })
    void comparesScoreOfAddress(String option, boolean expected) throws IOException, RuleException {
        reputation();
        assertThat(scene.rule("iprep:" + option + ";").matches()).isEqualTo(expected);
    }

    @Test
    void narrowerNetworkSaysMoreAndBrokenLinesAreNamed() throws IOException, RuleException {
        reputation();
        scene.server = "192.0.2.9";
        assertThat(scene.rule("iprep:dst,BadHosts,=,10;").matches()).isTrue();
        assertThat(scene.environment()
                        .shared(HostReputation.class, () -> HostReputation.EMPTY)
                        .problems())
                .hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"dst,Nobody,>,1", "dst,BadHosts,>", "dst,BadHosts,>,128", "all,BadHosts,>,1", "dst,BadHosts,?,1"
            })
    void refusesReputationThatMeansNothing(String option) throws IOException {
        reputation();
        assertThatThrownBy(() -> scene.rule("iprep:" + option + ";")).isInstanceOf(RuleException.class);
    }

    // ---- hashes of files

    @Test
    void listOfHashesIsReadOrRefused() throws IOException, RuleException {
        file("hashes", "# comment", MD5_OF_A.toUpperCase(java.util.Locale.ROOT) + "  a.txt");
        scene.rule("filemd5:hashes;");
        scene.rule("filemd5:!hashes;");
        for (String option : List.of("filesha256:hashes", "filemd5:none")) {
            RuleException refused = catchThrowableOfType(RuleException.class, () -> scene.rule(option + ";"));
            assertThat(refused).isNotNull();
            assertThat(refused.code()).isEqualTo(RuleCode.BAD_FILE);
        }
    }
}
