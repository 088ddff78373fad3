package jp.genkan.av.unpack.symbian;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import jp.genkan.av.content.Content;
import jp.genkan.av.scan.FileFacts;
import jp.genkan.av.unpack.Members;
import jp.genkan.av.unpack.Unpacker;
import org.jspecify.annotations.Nullable;

/**
 * Installation files of Symbian phones. In those of releases 5 and 6 a table says where each file lies; in those of release 9 each file is a compressed
 * field, and fields are found by how they begin.
 *
 * <p>Thread rule: no state, any thread.
 */
public final class SymbianUnpacker implements Unpacker {
    /** Most files of a table: the largest applications have some hundred. What follows is not looked at. */
    static final int FILES_MAX = 4096;

    /** Most languages of a file; there are a hundred. */
    static final int LANGUAGES_MAX = 128;

    /** Most places at which a compressed field is tried: each costs a few microseconds. */
    static final int TRIES_MAX = 65_536;

    private static final long RELEASE_5_6 = 0x1000_0419L;
    private static final long RELEASE_6 = 0x1000_3a12L;
    private static final long RELEASE_9 = 0x1020_1a7aL;
    private static final int NOT_PACKED = 0x8;
    private static final int FILE = 0;
    private static final int FILE_PER_LANGUAGE = 1;
    private static final int OPTIONS = 2;
    private static final int CONDITION = 3;
    private static final int CONDITION_ELSE = 4;
    private static final int NAME_OCTETS_MAX = 1024;
    private static final int PIECE = 32_768;
    private static final int TIME_EVERY = 0xffff;

    @Override
    public String format() {
        return "sis";
    }

    @Override
    public boolean recognises(Content content, FileFacts facts) {
        return content.u32(8) == RELEASE_5_6 || content.u32(0) == RELEASE_9;
    }

    @Override
    public void unpack(Content content, FileFacts facts, Members members) throws IOException {
        if (content.u32(0) == RELEASE_9 || !table(content, members)) {
            search(content, members);
        }
    }

    /** The files that the table names; false when there is none. */
    private static boolean table(Content content, Members members) throws IOException {
        int languages = Math.clamp(content.u16(18), 1, LANGUAGES_MAX);
        int files = Math.clamp(content.u16(20), 0, FILES_MAX);
        boolean packed = (content.u16(36) & NOT_PACKED) == 0;
        boolean wide = content.u32(4) == RELEASE_6;
        long at = content.u32(52);
        int found = 0;
        for (int i = 0; i < files && content.has(at, 4); i++) {
            members.checkTime();
            int kind = (int) content.u32(at);
            if (kind != FILE && kind != FILE_PER_LANGUAGE) {
                long length = other(content, at, kind, languages);
                if (length < 0) {
                    break;
                }
                at += length;
                continue;
            }
            int copies = kind == FILE ? 1 : languages;
            String name = name(content, content.u32(at + 24), content.u32(at + 20), wide);
            for (int copy = 0; copy < copies; copy++) {
                long length = content.u32(at + 28 + 4L * copy);
                long place = content.u32(at + 28 + 4L * copies + 4L * copy);
                if (length > 0 && content.has(place, 1)) {
                    file(content, place, Math.min(length, content.size() - place), packed, name, members);
                    found++;
                }
            }
            at += 28 + 8L * copies + (wide ? 4L * copies + 8 : 0);
        }
        return found > 0;
    }

    /** Octets of a record that names no file; -1 when it is none. */
    private static long other(Content content, long at, int kind, int languages) {
        return switch (kind) {
            case OPTIONS -> 8 + Math.clamp(content.u32(at + 4), 0, FILES_MAX) * 8L * languages + 16;
            case CONDITION, CONDITION_ELSE -> 8 + Math.max(0, content.u32(at + 4));
            case 5, 6 -> 4;
            default -> -1;
        };
    }

    private static @Nullable String name(Content content, long at, long length, boolean wide) {
        if (at < 0 || length <= 0) {
            return null;
        }
        byte[] octets = content.bytes(at, (int) Math.min(length, NAME_OCTETS_MAX));
        String path = new String(octets, wide ? StandardCharsets.UTF_16LE : StandardCharsets.ISO_8859_1);
        String name = path.substring(path.lastIndexOf('\\') + 1);
        return name.isEmpty() ? null : name;
    }

    private static void file(
            Content content, long place, long length, boolean packed, @Nullable String name, Members members)
            throws IOException {
        if (!packed) {
            members.stored(name, place, length);
            return;
        }
        Inflater inflater = new Inflater();
        try (OutputStream out = members.begin(name)) {
            inflate(inflater, content, place, place + length, out);
        } catch (DataFormatException broken) {
            members.uninspectable(name, Members.Reason.BROKEN);
        } finally {
            inflater.end();
        }
    }

    /** Inflates; the octets of input that were needed. */
    private static long inflate(Inflater inflater, Content content, long from, long to, OutputStream out)
            throws IOException, DataFormatException {
        byte[] plain = new byte[PIECE];
        long at = from;
        while (!inflater.finished()) {
            if (inflater.needsInput()) {
                byte[] packed = content.bytes(at, Math.clamp(to - at, 0, PIECE));
                if (packed.length == 0 || inflater.needsDictionary()) {
                    break;
                }
                inflater.setInput(packed);
                at += packed.length;
            }
            int count = inflater.inflate(plain);
            if (count == 0 && inflater.needsDictionary()) {
                break;
            }
            out.write(plain, 0, count);
        }
        return inflater.getBytesRead();
    }

    /** Tries every place at which a compressed field may begin. */
    private static void search(Content content, Members members) throws IOException {
        int tries = 0;
        long at = 0;
        while (at + 2 < content.size() && tries < TRIES_MAX) {
            int head = content.u16be(at);
            if (head >> 8 != 0x78 || head % 31 != 0 || (head & 0x20) != 0) {
                at++;
            } else {
                tries++;
                at += Math.max(1, field(content, at, members));
            }
            if ((at & TIME_EVERY) == 0 || (tries & 0xff) == 0xff) {
                members.checkTime();
            }
        }
    }

    /** The octets of the compressed field that begins here; 0 when none does. */
    private static long field(Content content, long at, Members members) throws IOException {
        Inflater inflater = new Inflater();
        try {
            byte[] plain = new byte[PIECE];
            inflater.setInput(content.bytes(at, PIECE));
            int count = inflater.inflate(plain);
            if (count == 0) {
                return 0;
            }
        } catch (DataFormatException none) {
            return 0;
        } finally {
            inflater.end();
        }
        Inflater again = new Inflater();
        try (OutputStream out = members.begin("field" + at)) {
            return inflate(again, content, at, content.size(), out);
        } catch (DataFormatException broken) {
            return 0;
        } finally {
            again.end();
        }
    }
}
