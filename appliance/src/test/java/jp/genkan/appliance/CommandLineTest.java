package jp.genkan.appliance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Each way to use a command wrongly is one line and the exit code of the contract. */
class CommandLineTest {
    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void refusesAnUnknownCommandInOneLine() {
        assertThat(run("frobnicate")).isEqualTo(2);
        assertThat(err.toString().lines()).hasSize(1);
        assertThat(err.toString()).startsWith("genkan: ").contains("frobnicate");
    }

    @Test
    void refusesAReplayWithoutItsArguments() {
        assertThat(run("replay", "--pcap", "x.pcap")).isEqualTo(2);
        assertThat(err.toString()).contains("--out");
    }

    @Test
    void refusesACaptureThatIsNotThere() {
        assertThat(run("replay", "--pcap", folder + "/none.pcap", "--out", folder + "/out"))
                .isEqualTo(3);
        assertThat(err.toString().lines()).hasSize(1);
        assertThat(err.toString()).contains("none.pcap");
    }

    @Test
    void refusesAConfigurationWithPlaceAndReason() throws Exception {
        Path file = Files.writeString(folder.resolve("g.yaml"), "ports:\n  inside: [lan0]\n  outsid: [wan0]\n");
        assertThat(run("run", "--config", file.toString())).isEqualTo(3);
        assertThat(err.toString()).contains("g.yaml:3:3").contains("ports.outside");
    }

    @Test
    void saysThatNoEngineRuns() {
        assertThat(run("status", "--json", "--state", folder.toString())).isEqualTo(1);
        assertThat(out.toString()).contains("\"state\":\"stopped\"");
    }

    @Test
    void printsEverySettingThatAFileMayHold() {
        assertThat(run("config")).isZero();
        Settings.SCHEMA
                .keys()
                .forEach(key -> assertThat(out.toString())
                        .contains(key.name().substring(key.name().lastIndexOf('.') + 1) + ":"));
    }

    private int run(String... arguments) {
        CommandLine line = Main.commandLine();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(arguments);
    }
}
