package jp.genkan.av.unpack.ole;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import jp.genkan.av.unpack.Members;
import org.jspecify.annotations.Nullable;

/**
 * The macros of a VBA project ([MS-OVBA] §2.3.4): its stream {@code dir} tells which stream holds which module, and where in it the text begins.
 *
 * <p>Thread rule: the thread that scans.
 */
final class VbaProject {
    /** Most modules: the largest projects have hundreds. What follows is left out, its streams are members as they are. */
    static final int MODULES_MAX = 4096;

    /** Most octets of a module's stream that are read: editors stop at 65,534 lines. The rest is left out. */
    static final int STREAM_OCTETS_MAX = 16 << 20;

    /** Most octets of the project's list of modules: a module takes some hundred. */
    static final int DIRECTORY_OCTETS_MAX = 4 << 20;

    /** Most octets of all modules that are shown as one text: heuristics look at no more. */
    static final int TOGETHER_OCTETS_MAX = 4 << 20;

    private static final int PROJECT_VERSION = 0x0009;
    private static final int MODULE_NAME = 0x0019;
    private static final int MODULE_NAME_UNICODE = 0x0047;
    private static final int STREAM_NAME = 0x001a;
    private static final int STREAM_NAME_UNICODE = 0x0032;
    private static final int TEXT_OFFSET = 0x0031;
    private static final int PROCEDURAL = 0x0021;
    private static final int CLASS = 0x0022;
    private static final int MODULE_END = 0x002b;
    private static final byte[] FIRST_WORD = "Attribut".getBytes(StandardCharsets.US_ASCII);

    private record Module(String name, String stream, long offset, boolean isClass) {}

    private final CompoundFile file;
    private final CompoundFile.Entry storage;
    private final Members members;
    private final ByteArrayOutputStream together = new ByteArrayOutputStream();

    VbaProject(CompoundFile file, CompoundFile.Entry storage, Members members) {
        this.file = file;
        this.storage = storage;
        this.members = members;
    }

    /** Hands over every module's text, then all of them as one. */
    void unpack(CompoundFile.Entry directory) throws IOException {
        List<Module> modules = modules(directory);
        int found = 0;
        for (Module module : modules) {
            CompoundFile.Entry entry = file.child(storage.index(), module.stream());
            if (entry != null && text(entry, module.name() + (module.isClass() ? ".cls" : ".bas"), module.offset())) {
                found++;
            }
        }
        if (found == 0) {
            found = search();
        }
        if (found > 1) {
            try (OutputStream out = members.begin("all modules.vba")) {
                together.writeTo(out);
            }
        }
    }

    private boolean text(CompoundFile.Entry entry, String name, long offset) throws IOException {
        byte[] octets = file.open(entry).bytes(0, STREAM_OCTETS_MAX);
        int at = offset >= 0 && offset < octets.length && octets[(int) offset] == 1 ? (int) offset : find(octets);
        if (at < 0) {
            return false;
        }
        try (OutputStream out = members.begin(name)) {
            VbaText.decompress(octets, at, new Both(out));
        }
        together.write('\n');
        return true;
    }

    /** Writes where it is told to, and keeps the beginning for the text of all modules. */
    private final class Both extends OutputStream {
        private final OutputStream first;

        Both(OutputStream first) {
            this.first = first;
        }

        @Override
        public void write(int octet) throws IOException {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] octets, int from, int length) throws IOException {
            first.write(octets, from, length);
            together.write(octets, from, Math.clamp(TOGETHER_OCTETS_MAX - (long) together.size(), 0, length));
        }
    }

    /** The list of modules cannot be used: text is what begins as each module's text does. */
    private int search() throws IOException {
        int found = 0;
        for (CompoundFile.Entry entry : file.children(storage.index())) {
            if (entry.isStream() && found < MODULES_MAX) {
                found += text(entry, entry.name() + ".bas", -1) ? 1 : 0;
            }
        }
        return found;
    }

    /** Index of a container whose text begins with an attribute; -1 when there is none. */
    private static int find(byte[] octets) {
        for (int at = 0; at + 4 + FIRST_WORD.length <= octets.length; at++) {
            boolean begins = octets[at] == 1 && (octets[at + 2] & 0xf0) == 0xb0 && octets[at + 3] == 0;
            if (begins && Arrays.equals(octets, at + 4, at + 12, FIRST_WORD, 0, 8)) {
                return at;
            }
        }
        return -1;
    }

    private List<Module> modules(CompoundFile.Entry directory) throws IOException {
        byte[] packed = file.open(directory).bytes(0, DIRECTORY_OCTETS_MAX);
        Bounded plain = new Bounded();
        VbaText.decompress(packed, 0, plain);
        byte[] octets = plain.toByteArray();
        List<Module> modules = new ArrayList<>();
        int at = 0;
        String name = "";
        String stream = "";
        long offset = -1;
        boolean isClass = false;
        while (at + 6 <= octets.length && modules.size() < MODULES_MAX) {
            int id = u16(octets, at);
            long length = id == PROJECT_VERSION ? 6 : u16(octets, at + 2) | (long) u16(octets, at + 4) << 16;
            int data = at + 6;
            if (length > octets.length - data) {
                break;
            }
            int end = data + (int) length;
            switch (id) {
                case MODULE_NAME, MODULE_NAME_UNICODE -> name = string(octets, data, end, id == MODULE_NAME_UNICODE);
                case STREAM_NAME, STREAM_NAME_UNICODE -> stream = string(octets, data, end, id == STREAM_NAME_UNICODE);
                case TEXT_OFFSET -> offset = length < 4 ? -1 : u16(octets, data) | (long) u16(octets, data + 2) << 16;
                case PROCEDURAL, CLASS -> isClass = id == CLASS;
                case MODULE_END -> modules.add(new Module(name, stream.isEmpty() ? name : stream, offset, isClass));
                default -> {}
            }
            at = end;
        }
        return modules;
    }

    private static String string(byte[] octets, int from, int to, boolean unicode) {
        return new String(octets, from, to - from, unicode ? StandardCharsets.UTF_16LE : StandardCharsets.ISO_8859_1);
    }

    private static int u16(byte[] octets, int at) {
        return octets[at] & 0xff | (octets[at + 1] & 0xff) << 8;
    }

    /** Text that grows no further than what a list of modules can have. */
    private static final class Bounded extends ByteArrayOutputStream {
        @Override
        public synchronized void write(byte[] octets, int from, int length) {
            super.write(octets, from, Math.clamp(DIRECTORY_OCTETS_MAX - (long) size(), 0, length));
        }
    }

    /** The list of modules of a storage; null when it is none of a project. */
    static CompoundFile.@Nullable Entry directory(CompoundFile file, CompoundFile.Entry storage) {
        CompoundFile.Entry found = file.child(storage.index(), "dir");
        return found != null && found.isStream() ? found : null;
    }
}
