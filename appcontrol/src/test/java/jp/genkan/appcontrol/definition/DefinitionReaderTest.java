package jp.genkan.appcontrol.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DefinitionReaderTest {
    private final AppNames names = new AppNames();

    private DefinitionReader.Result read(String text) {
        return new DefinitionReader("own.app", names).read(text);
    }

    private List<String> problems(String text) {
        return read(text).problems().stream().map(DefinitionProblem::toString).toList();
    }

    @Test
    void readsEveryWord() {
        DefinitionReader.Result result = read("""
                # a remark
                service Sample                     # another one
                label 見本
                category Web
                host example.com =one.example.net img*.example.org sample.*
                agent sampleapp
                server sampled
                url /sample/
                content application/x-sample
                alpn sample/1
                fingerprint t13d1516h2_8daaf6152771_e5627efa2ab1
                certificate "Sample CA"
                address 192.0.2.0/24 2001:db8::/32
                port tcp 7000 7001
                port udp 7000
                over tls 7443
                ip 250
                parser http
                match tcp client 0="SMPL" u16[4]=length-6 length=6..100
                then u8[0]&0xf0=0x40 -2=x0d0a
                """);
        assertThat(result.problems()).isEmpty();
        assertThat(result.definitions()).hasSize(1);
        Definition sample = result.definitions().getFirst();
        assertThat(sample.hosts).hasSize(4);
        assertThat(sample.signatures).hasSize(1);
        assertThat(sample.signatures.getFirst().steps()).hasSize(2);
        assertThat(sample.application().japanese()).isEqualTo("見本");
    }

    @Test
    void tellsFileLineAndTheNearestWord() {
        assertThat(problems("service A\nhots example.com"))
                .containsExactly("own.app:2: 'hots' is not known; 'host' is");
        assertThat(problems("service A\ncategory Vdeo"))
                .containsExactly("own.app:2: 'Vdeo' is not a category; 'Video' is");
        assertThat(problems("service A\nparser htpp")).containsExactly("own.app:2: 'htpp' is not a parser; 'http' is");
        assertThat(problems("protocol A\nmatch udp lenght=4"))
                .containsExactly("own.app:2: 'lenght=4' is not a condition; 'length=' is");
    }

    @Test
    void keepsTheOtherLinesOfABrokenDefinition() {
        DefinitionReader.Result result = read("service A\nhost bad..name\nhost example.com\naddress 300.1.1.1/24");
        assertThat(result.problems()).hasSize(2);
        assertThat(result.definitions().getFirst().hosts).hasSize(1);
    }

    @Test
    void dropsASignatureOfWhichAStepIsBroken() {
        DefinitionReader.Result result = read("protocol A\nmatch udp u8[0]=1\nthen u8[0]=abc\nmatch udp u8[0]=2");
        assertThat(result.problems()).hasSize(1);
        assertThat(result.definitions().getFirst().signatures).hasSize(1);
    }

    @Test
    void refusesWhatMakesNoSense() {
        for (String line : List.of(
                "match sctp 0=\"a\"",
                "match tcp",
                "match tcp client",
                "match tcp 0=\"a",
                "match tcp 0=x0",
                "match tcp 0=xzz",
                "match tcp 9999=\"a\"",
                "match tcp -0=\"a\"",
                "match tcp u9[0]=1",
                "match tcp u8[0]=5..1",
                "match tcp u8[0]",
                "match tcp u8[0]&0xf0",
                "match tcp u8[0]=99999999999",
                "match tcp u8[0]=u16[",
                "match tcp port=70000",
                "match tcp times=9 length=1",
                "then length=1",
                "ip 256",
                "port sctp 7",
                "over http 7",
                "label")) {
            assertThat(problems("protocol A\n" + line)).as(line).hasSize(1);
        }
        assertThat(problems("host example.com")).containsExactly("own.app:1: protocol or service has to come first");
        assertThat(problems("service two words")).hasSize(1);
    }

    @Test
    void tellsABoundedNumberOfProblems() {
        assertThat(problems("x\n".repeat(1000)))
                .hasSize(DefinitionReader.PROBLEMS_MAX + 1)
                .last()
                .asString()
                .contains("950 more");
    }

    @Test
    void everyBuiltInFileIsListedAndFaultless() throws IOException {
        DefinitionBase base = new DefinitionBase(null);
        assertThat(base.problems()).isEmpty();
        Set<String> seen = new HashSet<>();
        for (String file : DefinitionBase.builtInFiles()) {
            assertThat(seen.add(file)).as(file).isTrue();
            try (InputStream in =
                    DefinitionBase.class.getResourceAsStream("/jp/genkan/appcontrol/definitions/" + file)) {
                assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                        .isNotBlank();
            }
        }
        long protocols = base.current().applications().stream()
                .filter(application -> application.kind() == Application.Kind.PROTOCOL)
                .count();
        assertThat(protocols).isGreaterThanOrEqualTo(120);
    }

    @Test
    void aFolderComesInFrontAndIsSwappedWhenItHasSettled(@TempDir Path folder) throws IOException {
        DefinitionBase base = new DefinitionBase(folder);
        assertThat(base.current().hosts().find("own.example")).isZero();
        Files.writeString(folder.resolve("own.app"), "service OwnThing\nhost own.example youtube.com\n");
        assertThat(base.poll()).isFalse();
        assertThat(base.poll()).isTrue();
        int own = base.names().find("OwnThing");
        assertThat(base.current().hosts().find("www.own.example")).isEqualTo(own);
        assertThat(base.current().hosts().find("www.youtube.com")).isEqualTo(own);
        assertThat(base.poll()).isFalse();
    }

    @Test
    void aFolderThatHasGoneLeavesTheLastContent(@TempDir Path parent) throws IOException {
        Path folder = Files.createDirectory(parent.resolve("apps"));
        Path file = Files.writeString(folder.resolve("own.app"), "service OwnThing\nhost own.example\n");
        DefinitionBase base = new DefinitionBase(folder);
        Files.delete(file);
        Files.delete(folder);
        assertThat(base.reload()).isFalse();
        assertThat(base.current().hosts().find("own.example")).isNotZero();
        assertThat(base.problems()).hasSize(1);
    }
}
