package jp.genkan.av.clamav;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import jp.genkan.av.content.Content;
import jp.genkan.av.executable.PeSamples;
import jp.genkan.av.pattern.PatternRules;
import jp.genkan.av.pattern.PatternSet;
import jp.genkan.av.pattern.PatternSetBuilder;
import jp.genkan.av.pattern.PatternSignatures;
import jp.genkan.av.scan.FileFacts;
import jp.genkan.av.scan.SignatureMatcher;
import jp.genkan.av.source.Problems;
import jp.genkan.literals.LiteralCompiler;
import org.junit.jupiter.api.Test;

class ClamCompilerTest {
    private static final String TEXT = "head ABCDEFGHIJ hello world\r\nvalue=0042; AAAA BBBB AAAA BBBB AAAA tail";

    private final Problems problems = new Problems();
    private final PatternSetBuilder patterns = new PatternSetBuilder();
    private final ClamCompiler compiler = new ClamCompiler(patterns, problems);

    @Test
    void saysWhatItCannotTake() throws IOException {
        add(
                "a.ndb",
                "No.Fields:0:*\nOdd:0:*:414\nTarget:77:*:41424344\nFree:0:*:*41424344\nNeedsProgram:0:EP+0:41424344\n");
        add(
                "a.ldb",
                "Image;Target:0;0;fuzzy_img#af2ad01ed42993c7#0\nMacro;Target:0;0;${6-7}12$\nNumber;Target:0;0&2;41424344;45464748\n"
                        + "Icon;Target:1,IconGroup1:x;0;41424344\nLook;Target:0;0&1;41424344;0/a(?=b)/\nMod;Target:0;0;41424344::q\n");
        assertThat(problems.kept().stream().map(Object::toString))
                .containsExactly(
                        "a.ndb:1: four to six fields with colons between them are expected",
                        "a.ndb:2: an odd number of digits",
                        "a.ndb:3: target '77' is not known",
                        "a.ndb:4: the body has no octet that is fixed",
                        "a.ndb:5: the offset 'EP+0' needs a target that is a program",
                        "a.ldb:1: fuzzy_img: images are not compared",
                        "a.ldb:2: macros are not supported",
                        "a.ldb:3: there is no subsignature 2",
                        "a.ldb:4: icons of programs are not compared",
                        "a.ldb:5: looking around and options in groups are not supported",
                        "a.ldb:6: the modifier 'q' is not known");
    }

    @Test
    void leavesOtherLevelsAndIgnoredNamesOut() throws IOException {
        add("a.ndb", "Newer:0:*:41424344:9999\nOff:0:*:41424344\nOn:0:*:41424344\n");
        add("a.ign2", "Off\n");
        assertThat(rules().count()).isEqualTo(1);
        assertThat(problems.count()).isZero();
    }

    @Test
    void countsAsClamAvDoes() throws SignatureException {
        assertThat(isTrue("0&1", 1, 0)).isFalse();
        assertThat(isTrue("0|1", 1, 0)).isTrue();
        assertThat(isTrue("(0|1)>4", 3, 2)).isTrue();
        assertThat(isTrue("(0|1)>5", 3, 2)).isFalse();
        assertThat(isTrue("(0|1)>2,2", 3, 0)).isFalse();
        assertThat(isTrue("0>2&1=0", 3, 0)).isTrue();
        assertThat(isTrue("(0&1)=0", 3, 0)).isTrue();
        assertThat(isTrue("1<1", 0, 0)).isTrue();
        assertThat(isTrue("0&1|0", 1, 0)).isTrue();
        assertThatThrownBy(() -> Logic.parse("(".repeat(100) + "0", 1)).isInstanceOf(SignatureException.class);
        assertThatThrownBy(() -> Logic.parse("0&", 1)).isInstanceOf(SignatureException.class);
    }

    private static boolean isTrue(String logic, int... counts) throws SignatureException {
        return Logic.parse(logic, counts.length).evaluate(part -> counts[part]).isTrue();
    }

    @Test
    void findsPlacesOfProgram() throws SignatureException {
        try (Arena arena = Arena.ofConfined()) {
            Program program = Program.of(content(arena, PeSamples.program()));
            assertThat(program.target()).isEqualTo(Target.PE);
            assertThat(program.offset(Place.parse("EP+4"))).isEqualTo(0x414);
            assertThat(program.offset(Place.parse("EP-8"))).isEqualTo(0x408);
            assertThat(program.offset(Place.parse("S1+2"))).isEqualTo(0x602);
            assertThat(program.offset(Place.parse("SL+0"))).isEqualTo(0x600);
            assertThat(program.offset(Place.parse("S2+0"))).isEqualTo(-1);
            assertThat(program.offset(Place.parse("EOF-16"))).isEqualTo(0x7f0);
        }
    }

    @Test
    void comparesNumbersInFiles() throws SignatureException {
        try (Arena arena = Arena.ofConfined()) {
            Content content = content(arena, TEXT.getBytes(StandardCharsets.US_ASCII));
            int at = TEXT.indexOf("value=");
            assertThat(ByteComparison.parse(">>6#de4#=42").holds(content, at)).isTrue();
            assertThat(ByteComparison.parse(">>6#dbe4#>42").holds(content, at)).isFalse();
            assertThat(ByteComparison.parse(">>6#hbe4#=0x42").holds(content, at))
                    .isTrue();
            assertThat(ByteComparison.parse("0#ile2#=0x6176").holds(content, at))
                    .isTrue();
            assertThat(ByteComparison.parse(">>6#de4#>40,<50").holds(content, at))
                    .isTrue();
            assertThat(ByteComparison.parse("<<900#de4#>40").holds(content, at)).isFalse();
        }
    }

    @Test
    void findsWhatSignaturesDescribe() throws IOException {
        String hello = hex("hello");
        add(
                "a.ndb",
                "Any:0:*:" + hex("ABCDEF") + "\nAt:0:5:" + hex("ABCDEF") + "\nNotAt:0:6:" + hex("ABCDEF") + "\nGap:0:*:"
                        + hex("ABC") + "{2}" + hex("FGH") + "\nStar:0:*:" + hex("head") + "*" + hex("tail")
                        + "\nWrongOrder:0:*:" + hex("tail") + "*" + hex("head") + "\nHalf:0:*:" + hex("ABC") + "4?"
                        + hex("EF") + "\nWay:0:*:" + hex("ABC") + "(41|44)" + hex("EF") + "\nNoWay:0:*:" + hex("ABC")
                        + "!(41|44)" + hex("EF") + "\nProgram:1:*:" + hex("ABCDEF") + "\n");
        add(
                "a.ldb",
                "Both;Target:0;0&1;" + hello + ";" + hex("AAAA") + "\nThrice;Target:0;0=3;" + hex("AAAA")
                        + "\nFour;Target:0;0>3;" + hex("AAAA") + "\nMissing;Target:0;0&1=0;" + hello + ";"
                        + hex("nowhere")
                        + "\nCase;Target:0;0;" + hex("HELLO") + "::i\nPcre;Target:0;0&1;" + hello
                        + ";0/he..o\\s+w[a-z]+d/\nUntriggered;Target:0;0|1;" + hex("nowhere") + ";0/hello/\n");
        assertThat(problems.count()).isZero();
        Set<String> found = scan(TEXT);
        assertThat(found)
                .containsExactlyInAnyOrder(
                        "Any", "At", "Gap", "Star", "Half", "Way", "Both", "Thrice", "Missing", "Case", "Pcre");
    }

    private PatternRules rules() {
        PatternSet set = patterns.build(LiteralCompiler.open(null));
        return compiler.build(set);
    }

    private Set<String> scan(String text) {
        PatternSet set = patterns.build(LiteralCompiler.open(null));
        TreeSet<String> names = new TreeSet<>();
        FileFacts facts =
                new FileFacts(null, null, List.of(), List.of(), List.of(), System.nanoTime() + 10_000_000_000L);
        try (Arena arena = Arena.ofConfined();
                SignatureMatcher matcher = new PatternSignatures(set, List.of(compiler.build(set))).matcher()) {
            matcher.match(
                    content(arena, text.getBytes(StandardCharsets.US_ASCII)),
                    facts,
                    detection -> names.add(detection.signature()));
        }
        return names;
    }

    private static Content content(Arena arena, byte[] octets) {
        return new Content(arena.allocate(octets.length).copyFrom(MemorySegment.ofArray(octets)));
    }

    private void add(String name, String lines) throws IOException {
        compiler.add(name, new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8)));
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.US_ASCII));
    }
}
