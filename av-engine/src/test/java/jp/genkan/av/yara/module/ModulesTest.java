package jp.genkan.av.yara.module;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import jp.genkan.av.executable.PeSamples;
import jp.genkan.av.yara.module.dotnet.DotnetModule;
import jp.genkan.av.yara.module.elf.ElfModule;
import jp.genkan.av.yara.module.pe.PeModule;
import org.junit.jupiter.api.Test;

class ModulesTest {
    private static final byte[] TEXT = "no program at all".getBytes(StandardCharsets.US_ASCII);

    @Test
    void tellsHeadersAndSectionsOfProgram() {
        Map<String, Object> pe = ModuleFields.of(new PeModule(), PeSamples.program());
        assertThat(pe)
                .containsEntry("is_pe", 1L)
                .containsEntry("machine", 0x14cL)
                .containsEntry("entry_point", 0x410L)
                .containsEntry("entry_point_raw", 0x1010L)
                .containsEntry("number_of_sections", 2L)
                .containsEntry("sections[0].name", ".text")
                .containsEntry("sections[1].raw_data_offset", 0x600L)
                .containsEntry("overlay.size", 0L)
                .containsEntry("number_of_signatures", 0L)
                .containsEntry("number_of_imports", 0L)
                .doesNotContainKey("rich_signature.key");
    }

    @Test
    void tellsOnlyThatOtherFilesAreNoPrograms() {
        assertThat(ModuleFields.of(new PeModule(), TEXT)).isEqualTo(Map.of("is_pe", 0L));
        assertThat(ModuleFields.of(new ElfModule(), TEXT)).isEmpty();
        assertThat(ModuleFields.of(new DotnetModule(), TEXT)).isEmpty();
        assertThat(ModuleFields.of(new DotnetModule(), PeSamples.program())).isEqualTo(Map.of("is_dotnet", 0L));
    }

    @Test
    void takesProgramsThatEndAnywhere() {
        byte[] program = PeSamples.program();
        for (int length = 0; length < program.length; length += length < 0x200 ? 1 : 37) {
            ModuleFields.of(new PeModule(), Arrays.copyOf(program, length));
        }
    }

    @Test
    void tellsSegmentsOfElf() throws Exception {
        Path self = Path.of("/proc/self/exe");
        assumeTrue(Files.isReadable(self), "needs /proc");
        Map<String, Object> elf = ModuleFields.of(new ElfModule(), Files.readAllBytes(self));
        assertThat(elf).containsKeys("type", "machine", "entry_point", "segments[0].type", "dynamic[0].type");
    }

    @Test
    void findsEveryModuleByItsName() {
        for (String name : new String[] {"pe", "elf", "math", "hash", "time", "dotnet", "console"}) {
            assertThat(YaraModules.find(name)).isNotNull();
        }
    }
}
