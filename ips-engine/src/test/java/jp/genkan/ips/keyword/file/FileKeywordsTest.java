package jp.genkan.ips.keyword.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import jp.genkan.core.observation.FileState;
import jp.genkan.core.observation.TransferredFile;
import jp.genkan.ips.keyword.http.Exchanges;
import jp.genkan.ips.rule.RuleException;
import jp.genkan.ips.signature.TriedRule;
import jp.genkan.protocols.http.HttpParser;
import org.junit.jupiter.api.Test;

class FileKeywordsTest {
    private static TransferredFile file(FileState state) {
        TransferredFile file = Exchanges.play(
                        new HttpParser(),
                        "C: GET /dir/Report.PDF HTTP/1.1\r\nHost: a\r\n\r\n",
                        "S: HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n1234")
                .files
                .getFirst();
        file.state(state);
        file.type("application/pdf");
        return file;
    }

    private static boolean finds(String options, FileState state) throws RuleException {
        return TriedRule.of("tcp", options).finds(file(state));
    }

    private static boolean finds(String options) throws RuleException {
        return finds(options, FileState.CLOSED);
    }

    @Test
    void namesAndExtensionsAreFoundLetterCaseApart() throws RuleException {
        assertThat(finds("filename:\"report\";")).isTrue();
        assertThat(finds("filename:!\"REPORT\";")).isFalse();
        assertThat(finds("filename:!\"other\";")).isTrue();
        assertThat(finds("file.name; content:\"report\";")).isFalse();
        assertThat(finds("file.name; content:\"Report\";")).isTrue();
        assertThat(finds("fileext:\"pdf\";")).isTrue();
        assertThat(finds("fileext:\"pd\";")).isFalse();
        assertThat(finds("fileext:!\"pdf\";")).isFalse();
        assertThat(finds("fileext:!\"doc\";")).isTrue();
    }

    @Test
    void typesAreFoundByTheWordsOfLibmagic() throws RuleException {
        assertThat(finds("filemagic:\"pdf DOCUMENT\";")).isTrue();
        assertThat(finds("file.magic; content:\"PDF document\"; startswith;")).isTrue();
        assertThat(finds("file.magic; content:\"Zip\";")).isFalse();
    }

    @Test
    void sizesCountWhenTheFileIsOver() throws RuleException {
        assertThat(finds("filesize:4;")).isTrue();
        assertThat(finds("filesize:3<>5;")).isTrue();
        assertThat(finds("filesize:>1KB;")).isFalse();
        assertThat(finds("filesize:<5;", FileState.OPEN)).isFalse();
        assertThat(finds("filesize:<5;", FileState.TRUNCATED)).isFalse();
        assertThat(finds("filesize:>3;", FileState.TRUNCATED)).isTrue();
    }

    @Test
    void whatFollowsAnOlderWordLooksAtThePayloadAgain() throws RuleException {
        assertThat(TriedRule.of("tcp", "filename:\"a\"; content:\"b\";").checks())
                .containsExactlyInAnyOrder("pkt_data 1", "file.name 1");
    }

    @Test
    void storingAsksForAFile() throws RuleException {
        assertThat(finds("filestore;")).isTrue();
        assertThat(finds("filestore:both,flow;")).isTrue();
        refuses("tcp", "filestore:sideways;");
        refuses("tcp", "filestore:both,flow,file;");
    }

    @Test
    void refusesFilesWhereNoneTravel() {
        refuses("dns", "filename:\"a\";");
        refuses("dns", "file.data; content:\"a\";");
        refuses("smtp", "flow:to_client; file.data; content:\"a\";");
        refuses("tcp", "fileext:pdf;");
        refuses("tcp", "filesize:large;");
    }

    private static void refuses(String protocol, String options) {
        assertThatExceptionOfType(RuleException.class)
                .as(options)
                .isThrownBy(() -> TriedRule.of(protocol, options).finds(file(FileState.CLOSED)));
    }
}
