package jp.genkan.protocols.dnp3;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jp.genkan.core.event.EveFields;
import jp.genkan.protocols.conversation.FieldReader;
import org.jspecify.annotations.Nullable;

/**
 * What a point of an object holds; from a table beside this package.
 *
 * @param packedBits bits a point where points share octets; 0 where each has octets of its own
 * @param fields in order
 */
record PointLayout(int packedBits, List<Field> fields) {
    /** The kinds of fields. */
    enum Kind {
        BITS,
        UNSIGNED,
        SIGNED,
        FLOAT
    }

    /** A field. */
    record Field(String name, Kind kind, int bits) {}

    private static final int STRING = 110;
    private static final int STRING_EVENT = 111;
    private static final int TERMINAL = 112;
    private static final int TERMINAL_EVENT = 113;
    private static final Map<Integer, PointLayout> LAYOUTS = read();

    PointLayout {
        fields = List.copyOf(fields);
    }

    /** The layout of an object; null when it is not known. */
    static @Nullable PointLayout of(int group, int variation) {
        return LAYOUTS.get(group << 8 | variation);
    }

    /** Octets of a text, for groups whose variation says them; -1 for others. */
    static int textLength(int group, int variation) {
        return switch (group) {
            case STRING, STRING_EVENT, TERMINAL, TERMINAL_EVENT -> variation;
            default -> -1;
        };
    }

    private static Map<Integer, PointLayout> read() {
        Map<Integer, PointLayout> layouts = new HashMap<>();
        Map<String, String> lists = new HashMap<>();
        try (InputStream in = PointLayout.class.getResourceAsStream("objects.txt")) {
            if (in == null) {
                throw new IllegalStateException("no table of objects");
            }
            new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))
                    .lines()
                    .filter(line -> !line.startsWith("#") && !line.isBlank())
                    .forEach(line -> line(line, lists, layouts));
        } catch (IOException unreadable) {
            throw new UncheckedIOException("table of objects", unreadable);
        }
        return Map.copyOf(layouts);
    }

    private static void line(String line, Map<String, String> lists, Map<Integer, PointLayout> layouts) {
        if (line.startsWith("$")) {
            int space = line.indexOf(' ');
            lists.put(line.substring(0, space), line.substring(space + 1));
            return;
        }
        String[] words = line.split(" ", 3);
        PointLayout layout = parse(words[2], lists);
        for (String variation : words[1].split(",", -1)) {
            layouts.put(Integer.parseInt(words[0]) << 8 | Integer.parseInt(variation), layout);
        }
    }

    private static PointLayout parse(String text, Map<String, String> lists) {
        List<Field> fields = new ArrayList<>();
        boolean packed = false;
        for (String word : text.split(" ", -1)) {
            if (word.startsWith("$")) {
                fields.addAll(parse(lists.getOrDefault(word, "-"), lists).fields());
            } else if (word.equals("packed")) {
                packed = true;
            } else if (!word.equals("-")) {
                fields.add(field(word));
            }
        }
        return new PointLayout(packed ? fields.getFirst().bits() : 0, fields);
    }

    private static Field field(String word) {
        int colon = word.indexOf(':');
        String name = word.substring(0, colon);
        String type = word.substring(colon + 1);
        return switch (type.charAt(0)) {
            case 'u' -> new Field(name, Kind.UNSIGNED, Integer.parseInt(type.substring(1)));
            case 'i' -> new Field(name, Kind.SIGNED, Integer.parseInt(type.substring(1)));
            case 'f' -> new Field(name, Kind.FLOAT, Integer.parseInt(type.substring(1)));
            default -> new Field(name, Kind.BITS, Integer.parseInt(type));
        };
    }

    /** Reads a point that has octets of its own. */
    long[] point(FieldReader reader) {
        long[] values = new long[fields.size()];
        int octet = 0;
        int used = 8;
        for (int i = 0; i < values.length; i++) {
            Field field = fields.get(i);
            if (field.kind() == Kind.BITS) {
                if (used == 8) {
                    octet = reader.u8();
                    used = 0;
                }
                values[i] = octet >>> used & (1L << field.bits()) - 1;
                used += field.bits();
            } else {
                used = 8;
                values[i] = number(field, reader.number(field.bits() / 8));
            }
        }
        return values;
    }

    private static long number(Field field, long raw) {
        int unused = Long.SIZE - field.bits();
        return switch (field.kind()) {
            case SIGNED -> raw << unused >> unused;
            case FLOAT ->
                Double.doubleToRawLongBits(
                        field.bits() == Float.SIZE ? Float.intBitsToFloat((int) raw) : Double.longBitsToDouble(raw));
            case UNSIGNED, BITS -> raw;
        };
    }

    void write(long[] values, EveFields out) {
        for (int i = 0; i < values.length; i++) {
            Field field = fields.get(i);
            if (field.kind() == Kind.FLOAT) {
                double number = Double.longBitsToDouble(values[i]);
                if (Double.isFinite(number)) {
                    out.put(field.name(), number);
                }
            } else {
                out.put(field.name(), values[i]);
            }
        }
    }
}
