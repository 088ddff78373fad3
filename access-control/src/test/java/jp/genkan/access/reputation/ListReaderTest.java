package jp.genkan.access.reputation;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ListReaderTest {
    private static final Path FILE = Path.of("lists/bad.txt");

    private static ListReader.Result read(String text) throws IOException {
        return ListReader.read(FILE, text.getBytes(ISO_8859_1), ListLimits.DEFAULT);
    }

    private static String problems(String text) throws IOException {
        return read(text).problems().stream().map(ListProblem::toString).collect(Collectors.joining("\n"));
    }

    @Test
    void readsEveryFormOfLine() throws IOException {
        ListReader.Result result = read("""
                # heading
                ; another

                192.0.2.7
                192.0.2.0/24 ; SBL123
                198.51.100.1\t44
                198.51.100.1 - 198.51.100.9
                203.0.113.9 # seen on 2026-11-01
                2001:db8::/32
                   2001:db8::1-2001:db8::5  \r
                "203.0.113.0/25","malware","2026"
                203.0.113.77,c2,high
                203.0.113.78 known bad - do not remove
                """);
        assertThat(result.problems()).isEmpty();
        assertThat(result.entries().v4Count()).isEqualTo(8);
        assertThat(result.entries().v6Count()).isEqualTo(2);
    }

    @Test
    void passesOverTheHeadingOfACsvFileAndAByteOrderMark() throws IOException {
        assertThat(read("ip_address,country\n192.0.2.1,JP\n").problems()).isEmpty();
        assertThat(read("\u00ef\u00bb\u00bf192.0.2.1\n").entries().size()).isEqualTo(1);
    }

    @Test
    void readsALastLineWithoutAnEnd() throws IOException {
        assertThat(read("192.0.2.1\n192.0.2.2").entries().size()).isEqualTo(2);
    }

    @Test
    void tellsFileAndLineOfWhatItSkips() throws IOException {
        assertThat(problems("""
                192.0.2.1
                evil.example
                192.0.2.0/33
                0.0.0.0/0
                192.168.0.0/16
                10.0.0.0/9
                2001::/8
                fe80::/9
                9.9.9.9-8.8.8.8
                """)).isEqualTo("""
                lists/bad.txt:2: 'evil.example' is not an address, a network or a range (examples: 192.0.2.7, 2001:db8::/32, 192.0.2.1-192.0.2.9): skipped
                lists/bad.txt:3: the prefix length 33 is not one of 0 to 32: skipped
                lists/bad.txt:4: 0.0.0.0/0 is wider than /8 and would block too much: skipped
                lists/bad.txt:5: 192.168.0.0/16 holds all of 192.168.0.0/16, which local networks use: skipped
                lists/bad.txt:7: 2000::/8 is wider than /16 and would block too much: skipped
                lists/bad.txt:8: fe80::/9 is wider than /16 and would block too much: skipped
                lists/bad.txt:9: the range 9.9.9.9-8.8.8.8 ends before it begins: skipped""");
    }

    @Test
    void countsProblemsBeyondTheLimit() throws IOException {
        assertThat(problems("x9 y\n".repeat(25)).lines().reduce((first, second) -> second))
                .contains("lists/bad.txt: 5 more lines were skipped");
    }

    @Test
    void takesAFileWithoutOneUsableLineForBroken() throws IOException {
        assertThat(read("<html>\n<body>\n").isBroken()).isTrue();
        assertThat(read("").isBroken()).isFalse();
        assertThat(read("# nothing today\n").isBroken()).isFalse();
    }

    @Test
    void survivesALineWithoutEnd() throws IOException {
        String problem = problems("192.0.2.1\n" + "a".repeat(100_000) + "\n192.0.2.2\n");
        assertThat(problem).isEqualTo("lists/bad.txt:2: the line is longer than 1024 characters: skipped");
        assertThat(read("192.0.2.1 # " + "a".repeat(100_000)).entries().size()).isEqualTo(1);
    }

    @Test
    void refusesFilesBeyondItsLimits() {
        ListLimits small = new ListLimits(40, 2, 1, 20);
        assertThatThrownBy(() -> ListReader.read(FILE, new byte[41], small)).hasMessage("larger than 40 octets");
        assertThatThrownBy(() -> ListReader.read(FILE, "192.0.2.1\n192.0.2.2\n192.0.2.3\n".getBytes(ISO_8859_1), small))
                .hasMessage("more than 2 entries");
    }

    @Test
    void namesDirectionsAsTheConfigurationDoes() {
        assertThat(ListDirection.TO_OUTSIDE.label()).isEqualTo("to-outside");
    }
}
