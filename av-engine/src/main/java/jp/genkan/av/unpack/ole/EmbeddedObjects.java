package jp.genkan.av.unpack.ole;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import jp.genkan.av.unpack.Members;

/** Files that were put into documents: packages of OLE ({@code \1Ole10Native}) and the storages of PowerPoint. */
final class EmbeddedObjects {
    /** Most octets of a package's head, which holds two paths and a name: Windows' longest path, twice, and room. */
    private static final int HEAD_OCTETS_MAX = 4096;

    /** Most records of a presentation that are walked: a large one has some 100,000 at its top. */
    static final int RECORDS_MAX = 1_000_000;

    private static final int RECORD_HEAD = 8;
    private static final int OLE_STORAGE = 0x1011;
    private static final int COMPRESSED = 1;
    private static final int PIECE = 65_536;

    private EmbeddedObjects() {}

    /** The file in a package; what is none is handed over behind its length. */
    static void nativeData(CompoundStream stream, String path, Members members) throws IOException {
        PackagedFile inside = PackagedFile.read(stream.bytes(4, HEAD_OCTETS_MAX));
        boolean fits = inside != null && 4L + inside.begin() + inside.length() <= stream.size();
        String name = inside == null ? path + ".native" : inside.name();
        try (OutputStream out = members.begin(name)) {
            if (inside == null) {
                stream.copy(4, stream.size(), out);
            } else {
                stream.copy(4L + inside.begin(), fits ? inside.length() : stream.size(), out);
            }
        }
    }

    /** The storages in a presentation ([MS-PPT] §2.10.34). */
    static void presentation(CompoundStream stream, Members members) throws IOException {
        long at = 0;
        for (int i = 0; i < RECORDS_MAX && at + RECORD_HEAD <= stream.size(); i++) {
            int type = stream.u16(at + 2);
            long length = stream.u32(at + 4);
            if (type == OLE_STORAGE && length > 0) {
                storage(stream, at + RECORD_HEAD, length, stream.u16(at) >> 4 == COMPRESSED, members);
            }
            at += RECORD_HEAD + Math.max(0, length);
            if ((i & 0xfff) == 0) {
                members.checkTime();
            }
        }
    }

    private static void storage(CompoundStream stream, long at, long length, boolean packed, Members members)
            throws IOException {
        try (OutputStream out = members.begin("object" + at + ".ole")) {
            if (!packed) {
                stream.copy(at, length, out);
                return;
            }
            Inflater inflater = new Inflater();
            try {
                inflate(inflater, stream, at + 4, Math.min(at + length, stream.size()), out);
            } catch (DataFormatException broken) {
                members.uninspectable("object" + at + ".ole", Members.Reason.BROKEN);
            } finally {
                inflater.end();
            }
        }
    }

    private static void inflate(Inflater inflater, CompoundStream stream, long from, long end, OutputStream out)
            throws IOException, DataFormatException {
        byte[] plain = new byte[PIECE];
        long at = from;
        while (!inflater.finished()) {
            if (inflater.needsInput()) {
                byte[] packed = stream.bytes(at, Math.clamp(end - at, 0, PIECE));
                if (packed.length == 0) {
                    return;
                }
                inflater.setInput(packed);
                at += packed.length;
            }
            int count = inflater.inflate(plain);
            if (count == 0 && inflater.needsDictionary()) {
                return;
            }
            out.write(plain, 0, count);
        }
    }

    /** Text up to a zero, in the octets that it has. */
    static String text(byte[] octets, int from, int to) {
        return new String(octets, from, to - from, StandardCharsets.ISO_8859_1);
    }
}
