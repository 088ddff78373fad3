package jp.genkan.ips.classification;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassificationsTest {
    private static final Path FILE = Path.of("classification.config");

    @TempDir
    Path folder;

    @Test
    void knowsTheClassesOfPublishedRules() {
        Classifications stock = Classifications.stock();
        assertThat(stock.find("Trojan-Activity"))
                .isEqualTo(new Classification("trojan-activity", "A Network Trojan was detected", 1));
        assertThat(stock.find("protocol-command-decode"))
                .isEqualTo(new Classification("protocol-command-decode", "Generic Protocol Command Decode", 3));
        assertThat(stock.find("trojan-activty")).isNull();
        assertThat(stock.nearest("trojan-activty")).isEqualTo("trojan-activity");
        assertThat(stock.size()).isEqualTo(43);
        assertThat(stock.problems()).isEmpty();
    }

    @Test
    void readsAFileAndTellsItsBadLines() throws Exception {
        Classifications read = Classifications.read(Files.writeString(folder.resolve("c.config"), """
                # config classification: not-this,One,1
                config classification: odd,First, second , 2
                config classification: odd,Again,1

                config classification: no-priority,Words
                config classificatio: x,y,1
                config classification: 9x,y,1
                """));
        assertThat(read.find("odd")).isEqualTo(new Classification("odd", "First, second", 2));
        assertThat(read.size()).isEqualTo(1);
        assertThat(read.problems()).extracting(problem -> problem.line()).containsExactly(5, 6, 7);
        assertThat(read.problems().getFirst().toString())
                .endsWith("c.config:5:1: E001 \"config classification: name,description,priority\" was expected");
    }

    @Test
    void makesUrlsOfReferences() {
        References stock = References.stock();
        assertThat(stock.url("cve", "2014-0160")).isEqualTo("https://cve.mitre.org/cgi-bin/cvename.cgi?name=2014-0160");
        assertThat(stock.url("url", "example.com/a?u=http://b")).isEqualTo("https://example.com/a?u=http://b");
        assertThat(stock.url("url", "gopher://example.com")).isEqualTo("gopher://example.com");
        assertThat(stock.url("other", "1")).isEqualTo("other:1");
        assertThat(stock.prefix("McAfee")).isNotNull();
        assertThat(stock.prefix("other")).isNull();
    }

    @Test
    void readsTheSystemsOfAFile() {
        References read =
                References.parse(FILE, "config reference: Own\thttp://own.example/?\nconfig reference: own\n");
        assertThat(read.url("own", "7")).isEqualTo("http://own.example/?7");
        assertThat(read.prefix("cve")).isNull();
        assertThat(read.problems()).hasSize(1);
    }
}
