package jp.genkan.testbed.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who may import whom (docs/ARCHITECTURE.md), and which facilities stay in which package. */
class ArrowsTest {
    private static final String CORE = "jp.genkan.core..";
    private static final String PROTOCOLS = "jp.genkan.protocols..";
    private static final String LITERALS = "jp.genkan.literals..";

    /** Module's packages → packages of ours that they may import, besides their own. */
    private static final Map<String, List<String>> ARROWS = Map.ofEntries(
            Map.entry(CORE, List.of()),
            Map.entry(LITERALS, List.of()),
            Map.entry(PROTOCOLS, List.of(CORE)),
            Map.entry("jp.genkan.dataplane..", List.of(CORE, PROTOCOLS)),
            Map.entry("jp.genkan.access..", List.of(CORE, PROTOCOLS)),
            Map.entry("jp.genkan.ips..", List.of(CORE, PROTOCOLS, LITERALS)),
            Map.entry("jp.genkan.av..", List.of(CORE, PROTOCOLS, LITERALS)),
            Map.entry("jp.genkan.urlfilter..", List.of(CORE, PROTOCOLS)),
            Map.entry("jp.genkan.appcontrol..", List.of(CORE, PROTOCOLS)),
            Map.entry("jp.genkan.updater..", List.of(CORE)),
            Map.entry("jp.genkan.console..", List.of(CORE)));

    /** The packages that may call native code: one a facility. */
    private static final String[] NATIVE = {
        "jp.genkan.dataplane.linux..",
        "jp.genkan.dataplane.gate..",
        "jp.genkan.dataplane.watchdog..",
        "jp.genkan.literals..",
        "jp.genkan.ips.pcre.."
    };

    /** What runs once a frame: time is a parameter there, nothing is logged, nothing is random. */
    private static final String[] PER_FRAME = {
        "jp.genkan.core.decode..",
        "jp.genkan.core.fragment..",
        "jp.genkan.dataplane.flow..",
        "jp.genkan.dataplane.stream..",
        "jp.genkan.dataplane.forward.."
    };

    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("jp.genkan");

    @Test
    void modulesImportOnlyWhereAnArrowLeads() {
        ARROWS.forEach((module, allowed) -> classes()
                .that()
                .resideInAPackage(module)
                .should()
                .onlyDependOnClassesThat(notOurs().or(JavaClass.Predicates.resideInAnyPackage(with(module, allowed))))
                .because("docs/ARCHITECTURE.md draws the arrows")
                .allowEmptyShould(true)
                .check(OURS));
    }

    @Test
    void everyPackageBelongsToAModule() {
        String[] known = with("jp.genkan.appliance..", List.copyOf(ARROWS.keySet()));
        classes()
                .that()
                .resideOutsideOfPackage("jp.genkan.testbed..")
                .should()
                .resideInAnyPackage(known)
                .check(OURS);
    }

    @Test
    void nativeCallsLiveInOnePackagePerFacility() {
        noClasses()
                .that()
                .resideOutsideOfPackages(NATIVE)
                .and()
                .resideOutsideOfPackage("jp.genkan.testbed..")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.lang.foreign.Linker")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.lang.foreign.SymbolLookup")
                .check(OURS);
    }

    @Test
    void codePerFrameTakesTimeAsAParameter() {
        noClasses()
                .that()
                .resideInAnyPackage(PER_FRAME)
                .should()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .allowEmptyShould(true)
                .check(OURS);
    }

    @Test
    void codePerFrameNeitherLogsNorFormats() {
        noClasses()
                .that()
                .resideInAnyPackage(PER_FRAME)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.slf4j..", "java.util.logging..", "java.util.stream..", "java.util.regex..")
                .allowEmptyShould(true)
                .check(OURS);
    }

    @Test
    void nobodyUsesUnsafeReflectionOrSerialisation() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("sun.misc..", "jdk.internal..", "java.lang.reflect..")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.io.ObjectInputStream")
                .check(OURS.that(DescribedPredicate.not(generatedOrTestbed())));
    }

    @Test
    void onlyTheCommandLineWritesToTheTerminal() {
        noClasses()
                .that()
                .resideOutsideOfPackages("jp.genkan.appliance..", "jp.genkan.testbed..")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(OURS);
    }

    private static DescribedPredicate<JavaClass> notOurs() {
        return JavaClass.Predicates.resideOutsideOfPackage("jp.genkan..");
    }

    private static DescribedPredicate<JavaClass> generatedOrTestbed() {
        return JavaClass.Predicates.resideInAnyPackage("jp.genkan.testbed..", "..jmh_generated..");
    }

    private static String[] with(String one, List<String> others) {
        String[] all = new String[others.size() + 1];
        all[0] = one;
        for (int index = 0; index < others.size(); index++) {
            all[index + 1] = others.get(index);
        }
        return all;
    }
}
