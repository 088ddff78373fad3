package jp.genkan.dataplane.bpf;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A program in the kernel. It lives as long as a descriptor, a socket or an interface refers to it.
 *
 * <p>Thread rule: may be shared.
 */
public final class BpfProgram implements AutoCloseable {
    /** What a program can be attached to. */
    public enum Type {
        /** A socket: as its filter, or as the selector of a fanout group. */
        SOCKET_FILTER(Bpf.PROG_TYPE_SOCKET_FILTER),
        /** An interface, by TCX. */
        TCX(Bpf.PROG_TYPE_SCHED_CLS),
        /** A tracepoint of the kernel. */
        RAW_TRACEPOINT(Bpf.PROG_TYPE_RAW_TRACEPOINT);

        private final int number;

        Type(int number) {
            this.number = number;
        }
    }

    /**
     * What the kernel says of a program. The run figures count only while {@code kernel.bpf_stats_enabled} is 1.
     *
     * @param id number in this kernel
     * @param name at most 15 letters
     * @param mapIds numbers of the maps that it uses
     * @param runNanos time spent in it
     * @param runs how often it ran
     */
    public record Info(int id, String name, List<Integer> mapIds, long runNanos, long runs) {}

    // struct bpf_prog_info
    private static final int INFO_BYTES = 232;
    private static final int INFO_MAP_COUNT = 52;
    private static final int INFO_MAP_IDS = 56;
    private static final int INFO_NAME = 64;
    private static final int INFO_RUN_NANOS = 192;
    private static final int INFO_RUNS = 200;
    private static final int MAPS_MAX = 32;

    // a 64-bit immediate load says what its immediate is by its source register, the upper half of the second octet
    private static final int PSEUDO_MAP_FD = 1;
    private static final int PSEUDO_MAP_VALUE = 2;

    private static final int LOG_BYTES = 1 << 20;
    private static final int LOG_LINES_SHOWN = 4;

    private final int fd;
    private boolean open = true;

    private BpfProgram(int fd) {
        this.fd = fd;
    }

    /**
     * Loads an instance of a program.
     *
     * @param maps by the names that the source gives them
     * @param settings values of constants by name; an array takes the octets
     */
    public static BpfProgram load(
            BpfObject object, String name, Type type, Map<String, BpfMap> maps, Map<String, Long> settings)
            throws BpfException {
        return load(object, name, type, maps, settings, Map.of());
    }

    /** The same, with values for constants that are arrays of 32-bit numbers. */
    public static BpfProgram load(
            BpfObject object,
            String name,
            Type type,
            Map<String, BpfMap> maps,
            Map<String, Long> settings,
            Map<String, int[]> arrays)
            throws BpfException {
        BpfObject.Code code = object.program(name);
        byte[] constants = object.constants();
        ByteBuffer values = ByteBuffer.wrap(constants).order(ByteOrder.LITTLE_ENDIAN);
        settings.forEach((constant, value) -> put(values, object.constant(constant), value));
        arrays.forEach((constant, numbers) -> put(values, object.constant(constant), numbers));
        try (Arena arena = Arena.ofConfined();
                BpfMap rodata = constantsMap(arena, constants)) {
            byte[] instructions = relocated(code, maps, rodata);
            return new BpfProgram(load(arena, code.name(), type, instructions, object.license()));
        }
    }

    private static void put(ByteBuffer values, BpfObject.Constant at, long value) {
        switch (at.length()) {
            case Integer.BYTES -> values.putInt(at.offset(), Math.toIntExact(value));
            case Long.BYTES -> values.putLong(at.offset(), value);
            default -> throw new IllegalArgumentException("constant of " + at.length() + " octets");
        }
    }

    private static void put(ByteBuffer values, BpfObject.Constant at, int[] numbers) {
        if (numbers.length * Integer.BYTES > at.length()) {
            throw new IllegalArgumentException(
                    numbers.length + " numbers for a constant of " + at.length() + " octets");
        }
        for (int i = 0; i < numbers.length; i++) {
            values.putInt(at.offset() + i * Integer.BYTES, numbers[i]);
        }
    }

    /** Constants live in a frozen map of one element: the verifier then takes them for what they are. */
    private static BpfMap constantsMap(Arena arena, byte[] constants) throws BpfException {
        BpfMap map = BpfMap.create(new BpfObject.MapDefinition(
                "genkan_rodata",
                Bpf.MAP_TYPE_ARRAY,
                Integer.BYTES,
                Math.max(constants.length, 8),
                1,
                Bpf.F_RDONLY_PROG));
        MemorySegment value = arena.allocate(Math.max(constants.length, 8), Long.BYTES);
        MemorySegment.copy(constants, 0, value, JAVA_BYTE, 0, constants.length);
        int failed = map.access(arena).update(arena.allocate(Integer.BYTES, Integer.BYTES), value);
        if (failed < 0) {
            map.close();
            throw BpfException.of("constants of an eBPF program", -failed);
        }
        map.freeze();
        return map;
    }

    private static byte[] relocated(BpfObject.Code code, Map<String, BpfMap> maps, BpfMap rodata) {
        byte[] instructions = code.instructions();
        ByteBuffer patched = ByteBuffer.wrap(instructions).order(ByteOrder.LITTLE_ENDIAN);
        for (BpfObject.Relocation relocation : code.relocations()) {
            int at = relocation.codeOffset();
            String name = relocation.map();
            int register = instructions[at + 1] & 0x0f;
            if (name == null) {
                instructions[at + 1] = (byte) (register | PSEUDO_MAP_VALUE << 4);
                patched.putInt(at + 4, rodata.fd());
                patched.putInt(at + BpfObject.INSTRUCTION_BYTES + 4, relocation.constantOffset());
            } else {
                BpfMap map = maps.get(name);
                if (map == null) {
                    throw new IllegalArgumentException(code.name() + " needs the map " + name);
                }
                instructions[at + 1] = (byte) (register | PSEUDO_MAP_FD << 4);
                patched.putInt(at + 4, map.fd());
            }
        }
        return instructions;
    }

    private static int load(Arena arena, String name, Type type, byte[] instructions, String license)
            throws BpfException {
        MemorySegment code = arena.allocate(instructions.length, Long.BYTES);
        MemorySegment.copy(instructions, 0, code, JAVA_BYTE, 0, instructions.length);
        MemorySegment attribute = Bpf.attribute(arena);
        attribute.set(JAVA_INT, 0, type.number);
        attribute.set(JAVA_INT, 4, instructions.length / BpfObject.INSTRUCTION_BYTES);
        attribute.set(JAVA_LONG, 8, code.address());
        attribute.set(JAVA_LONG, 16, arena.allocateFrom(license).address());
        Bpf.putName(attribute, 48, name);
        int fd = Bpf.call(Bpf.PROG_LOAD, attribute);
        if (fd >= 0) {
            return fd;
        }
        MemorySegment log = arena.allocate(LOG_BYTES); // once more, for the verifier's own words
        attribute.set(JAVA_INT, 24, 1);
        attribute.set(JAVA_INT, 28, LOG_BYTES);
        attribute.set(JAVA_LONG, 32, log.address());
        int again = Bpf.call(Bpf.PROG_LOAD, attribute);
        if (again >= 0) {
            return again;
        }
        throw BpfException.rejected("eBPF program " + name, -again, lastLines(log.getString(0)));
    }

    private static String lastLines(String log) {
        List<String> lines = log.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("processed "))
                .toList();
        return String.join(" | ", lines.subList(Math.max(0, lines.size() - LOG_LINES_SHOWN), lines.size()));
    }

    /** Opens a program that is loaded. */
    public static BpfProgram ofId(int id) throws BpfException {
        int fd = Bpf.byNumber(Bpf.PROG_GET_FD_BY_ID, id);
        if (fd < 0) {
            throw BpfException.of("eBPF program number " + id, -fd);
        }
        return new BpfProgram(fd);
    }

    /** Runs the program at a tracepoint of the kernel until the result is closed, at the latest when the process has ended. */
    public BpfLink attachToTracepoint(String tracepoint) throws BpfException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment attribute = Bpf.attribute(arena);
            attribute.set(JAVA_LONG, 0, arena.allocateFrom(tracepoint).address());
            attribute.set(JAVA_INT, 8, fd);
            int link = Bpf.call(Bpf.RAW_TRACEPOINT_OPEN, attribute);
            if (link < 0) {
                throw BpfException.of("tracepoint " + tracepoint, -link);
            }
            return new BpfLink(link);
        }
    }

    /** The descriptor, for {@code SO_ATTACH_BPF} and {@code PACKET_FANOUT_DATA}. */
    public int fd() {
        return fd;
    }

    /** Makes the program keep a map alive that it does not use itself, so that whoever finds the program finds the map. */
    public void keep(BpfMap map) throws BpfException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment attribute = Bpf.attribute(arena);
            attribute.set(JAVA_INT, 0, fd);
            attribute.set(JAVA_INT, 4, map.fd());
            int failed = Bpf.call(Bpf.PROG_BIND_MAP, attribute);
            if (failed < 0) {
                throw BpfException.of("binding eBPF map " + map.definition().name() + " to a program", -failed);
            }
        }
    }

    /** What the kernel says of it. */
    public Info info() throws BpfException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment info = arena.allocate(INFO_BYTES, Long.BYTES);
            MemorySegment ids = arena.allocate((long) MAPS_MAX * Integer.BYTES, Integer.BYTES);
            info.set(JAVA_INT, INFO_MAP_COUNT, MAPS_MAX);
            info.set(JAVA_LONG, INFO_MAP_IDS, ids.address());
            int failed = Bpf.info(fd, info);
            if (failed < 0) {
                throw BpfException.of("eBPF program", -failed);
            }
            List<Integer> mapIds = new ArrayList<>();
            for (int i = 0; i < Math.min(info.get(JAVA_INT, INFO_MAP_COUNT), MAPS_MAX); i++) {
                mapIds.add(ids.getAtIndex(JAVA_INT, i));
            }
            return new Info(
                    info.get(JAVA_INT, 4),
                    info.getString(INFO_NAME),
                    List.copyOf(mapIds),
                    info.get(JAVA_LONG, INFO_RUN_NANOS),
                    info.get(JAVA_LONG, INFO_RUNS));
        }
    }

    @Override
    public void close() {
        if (open) {
            open = false;
            Bpf.close(fd);
        }
    }
}
