package jp.genkan.av.yara.module;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import jp.genkan.av.der.DerValue;
import jp.genkan.av.executable.PeSamples;
import jp.genkan.av.yara.module.dotnet.DotnetModule;
import jp.genkan.av.yara.module.elf.ElfModule;
import jp.genkan.av.yara.module.pe.PeModule;

class ModulesFuzzTest {
    @FuzzTest
    void readsAnyProgram(byte[] octets) {
        ModuleFields.of(new PeModule(), octets);
        ModuleFields.of(new DotnetModule(), octets);
        ModuleFields.of(new ElfModule(), octets);
    }

    /** What is fuzzed lies over the headers of a program, so that its directories are reached. */
    @FuzzTest
    void readsAnyHeaders(byte[] octets) {
        byte[] program = PeSamples.program();
        System.arraycopy(octets, 0, program, 0x98, Math.min(octets.length, program.length - 0x98));
        ModuleFields.of(new PeModule(), program);
        ModuleFields.of(new DotnetModule(), program);
    }

    @FuzzTest
    void readsAnyDer(byte[] octets) {
        DerValue value = DerValue.read(octets, 0, octets.length);
        for (int depth = 0; value != null && depth < octets.length; depth++) {
            value.oid();
            value = value.children().stream().findFirst().orElse(null);
        }
        DerValue.read(Arrays.copyOf(octets, octets.length / 2), 0, octets.length / 2);
    }
}
