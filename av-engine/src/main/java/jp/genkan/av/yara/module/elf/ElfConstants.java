package jp.genkan.av.yara.module.elf;

import jp.genkan.av.yara.module.StructType;

/** Constants of the module, by their names in the System V ABI. */
final class ElfConstants {
    private static final String TABLE = """
            PF_R 4
            PF_W 2
            PF_X 1
            STB_WEAK 2
            STB_GLOBAL 1
            STB_LOCAL 0
            STT_TLS 6
            STT_COMMON 5
            STT_FILE 4
            STT_SECTION 3
            STT_FUNC 2
            STT_OBJECT 1
            STT_NOTYPE 0
            DT_ENCODING 32
            DT_FLAGS 30
            DT_RUNPATH 29
            DT_FINI_ARRAYSZ 28
            DT_INIT_ARRAYSZ 27
            DT_FINI_ARRAY 26
            DT_INIT_ARRAY 25
            DT_BIND_NOW 24
            DT_JMPREL 23
            DT_TEXTREL 22
            DT_DEBUG 21
            DT_PLTREL 20
            DT_RELENT 19
            DT_RELSZ 18
            DT_REL 17
            DT_SYMBOLIC 16
            DT_RPATH 15
            DT_SONAME 14
            DT_FINI 13
            DT_INIT 12
            DT_SYMENT 11
            DT_STRSZ 10
            DT_RELAENT 9
            DT_RELASZ 8
            DT_RELA 7
            DT_SYMTAB 6
            DT_STRTAB 5
            DT_HASH 4
            DT_PLTGOT 3
            DT_PLTRELSZ 2
            DT_NEEDED 1
            DT_NULL 0
            PT_GNU_STACK 1685382481
            PT_GNU_EH_FRAME 1685382480
            PT_TLS 7
            PT_PHDR 6
            PT_SHLIB 5
            PT_NOTE 4
            PT_INTERP 3
            PT_DYNAMIC 2
            PT_LOAD 1
            PT_NULL 0
            SHF_EXECINSTR 4
            SHF_ALLOC 2
            SHF_WRITE 1
            SHT_DYNSYM 11
            SHT_SHLIB 10
            SHT_REL 9
            SHT_NOBITS 8
            SHT_NOTE 7
            SHT_DYNAMIC 6
            SHT_HASH 5
            SHT_RELA 4
            SHT_STRTAB 3
            SHT_SYMTAB 2
            SHT_PROGBITS 1
            SHT_NULL 0
            EM_AARCH64 183
            EM_X86_64 62
            EM_ARM 40
            EM_PPC64 21
            EM_PPC 20
            EM_MIPS_RS3_LE 10
            EM_MIPS 8
            EM_860 7
            EM_88K 5
            EM_68K 4
            EM_386 3
            EM_SPARC 2
            EM_M32 1
            EM_NONE 0
            ET_CORE 4
            ET_DYN 3
            ET_EXEC 2
            ET_REL 1
            ET_NONE 0
            """;

    private ElfConstants() {}

    static <T> StructType.Builder<T> add(StructType.Builder<T> to) {
        for (String line : TABLE.strip().split("\n", -1)) {
            int blank = line.indexOf(' ');
            to.constant(line.substring(0, blank), Long.parseLong(line.substring(blank + 1)));
        }
        return to;
    }
}
