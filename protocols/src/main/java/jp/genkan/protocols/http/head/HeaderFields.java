package jp.genkan.protocols.http.head;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The header fields of a message, in their order: octets and where names and values lie in them. Reads what browsers and servers read: lines that
 * end with LF alone, blanks before the colon, folded lines, names given more than once.
 *
 * <p>Costs the octets of the head and 16 octets a field. Lookups are linear in the number of fields, which is at most {@link #FIELDS_MAX}.
 *
 * <p>Thread rule: immutable once parsed.
 */
public final class HeaderFields {
    /** Fields that are kept; Suricata's limit. Fields that say how long the body is are read beyond it. */
    public static final int FIELDS_MAX = 1024;

    /** Repetitions of one name that a sender may want; libhtp's limit. */
    private static final int REPETITIONS_MAX = 64;

    /** Fields up to which values of one name are joined in {@link #normalised}: the work grows with its square. */
    private static final int JOINED_MAX = 128;

    /** No fields at all. */
    public static final HeaderFields NONE = new HeaderFields(new byte[0], 0, 0);

    private static final int SPAN = 4;
    private static final int FIRST_FIELDS = 16;

    private byte[] octets;
    private final int from;
    private int to;
    private int[] spans = new int[0];
    private int count;
    private boolean lines = true;
    private boolean folded;
    private boolean missesColon;
    private boolean foldsFirst;
    private boolean invalidName;
    private boolean tooMany;
    private boolean repeats;

    private HeaderFields(byte[] octets, int from, int to) {
        this.octets = octets;
        this.from = from;
        this.to = to;
    }

    /**
     * Reads lines, up to an empty one or the end.
     *
     * @param head is kept, and must not change any more
     */
    public static HeaderFields parse(byte[] head, int from, int to) {
        HeaderFields fields = new HeaderFields(head, from, to);
        fields.readLines();
        return fields;
    }

    /** Fields that do not come as lines: those of HTTP/2. Add to it before anybody else sees it. */
    public static HeaderFields collecting() {
        return new HeaderFields(new byte[0], 0, 0);
    }

    /** Adds a field to {@link #collecting}; false when there are too many. */
    public boolean add(byte[] name, byte[] value) {
        int needed = to + name.length + value.length;
        if (needed > octets.length) {
            octets = Arrays.copyOf(octets, Math.max(needed, octets.length * 2));
        }
        System.arraycopy(name, 0, octets, to, name.length);
        System.arraycopy(value, 0, octets, to + name.length, value.length);
        boolean added = keep(to, to + name.length, to + name.length, needed);
        lines = false;
        to = added ? needed : to;
        return added;
    }

    private void readLines() {
        int at = from;
        while (at < to) {
            int lineEnd = lineEnd(at);
            int textEnd = HttpText.trimBlanks(octets, at, lineEnd);
            if (textEnd == at) {
                if (lineEnd < to && octets[lineEnd] == '\n' && lineEnd - at <= 1) {
                    break;
                }
            } else if (octets[at] != '\r' && (HttpText.isBlank(octets[at]) || octets[at] == 0)) {
                readFolded(at, textEnd);
            } else {
                readField(at, textEnd);
            }
            at = lineEnd + 1;
        }
        repeats = count > REPETITIONS_MAX && hasRepetition();
    }

    /** A carriage return alone ends a line for some browsers, so that it does here; nobody sends one without intent. */
    private int lineEnd(int at) {
        int i = at;
        while (i < to && octets[i] != '\n') {
            if (octets[i] == '\r' && i + 1 < to && octets[i + 1] != '\n' && octets[i + 1] != '\r') {
                invalidName = true;
                return i;
            }
            i++;
        }
        return i;
    }

    private void readFolded(int from, int textEnd) {
        int at = from;
        while (at < textEnd && octets[at] == 0) {
            octets[at++] = ' ';
        }
        if (count == 0) {
            foldsFirst = true;
            readField(HttpText.skipBlanks(octets, at, textEnd), textEnd);
            return;
        }
        int last = (count - 1) * SPAN;
        int colon = spans[last] == spans[last + 1] ? HttpText.indexOf(octets, at, textEnd, ':') : -1;
        if (colon >= 0) {
            spans[last + 1] = spans[last + 3];
            spans[last + 2] = HttpText.skipBlanks(octets, colon + 1, textEnd);
            spans[last + 3] = textEnd;
            return;
        }
        folded = true;
        if (spans[last + 2] == spans[last + 3]) {
            spans[last + 2] = HttpText.skipBlanks(octets, at, textEnd);
        }
        spans[last + 3] = textEnd;
    }

    private void readField(int at, int textEnd) {
        int colon = HttpText.indexOf(octets, at, textEnd, ':');
        if (colon < 0) {
            missesColon = true;
            keep(at, at, at, textEnd);
            return;
        }
        int nameEnd = HttpText.trimBlanks(octets, at, colon);
        while (nameEnd > at && octets[nameEnd - 1] == 0) { // some peers end a name there
            nameEnd = HttpText.trimBlanks(octets, at, nameEnd - 1);
        }
        invalidName |= nameEnd != colon || nameEnd == at || !isToken(at, nameEnd);
        keep(at, nameEnd, HttpText.skipBlanks(octets, colon + 1, textEnd), textEnd);
    }

    private boolean isToken(int at, int end) {
        for (int i = at; i < end; i++) {
            if (octets[i] <= ' ' || octets[i] == 0x7f) {
                return false;
            }
        }
        return true;
    }

    private boolean keep(int nameFrom, int nameTo, int valueFrom, int valueTo) {
        if (count >= FIELDS_MAX) {
            tooMany = true;
            if (count >= 2 * FIELDS_MAX || !saysLength(nameFrom, nameTo)) {
                return false;
            }
        }
        int at = count * SPAN;
        if (at == spans.length) {
            spans = Arrays.copyOf(spans, Math.max(FIRST_FIELDS * SPAN, spans.length * 2));
        }
        spans[at] = nameFrom;
        spans[at + 1] = nameTo;
        spans[at + 2] = valueFrom;
        spans[at + 3] = valueTo;
        count++;
        return true;
    }

    private boolean saysLength(int nameFrom, int nameTo) {
        return HttpText.startsIgnoringCase(octets, nameFrom, nameTo, "content-")
                || HttpText.equalsIgnoringCase(octets, nameFrom, nameTo, "transfer-encoding");
    }

    private boolean hasRepetition() {
        Map<String, Integer> seen = new HashMap<>();
        for (int i = 0; i < count; i++) {
            if (seen.merge(name(i).toLowerCase(Locale.ROOT), 1, Integer::sum) > REPETITIONS_MAX) {
                return true;
            }
        }
        return false;
    }

    /** Octets of the lines. */
    public int length() {
        return to - from;
    }

    /** How many there are. */
    public int count() {
        return count;
    }

    /** Name of a field as it was written. */
    public String name(int index) {
        return HttpText.show(octets, spans[index * SPAN], spans[index * SPAN + 1]);
    }

    /** Value of a field, folded lines joined with one space. */
    public String value(int index) {
        byte[] value = valueOctets(index);
        return HttpText.show(value, 0, value.length);
    }

    /** Value of a field, folded lines joined with one space. */
    public byte[] valueOctets(int index) {
        int valueFrom = spans[index * SPAN + 2];
        int valueTo = spans[index * SPAN + 3];
        if (!folded || HttpText.indexOf(octets, valueFrom, valueTo, '\n') < 0) {
            return Arrays.copyOfRange(octets, valueFrom, valueTo);
        }
        byte[] joined = new byte[valueTo - valueFrom];
        int length = 0;
        int at = valueFrom;
        while (at < valueTo) {
            if (octets[at] != '\n') {
                joined[length++] = octets[at++];
                continue;
            }
            length = HttpText.trimBlanks(joined, 0, length);
            joined[length++] = ' ';
            at = HttpText.skipBlanks(octets, at + 1, valueTo);
        }
        return Arrays.copyOf(joined, length);
    }

    /** True when this field has this name; the name is in lower case. */
    public boolean isNamed(int index, String lowerCase) {
        return HttpText.equalsIgnoringCase(octets, spans[index * SPAN], spans[index * SPAN + 1], lowerCase);
    }

    /** Index of the first field with this name from an index on, -1 when there is none; the name is in lower case. */
    public int find(String lowerCase, int start) {
        for (int i = start; i < count; i++) {
            if (isNamed(i, lowerCase)) {
                return i;
            }
        }
        return -1;
    }

    /** Value of the first field with this name, null when there is none; the name is in lower case. */
    public @Nullable String first(String lowerCase) {
        int index = find(lowerCase, 0);
        return index < 0 ? null : value(index);
    }

    /** Values of all fields with this name, joined as RFC 9110 §5.3 says, but for lengths: of those the first; null when there is none. */
    public byte @Nullable [] joined(String lowerCase) {
        int index = find(lowerCase, 0);
        if (index < 0) {
            return null;
        }
        byte[] only = valueOctets(index);
        int next = find(lowerCase, index + 1);
        if (next < 0 || lowerCase.equals(HeaderLines.NEVER_JOINED)) {
            return only;
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(only);
        while (next >= 0) {
            all.write(',');
            all.write(' ');
            all.writeBytes(valueOctets(next));
            next = find(lowerCase, next + 1);
        }
        return all.toByteArray();
    }

    /** {@link #joined} as text. */
    public @Nullable String joinedText(String lowerCase) {
        byte[] value = joined(lowerCase);
        return value == null ? null : HttpText.show(value, 0, value.length);
    }

    /** The lines as they were sent, the empty one included; for HTTP/2 as HTTP/1 would have sent them. */
    public byte[] raw() {
        if (!lines) {
            return HeaderLines.normalised(this, null);
        }
        return Arrays.copyOfRange(octets, from, to);
    }

    /**
     * A line {@code Name: value} a name, values of one name joined: the buffer of Suricata's {@code http.header}. Fields of HTTP/2 are not joined, and none is left out.
     *
     * @param without name of a field that is left out, in lower case
     */
    public byte[] normalised(String without) {
        return HeaderLines.normalised(this, lines ? without : null);
    }

    /** Each {@code Name: value} by itself, values of one name joined: the buffers of Suricata's {@code http.request_header}. */
    public void eachLine(Consumer<byte[]> out) {
        HeaderLines.each(this, out);
    }

    /** Each name by itself, those that are given again told again. */
    public void eachName(Consumer<byte[]> out) {
        for (int i = 0; i < count; i++) {
            out.accept(Arrays.copyOfRange(octets, spans[i * SPAN], spans[i * SPAN + 1]));
        }
    }

    /** The names, each on a line, between empty lines: the buffer of Suricata's {@code http.header_names}. Empty when there are no fields. */
    public byte[] names() {
        return HeaderLines.names(this);
    }

    /** True when fields of one name are told as one: those that came as lines, unless they are so many that the work would grow. */
    boolean areJoined() {
        return lines && count <= JOINED_MAX;
    }

    /** True when two fields have the same name. */
    boolean haveSameName(int one, int other) {
        int at = spans[one * SPAN];
        int length = spans[one * SPAN + 1] - at;
        int with = spans[other * SPAN];
        if (spans[other * SPAN + 1] - with != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (HttpText.lower(octets[at + i]) != HttpText.lower(octets[with + i])) {
                return false;
            }
        }
        return true;
    }

    /** Octets of the name and the value of a field, at most. */
    int lengthOf(int index) {
        int at = index * SPAN;
        return spans[at + 1] - spans[at] + spans[at + 3] - spans[at + 2];
    }

    /** Copies the name of a field; says where it ends. */
    int copyName(int index, byte[] into, int at) {
        int length = spans[index * SPAN + 1] - spans[index * SPAN];
        System.arraycopy(octets, spans[index * SPAN], into, at, length);
        return at + length;
    }

    /** Copies the value of a field, folded lines joined; says where it ends. */
    int copyValue(int index, byte[] into, int at) {
        int valueFrom = spans[index * SPAN + 2];
        int length = spans[index * SPAN + 3] - valueFrom;
        if (!folded) {
            System.arraycopy(octets, valueFrom, into, at, length);
            return at + length;
        }
        byte[] value = valueOctets(index);
        System.arraycopy(value, 0, into, at, value.length);
        return at + value.length;
    }

    /** True when a line has no colon. */
    public boolean missesColon() {
        return missesColon;
    }

    /** True when the first line continues nothing. */
    public boolean foldsFirst() {
        return foldsFirst;
    }

    /** True when a name is empty, has blanks around it, or octets that no name may have; or when a line ends with a carriage return alone. */
    public boolean hasInvalidName() {
        return invalidName;
    }

    /** True when fields were left out. */
    public boolean isTooMany() {
        return tooMany;
    }

    /** True when one name is repeated beyond what any sender needs. */
    public boolean repeatsTooOften() {
        return repeats;
    }
}
