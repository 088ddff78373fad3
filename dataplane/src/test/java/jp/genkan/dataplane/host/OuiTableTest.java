package jp.genkan.dataplane.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import jp.genkan.core.frame.Mac;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OuiTableTest {
    @TempDir
    Path directory;

    private static String maker(OuiTable table, String mac) {
        return table.makerOf(Mac.parse(mac));
    }

    @Test
    void prefersTheLongestAssignment() throws IOException {
        Files.writeString(directory.resolve("oui.csv"), """
                Registry,Assignment,Organization Name,Organization Address
                MA-L,001B21,Intel Corporate,somewhere
                MA-L,70B3D5,IEEE Registration Authority,
                MA-L,0000AA,"Comma, Inc.","a, b"
                """);
        Files.writeString(directory.resolve("oui36.csv"), "MA-S,70B3D5F2F,TELEPLATFORMS,\n");
        OuiTable table = OuiTable.load(directory);
        assertThat(table.problem()).isEmpty();
        assertThat(maker(table, "00:1b:21:ff:00:01")).isEqualTo("Intel Corporate");
        assertThat(maker(table, "00:00:aa:00:00:01")).isEqualTo("Comma, Inc.");
        assertThat(maker(table, "70:b3:d5:f2:f1:23")).isEqualTo("TELEPLATFORMS");
        assertThat(maker(table, "70:b3:d5:f2:e1:23")).isEqualTo("IEEE Registration Authority");
        assertThat(maker(table, "00:ff:ff:00:00:01")).isEmpty();
    }

    @Test
    void callsAnAddressThatAMachineMadeUpPrivate() {
        assertThat(maker(OuiTable.EMPTY, "da:a1:19:00:00:01")).isEqualTo("private address");
    }

    @Test
    void readsTheTextForm() throws IOException {
        Path file = directory.resolve("oui.txt");
        Files.writeString(
                file, "OUI/MA-L\n\n00-1B-21   (hex)\t\tIntel Corporate\n001B21     (base 16)\t\tIntel Corporate\n");
        assertThat(maker(OuiTable.load(file), "00:1b:21:00:00:01")).isEqualTo("Intel Corporate");
        assertThat(maker(OuiTable.load(directory), "00:1b:21:00:00:01")).isEqualTo("Intel Corporate");
    }

    @Test
    void saysWhyMakersAreNotKnown() {
        assertThat(OuiTable.load(directory.resolve("nothing")).problem())
                .isEqualTo(directory.resolve("nothing")
                        + ": no list of makers: they are not known (Debian's package ieee-data has it)");
    }

    @Test
    void readsDebiansLists() {
        assumeThat(Files.isDirectory(OuiTable.DEFAULT_DIRECTORY))
                .as("the package ieee-data is not installed")
                .isTrue();
        OuiTable table = OuiTable.load(OuiTable.DEFAULT_DIRECTORY);
        assertThat(table.size()).isGreaterThan(30_000);
        assertThat(maker(table, "00:1b:21:00:00:01")).contains("Intel");
    }
}
