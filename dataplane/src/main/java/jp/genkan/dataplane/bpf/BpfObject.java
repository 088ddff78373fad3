package jp.genkan.dataplane.bpf;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A compiled eBPF object file: programs, definitions of maps, constants. Reads what {@code clang -target bpfel} writes for the sources of
 * this module (ELF64, little-endian, relocations R_BPF_64_64 only) by these conventions:
 *
 * <pre>
 *   each function in its own section           a program; calls between functions are inlined
 *   section "maps"                             struct map_definition for each symbol: type, key, value, entries, flags
 *   section ".rodata"                          constants, which an instance of a program may override by symbol
 *   section "license"                          text
 * </pre>
 *
 * <p>Thread rule: immutable.
 */
public final class BpfObject {
    // ELF-64: offsets in the file header, a section header (64 octets), a symbol (24), a relocation (16)
    private static final int SECTION_HEADERS_OFFSET = 40;
    private static final int SECTION_HEADER_COUNT = 60;
    private static final int SECTION_NAMES_INDEX = 62;
    private static final int SECTION_HEADER_BYTES = 64;
    private static final int SYMBOL_BYTES = 24;
    private static final int RELOCATION_BYTES = 16;
    private static final int TYPE_SYMBOLS = 2;
    private static final int TYPE_RELOCATIONS = 9;
    private static final int R_BPF_64_64 = 1;
    private static final int SYMBOL_TYPE_FUNCTION = 2;
    private static final int MAP_DEFINITION_BYTES = 20;

    static final int INSTRUCTION_BYTES = 8;

    /** A map as the source defines it. */
    public record MapDefinition(String name, int type, int keyBytes, int valueBytes, int entries, int flags) {
        /** The same with another capacity. */
        public MapDefinition withEntries(int most) {
            return new MapDefinition(name, type, keyBytes, valueBytes, most, flags);
        }
    }

    /** A 64-bit load of an address: of a map, or (map null) of an offset in the constants. */
    record Relocation(int codeOffset, @Nullable String map, int constantOffset) {}

    /** A program as it stands in the file. */
    static final class Code {
        private final String name;
        private final byte[] instructions;
        private final List<Relocation> relocations;

        private Code(String name, byte[] instructions, List<Relocation> relocations) {
            this.name = name;
            this.instructions = instructions;
            this.relocations = relocations;
        }

        String name() {
            return name;
        }

        /** A copy, for the caller to patch. */
        byte[] instructions() {
            return instructions.clone();
        }

        List<Relocation> relocations() {
            return relocations;
        }
    }

    record Constant(int offset, int length) {}

    private record Section(String name, int type, int offset, int size, int link, int info) {}

    private record Symbol(String name, int type, int section, int value, int size) {}

    private final ByteBuffer elf;
    private final List<Section> sections = new ArrayList<>();
    private final List<Symbol> symbols = new ArrayList<>();
    private final Map<String, MapDefinition> maps = new LinkedHashMap<>();
    private final Map<String, Code> programs = new HashMap<>();
    private final Map<String, Constant> constants = new HashMap<>();
    private byte[] rodata = new byte[0];
    private String license = "";

    private BpfObject(byte[] file) throws BpfException {
        elf = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        try {
            read();
        } catch (IndexOutOfBoundsException cut) {
            throw BpfException.malformed(
                    "eBPF object file is cut off (" + file.length + " octets): " + cut.getMessage());
        }
    }

    /** Reads an object from the class path. */
    public static BpfObject ofResource(Class<?> near, String name) throws BpfException {
        try (InputStream in = near.getResourceAsStream(name)) {
            if (in == null) {
                throw BpfException.malformed(
                        "eBPF object " + name + " is missing in this build; clang compiles it: run ./build package");
            }
            return parse(in.readAllBytes());
        } catch (BpfException known) {
            throw known;
        } catch (IOException unreadable) {
            throw BpfException.malformed("eBPF object " + name + " cannot be read: " + unreadable.getMessage());
        }
    }

    /** Reads the octets of an object file. */
    public static BpfObject parse(byte[] file) throws BpfException {
        return new BpfObject(file);
    }

    /** The maps, in the order of the source. */
    public List<MapDefinition> maps() {
        return List.copyOf(maps.values());
    }

    /** The map of this name. */
    public MapDefinition map(String name) {
        MapDefinition found = maps.get(name);
        if (found == null) {
            throw new IllegalArgumentException("no map " + name + " in the object; it has " + maps.keySet());
        }
        return found;
    }

    Code program(String name) {
        Code found = programs.get(name);
        if (found == null) {
            throw new IllegalArgumentException("no program " + name + " in the object; it has " + programs.keySet());
        }
        return found;
    }

    /** The initial constants; the caller may change the copy. */
    byte[] constants() {
        return rodata.clone();
    }

    Constant constant(String name) {
        Constant found = constants.get(name);
        if (found == null) {
            throw new IllegalArgumentException("no constant " + name + " in the object; it has " + constants.keySet());
        }
        return found;
    }

    String license() {
        return license;
    }

    private void read() throws BpfException {
        if (elf.getInt(0) != 0x464c457f || elf.get(4) != 2 || elf.get(5) != 1) {
            throw BpfException.malformed("eBPF object is not a little-endian ELF-64 file");
        }
        readSections();
        readSymbols();
        for (int index = 0; index < sections.size(); index++) {
            Section section = sections.get(index);
            switch (section.name) {
                case "maps" -> readMaps(index, section);
                case ".rodata" -> readConstants(index, section);
                case "license" -> license = text(section.offset);
                default -> {}
            }
        }
        for (Symbol symbol : symbols) {
            if (symbol.type == SYMBOL_TYPE_FUNCTION) {
                programs.put(symbol.name, readProgram(symbol));
            }
        }
    }

    private void readSections() {
        int at = (int) elf.getLong(SECTION_HEADERS_OFFSET);
        int count = elf.getShort(SECTION_HEADER_COUNT) & 0xffff;
        int names = (int) elf.getLong(at + (elf.getShort(SECTION_NAMES_INDEX) & 0xffff) * SECTION_HEADER_BYTES + 24);
        for (int i = 0; i < count; i++, at += SECTION_HEADER_BYTES) {
            sections.add(new Section(
                    text(names + elf.getInt(at)),
                    elf.getInt(at + 4),
                    (int) elf.getLong(at + 24),
                    (int) elf.getLong(at + 32),
                    elf.getInt(at + 40),
                    elf.getInt(at + 44)));
        }
    }

    private void readSymbols() {
        for (Section section : sections) {
            if (section.type != TYPE_SYMBOLS) {
                continue;
            }
            int names = sections.get(section.link).offset;
            for (int at = section.offset; at < section.offset + section.size; at += SYMBOL_BYTES) {
                symbols.add(new Symbol(
                        text(names + elf.getInt(at)),
                        elf.get(at + 4) & 15,
                        elf.getShort(at + 6) & 0xffff,
                        (int) elf.getLong(at + 8),
                        (int) elf.getLong(at + 16)));
            }
        }
    }

    private void readMaps(int index, Section section) {
        symbols.stream()
                .filter(symbol -> symbol.section == index && symbol.size == MAP_DEFINITION_BYTES)
                .sorted((a, b) -> Integer.compare(a.value, b.value))
                .forEach(symbol -> {
                    int at = section.offset + symbol.value;
                    maps.put(
                            symbol.name,
                            new MapDefinition(
                                    symbol.name,
                                    elf.getInt(at),
                                    elf.getInt(at + 4),
                                    elf.getInt(at + 8),
                                    elf.getInt(at + 12),
                                    elf.getInt(at + 16)));
                });
    }

    private void readConstants(int index, Section section) {
        rodata = new byte[section.size];
        elf.get(section.offset, rodata);
        for (Symbol symbol : symbols) {
            if (symbol.section == index && symbol.size > 0) {
                constants.put(symbol.name, new Constant(symbol.value, symbol.size));
            }
        }
    }

    private Code readProgram(Symbol function) throws BpfException {
        Section section = sections.get(function.section);
        byte[] instructions = new byte[function.size];
        elf.get(section.offset + function.value, instructions);
        List<Relocation> relocations = new ArrayList<>();
        for (Section candidate : sections) {
            if (candidate.type == TYPE_RELOCATIONS && candidate.info == function.section) {
                for (int at = candidate.offset; at < candidate.offset + candidate.size; at += RELOCATION_BYTES) {
                    relocations.add(readRelocation(function, at, instructions));
                }
            }
        }
        return new Code(function.name, instructions, List.copyOf(relocations));
    }

    private Relocation readRelocation(Symbol function, int at, byte[] instructions) throws BpfException {
        int codeOffset = (int) elf.getLong(at) - function.value;
        int type = elf.getInt(at + 8);
        Symbol target = symbols.get(elf.getInt(at + 12));
        if (type != R_BPF_64_64) {
            throw BpfException.malformed(
                    function.name + ": relocation of type " + type + " to '" + target.name + "' is not supported");
        }
        String section = sections.get(target.section).name;
        return switch (section) {
            case "maps" -> new Relocation(codeOffset, target.name, 0);
            case ".rodata" -> {
                int addend = ByteBuffer.wrap(instructions)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .getInt(codeOffset + 4);
                yield new Relocation(codeOffset, null, target.value + addend);
            }
            default ->
                throw BpfException.malformed(function.name + ": refers to '" + target.name + "' in section " + section);
        };
    }

    private String text(int at) {
        int end = at;
        while (elf.get(end) != 0) {
            end++;
        }
        return new String(elf.array(), at, end - at, StandardCharsets.US_ASCII);
    }
}
