package jp.genkan.literals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Which library is used, and what happens with one that must not be. */
class HyperscanLibraryTest {
    @Test
    void aLibraryThatIsMissingIsNotFound() {
        assertThat(HyperscanLibrary.find(List.of("libhs-of-nobody.so.5", "/nowhere/libhs.so.5")))
                .isNull();
    }

    @Test
    void aRefusedLibraryIsReplacedByTheAutomatonAndNamedWithTheReason() {
        LiteralCompiler compiler = new LiteralCompiler("libhs.so.5 is refused: self-test: misses something", null);
        assertThat(compiler.isNative()).isFalse();
        assertThat(compiler.describe())
                .contains("in Java")
                .contains("misses something")
                .doesNotContain("\n");
        LiteralDatabase database = compiler.compile(List.of(Literals.exact("abc")), Mode.BLOCK);
        assertThat(database).isInstanceOf(AutomatonDatabase.class);
        LiteralHits hits = new LiteralHits();
        try (LiteralScanner scanner = new LiteralScanner()) {
            scanner.scan(database, Literals.octets("xabcx"), 0, 5, hits);
        }
        assertThat(hits.contains(0)).isTrue();
    }

    @Nested
    class Installed {
        @BeforeEach
        void isInstalled() {
            String refusal = HyperscanLibrary.refusal();
            assumeThat(refusal).as("Hyperscan: %s", refusal).isNull();
        }

        @Test
        void passesEachCaseOfTheSelfTest() {
            assertThat(SelfTest.CASES).hasSize(5);
            for (SelfTest.Case one : SelfTest.CASES) {
                assertThat(SelfTest.run(List.of(one))).isNull();
            }
        }

        @Test
        void aMissedCaseIsToldWithItsExpressionAndText() {
            SelfTest.Case missed = new SelfTest.Case(List.of("never"), 0, "there");
            assertThat(SelfTest.run(List.of(SelfTest.CASES.getFirst(), missed)))
                    .isEqualTo("self-test: misses \"never\" in \"there\"");
        }

        @Test
        void anExpressionThatDoesNotCompileFailsTheSelfTest() {
            assertThat(SelfTest.run(List.of(new SelfTest.Case(List.of("(a"), 0, "a"))))
                    .contains("self-test: ");
        }

        @Test
        void isDescribedWithItsRelease() {
            assertThat(LiteralCompiler.open(null).describe()).matches("Hyperscan 5\\.\\d+\\.\\d+.*");
        }

        @Test
        void aFaultInAMatchIsThrownToTheOneWhoScans() throws CompileException {
            NativeCompilation compilation = new NativeCompilation(1);
            compilation.add("a", 0, 7);
            NativePart part = NativePart.of(compilation.compile(NativeHyperscan.MODE_BLOCK));
            LiteralHits tooSmall = new LiteralHits();
            tooSmall.begin(1);
            try (NativeScan scan = new NativeScan()) {
                assertThatThrownBy(() -> scan.block(part, Literals.octets("xa"), tooSmall))
                        .isInstanceOf(IllegalStateException.class)
                        .hasCauseInstanceOf(ArrayIndexOutOfBoundsException.class);
                tooSmall.begin(8);
                scan.block(part, Literals.octets("xa"), tooSmall);
                assertThat(tooSmall.contains(7)).isTrue();
            }
        }
    }
}
