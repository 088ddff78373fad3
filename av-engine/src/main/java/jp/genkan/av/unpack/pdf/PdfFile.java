package jp.genkan.av.unpack.pdf;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jp.genkan.av.content.Content;
import jp.genkan.av.unpack.LimitException;
import jp.genkan.av.unpack.Members;
import jp.genkan.av.unpack.UnpackException;
import org.jspecify.annotations.Nullable;

/**
 * The objects of a file, found by looking through it once.
 *
 * <p>Thread rule: the thread that scans.
 */
final class PdfFile {
    /** Most objects that are kept: books of a thousand pages have some 100,000. The rest is not looked at. */
    static final int OBJECTS_MAX = 300_000;

    /** References that lead to references: honest ones lead to a value. */
    private static final int STEPS_MAX = 8;

    private static final int TIME_EVERY = 0xffff;

    /** White space between the octets of a stream and its last word. */
    private static final int STREAM_END_BLANKS = 4;

    /**
     * An object.
     *
     * @param begin index of a stream's first octet; -1 when it has none
     * @param end index behind its last one
     * @param packed true when it was found inside another one, and is not encrypted itself
     */
    record Item(int number, int generation, PdfValue value, long begin, long end, boolean packed) {
        boolean isStream() {
            return begin >= 0;
        }

        /** Its dictionary, empty when it is none. */
        PdfValue.Dictionary dictionary() {
            return value instanceof PdfValue.Dictionary dictionary ? dictionary : NONE;
        }
    }

    private static final PdfValue.Dictionary NONE = new PdfValue.Dictionary(Map.of());

    private final Content content;
    private final Members members;
    private final PdfLexer lexer;
    private final List<Item> items = new ArrayList<>();
    private final Map<Integer, Item> latest = new HashMap<>();
    private final List<PdfValue.Dictionary> trailers = new ArrayList<>();
    private long nextStreamEnd = -1;
    private boolean full;

    PdfFile(Content content, Members members) {
        this.content = content;
        this.members = members;
        lexer = new PdfLexer(content::u8, content.size());
    }

    List<Item> items() {
        return items;
    }

    /** The dictionaries that say where the file's parts are, and how it is encrypted. */
    List<PdfValue.Dictionary> trailers() {
        return trailers;
    }

    /** True when objects were left out. */
    boolean isFull() {
        return full;
    }

    /** Finds all objects. */
    void scan() throws UnpackException, LimitException {
        for (long at = 0; at < content.size() && !full; at++) {
            int octet = content.u8(at);
            if (octet == 'o' && content.startsWith(at, "obj")) {
                object(at);
            } else if (octet == 't' && content.startsWith(at, "trailer")) {
                lexer.go(at + 7);
                if (lexer.value() instanceof PdfValue.Dictionary dictionary && trailers.size() < OBJECTS_MAX) {
                    trailers.add(dictionary);
                }
            }
            if ((at & TIME_EVERY) == 0) {
                members.checkTime();
            }
        }
    }

    /** An object whose word stands here, when a number and a generation stand before it. */
    private void object(long word) throws UnpackException {
        long[] place = {word};
        int generation = numberBefore(place, false);
        int number = generation < 0 ? -1 : numberBefore(place, true);
        if (number < 0) {
            return;
        }
        lexer.go(word + 3);
        PdfValue value = lexer.value();
        if (value == null) {
            return;
        }
        lexer.blanks();
        long begin = -1;
        long end = -1;
        if (value instanceof PdfValue.Dictionary dictionary && lexer.word("stream")) {
            begin = lexer.at();
            begin += content.u8(begin) == '\r' && content.u8(begin + 1) == '\n' ? 2 : content.u8(begin) <= ' ' ? 1 : 0;
            end = streamEnd(dictionary, begin);
            if (isName(dictionary.get("Type"), "XRef")) {
                trailers.add(dictionary);
            }
        }
        add(new Item(number, generation, value, begin, end, false));
    }

    void add(Item item) {
        if (items.size() >= OBJECTS_MAX) {
            full = true;
            return;
        }
        items.add(item);
        latest.put(item.number(), item);
    }

    /** The number before a place, which goes there; -1 when there is none. */
    private int numberBefore(long[] place, boolean blankNeeded) {
        long at = place[0] - 1;
        long digitsEnd = at;
        while (at > digitsEnd - 16 && content.u8(at) >= 0 && content.u8(at) <= ' ') {
            at--;
        }
        if (blankNeeded && at == digitsEnd) {
            return -1;
        }
        long last = at;
        long value = 0;
        long scale = 1;
        while (last - at < 10 && content.u8(at) >= '0' && content.u8(at) <= '9') {
            value += scale * (content.u8(at) - '0');
            scale *= 10;
            at--;
        }
        place[0] = at + 1;
        return at == last || value > Integer.MAX_VALUE ? -1 : (int) value;
    }

    private long streamEnd(PdfValue.Dictionary dictionary, long begin) {
        if (dictionary.get("Length") instanceof PdfValue.Numeral(long length)
                && length >= 0
                && content.has(begin, length)) {
            long at = begin + length;
            for (int i = 0; i <= STREAM_END_BLANKS; i++) {
                if (content.startsWith(at + i, "endstream")) {
                    return at;
                }
            }
        }
        while (nextStreamEnd < begin) {
            long at = Math.max(nextStreamEnd + 1, begin);
            while (at < content.size() && !(content.u8(at) == 'e' && content.startsWith(at, "endstream"))) {
                at++;
            }
            nextStreamEnd = at;
        }
        return nextStreamEnd;
    }

    /** What a value is, references followed; null when nothing is there. */
    @Nullable
    PdfValue resolve(@Nullable PdfValue value) {
        PdfValue found = value;
        for (int step = 0;
                step < STEPS_MAX && found instanceof PdfValue.Reference(int number, int generation);
                step++) {
            Item item = latest.get(number);
            found = item == null ? null : item.value();
        }
        return found;
    }

    /** The object that a value refers to; null when it is none. */
    @Nullable
    Item item(@Nullable PdfValue value) {
        return value instanceof PdfValue.Reference(int number, int generation) ? latest.get(number) : null;
    }

    static boolean isName(@Nullable PdfValue value, String name) {
        return value instanceof PdfValue.Name(String text) && text.equals(name);
    }
}
