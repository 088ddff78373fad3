package jp.genkan.av.unpack.pdf;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jp.genkan.av.content.Content;
import jp.genkan.av.unpack.Members;
import jp.genkan.av.unpack.UnpackException;
import org.jspecify.annotations.Nullable;

/**
 * Hands over what a PDF holds.
 *
 * <p>Thread rule: the thread that scans.
 */
final class PdfMembers {
    /** Most octets of a stream of objects: some hundred objects, mostly 100 KB. The rest is not looked at. */
    static final int OBJECT_STREAM_MAX = 16 << 20;

    /** Most octets of all streams of objects together. */
    static final long OBJECT_STREAMS_MAX = 128L << 20;

    /** Most characters of what is told of actions. */
    static final int ACTIONS_MAX = 65_536;

    private static final int PIECE = 65_536;

    private final Content content;
    private final PdfFile file;
    private final @Nullable PdfLock lock;
    private final Members members;

    /** Streams that something refers to as a file or a script, with their names. */
    private final Map<Integer, String> names = new HashMap<>();

    private final StringBuilder actions = new StringBuilder();

    PdfMembers(Content content, PdfFile file, @Nullable PdfLock lock, Members members) {
        this.content = content;
        this.file = file;
        this.lock = lock;
        this.members = members;
    }

    /** Reads the objects that lie in streams. */
    void objectStreams() throws IOException {
        long left = OBJECT_STREAMS_MAX;
        for (PdfFile.Item item : List.copyOf(file.items())) {
            if (item.isStream() && PdfFile.isName(item.dictionary().get("Type"), "ObjStm") && left > 0) {
                Kept kept = new Kept((int) Math.min(left, OBJECT_STREAM_MAX));
                decode(item, kept);
                byte[] octets = kept.toByteArray();
                left -= octets.length;
                objects(octets, item.dictionary());
            }
        }
    }

    private void objects(byte[] octets, PdfValue.Dictionary dictionary) throws IOException {
        long count = number(dictionary, "N");
        long first = number(dictionary, "First");
        PdfLexer.Octets places = at -> at >= 0 && at < octets.length ? octets[(int) at] & 0xff : -1;
        PdfLexer index = new PdfLexer(places, octets.length);
        PdfLexer lexer = new PdfLexer(places, octets.length);
        for (long i = 0; i < count && index.at() < octets.length; i++) {
            if (!(index.value() instanceof PdfValue.Numeral(long number))
                    || !(index.value() instanceof PdfValue.Numeral(long offset))) {
                return;
            }
            lexer.go(first + offset);
            PdfValue value = lexer.value();
            if (value != null && number <= Integer.MAX_VALUE) {
                file.add(new PdfFile.Item((int) number, 0, value, -1, -1, true));
            }
            members.checkTime();
        }
    }

    private long number(PdfValue.Dictionary dictionary, String key) {
        return file.resolve(dictionary.get(key)) instanceof PdfValue.Numeral(long value) ? Math.max(0, value) : 0;
    }

    /** Hands over streams, scripts, and what actions do. */
    void hand() throws IOException {
        for (PdfFile.Item item : file.items()) {
            references(item);
        }
        for (PdfFile.Item item : file.items()) {
            members.checkTime();
            if (item.isStream()) {
                stream(item);
            }
            script(item);
        }
        if (!actions.isEmpty()) {
            try (OutputStream out = members.begin(PdfUnpacker.ACTIONS)) {
                out.write(actions.toString().getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private void references(PdfFile.Item item) throws IOException {
        PdfValue.Dictionary dictionary = item.dictionary();
        if (file.resolve(dictionary.get("EF")) instanceof PdfValue.Dictionary files) {
            String name = text(dictionary.get("UF"), item);
            String shown = name == null ? text(dictionary.get("F"), item) : name;
            for (PdfValue value : files.entries().values()) {
                if (value instanceof PdfValue.Reference(int number, int generation)) {
                    names.put(number, shown == null ? "file" + number : last(shown));
                }
            }
        }
        if (dictionary.get("JS") instanceof PdfValue.Reference(int number, int generation)) {
            names.putIfAbsent(number, "object" + number + ".js");
        }
        action(item, dictionary);
    }

    private static String last(String path) {
        return path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
    }

    /** What the file does by itself, and which programs it starts. */
    private void action(PdfFile.Item item, PdfValue.Dictionary dictionary) throws IOException {
        PdfValue opened = file.resolve(dictionary.get("OpenAction"));
        if (opened instanceof PdfValue.Dictionary action) {
            tell("OpenAction", kind(action), item, action);
        }
        if (file.resolve(dictionary.get("AA")) instanceof PdfValue.Dictionary additional) {
            for (PdfValue each : additional.entries().values()) {
                if (file.resolve(each) instanceof PdfValue.Dictionary action) {
                    tell("AdditionalAction", kind(action), item, action);
                }
            }
        }
        if (kind(dictionary).equals("Launch")) {
            tell("Action", "Launch", item, dictionary);
        }
        for (PdfValue each : dictionary.entries().values()) {
            if (each instanceof PdfValue.Dictionary action && kind(action).equals("Launch")) {
                tell("Action", "Launch", item, action);
            }
        }
        if (dictionary.get("Names") != null
                && file.resolve(dictionary.get("Names")) instanceof PdfValue.Dictionary tree
                && tree.get("JavaScript") != null) {
            tell("Names", "JavaScript", item, tree);
        }
    }

    private String kind(PdfValue.Dictionary action) {
        return file.resolve(action.get("S")) instanceof PdfValue.Name(String name) ? name : "";
    }

    private void tell(String how, String kind, PdfFile.Item item, PdfValue.Dictionary action) throws IOException {
        if (actions.length() > ACTIONS_MAX) {
            return;
        }
        actions.append(how).append(' ').append(kind);
        PdfValue target = action;
        if (file.resolve(action.get("Win")) instanceof PdfValue.Dictionary windows) {
            target = windows;
        } else if (file.resolve(action.get("F")) instanceof PdfValue.Dictionary named) {
            target = named;
        }
        if (target instanceof PdfValue.Dictionary given) {
            for (String key : new String[] {"F", "UF", "P"}) {
                String text = text(given.get(key), item);
                if (text != null) {
                    actions.append(' ').append(text, 0, Math.min(text.length(), 1024));
                }
            }
        }
        actions.append('\n');
    }

    /** A string as text; null when the value is none. */
    private @Nullable String text(@Nullable PdfValue value, PdfFile.Item holder) throws IOException {
        PdfFile.Item other = file.item(value);
        if (!(file.resolve(value) instanceof PdfValue.Text(String octets))) {
            return null;
        }
        byte[] plain = plain(octets.getBytes(StandardCharsets.ISO_8859_1), other == null ? holder : other);
        boolean wide = plain.length > 1 && plain[0] == (byte) 0xfe && plain[1] == (byte) 0xff;
        return wide
                ? new String(plain, 2, plain.length - 2, StandardCharsets.UTF_16BE)
                : new String(plain, StandardCharsets.ISO_8859_1);
    }

    private byte[] plain(byte[] octets, PdfFile.Item holder) throws IOException {
        if (lock == null || holder.packed()) {
            return octets;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream in = lock.strings(out, holder.number(), holder.generation())) {
            in.write(octets);
        }
        return out.toByteArray();
    }

    private void script(PdfFile.Item item) throws IOException {
        PdfValue script = item.dictionary().get("JS");
        String text = script == null ? null : text(script, item);
        if (text != null) {
            try (OutputStream out = members.begin("object" + item.number() + ".js")) {
                out.write(text.getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private void stream(PdfFile.Item item) throws IOException {
        PdfValue.Dictionary dictionary = item.dictionary();
        String name = names.get(item.number());
        boolean picture = PdfFile.isName(dictionary.get("Subtype"), "Image") && dictionary.get("Width") != null;
        if (name == null && picture || PdfFile.isName(dictionary.get("Type"), "XRef")) {
            return;
        }
        String shown = name == null ? "object" + item.number() : name;
        if (lock == null && dictionary.get("Filter") == null) {
            members.stored(shown, item.begin(), item.end() - item.begin());
            return;
        }
        Counted out = new Counted(members.begin(shown));
        try (out) {
            decode(item, out);
        } catch (UnpackException broken) {
            members.uninspectable(shown, broken.reason());
        }
        if (out.count == 0 && item.end() - item.begin() > 8) {
            members.uninspectable(shown, Members.Reason.BROKEN);
        }
    }

    private void decode(PdfFile.Item item, OutputStream out) throws IOException {
        OutputStream filters = Filters.into(new Left(out), file, item.dictionary());
        OutputStream first = lock == null ? filters : lock.streams(filters, item);
        try (first) {
            for (long at = item.begin(); at < item.end(); at += PIECE) {
                first.write(content.bytes(at, (int) Math.min(PIECE, item.end() - at)));
                members.checkTime();
            }
        }
    }

    /** Stays open when what is before it is closed. */
    private static final class Left extends OutputStream {
        private final OutputStream out;

        Left(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int octet) throws IOException {
            out.write(octet);
        }

        @Override
        public void write(byte[] octets, int from, int length) throws IOException {
            out.write(octets, from, length);
        }
    }

    private static final class Counted extends OutputStream {
        private final OutputStream out;
        private long count;

        Counted(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int octet) throws IOException {
            out.write(octet);
            count++;
        }

        @Override
        public void write(byte[] octets, int from, int length) throws IOException {
            out.write(octets, from, length);
            count += length;
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }

    /** Keeps what fits. */
    private static final class Kept extends ByteArrayOutputStream {
        private final int most;

        Kept(int most) {
            this.most = most;
        }

        @Override
        public synchronized void write(int octet) {
            if (count < most) {
                super.write(octet);
            }
        }

        @Override
        public synchronized void write(byte[] octets, int from, int length) {
            super.write(octets, from, Math.clamp((long) most - count, 0, length));
        }
    }
}
