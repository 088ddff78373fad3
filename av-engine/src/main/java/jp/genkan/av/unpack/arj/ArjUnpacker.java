package jp.genkan.av.unpack.arj;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import jp.genkan.av.content.Content;
import jp.genkan.av.scan.FileFacts;
import jp.genkan.av.unpack.LimitException;
import jp.genkan.av.unpack.Members;
import jp.genkan.av.unpack.UnpackException;
import jp.genkan.av.unpack.Unpacker;
import jp.genkan.av.unpack.codec.ArjFastest;
import jp.genkan.av.unpack.codec.Lzhuf;
import jp.genkan.av.unpack.codec.Member;
import jp.genkan.av.unpack.codec.Names;
import jp.genkan.av.unpack.codec.Octets;
import jp.genkan.av.unpack.codec.Window;
import org.jspecify.annotations.Nullable;

/**
 * ARJ: stored members and methods 1 to 4, with a password too, but for the national encryption of its later versions.
 *
 * <p>Thread rule: no state, any thread.
 */
public final class ArjUnpacker implements Unpacker {
    private static final int MAGIC = 0xea60;

    /** The format's own bound. */
    private static final int HEADER_MAX = 2600;

    private static final int HEADER_MIN = 30;
    private static final int WINDOW = 1 << 15;
    private static final int DISTANCES = 17;
    private static final int GARBLED = 1;
    private static final int FOLDER = 3;

    @Override
    public String format() {
        return "arj";
    }

    @Override
    public boolean recognises(Content content, FileFacts facts) {
        return isMain(content, 0);
    }

    /** True when an archive begins there. */
    public static boolean isMain(Content content, long at) {
        int size = content.u16(at + 2);
        return content.u16(at) == MAGIC
                && size >= HEADER_MIN
                && size <= HEADER_MAX
                && content.u8(at + 4) >= HEADER_MIN
                && content.u8(at + 4) <= size
                && content.u8(at + 10) == 2;
    }

    @Override
    public void unpack(Content content, FileFacts facts, Members members) throws IOException {
        long at = afterHeader(content, 0);
        while (true) {
            members.checkTime();
            if (content.u16(at) != MAGIC) {
                throw new UnpackException(Members.Reason.BROKEN, "arj header");
            }
            int size = content.u16(at + 2);
            if (size == 0) {
                return;
            }
            long data = afterHeader(content, at);
            long packed = content.u32(at + 4 + 12);
            member(content, at + 4, data, facts.passwords(), members);
            at = data + packed;
        }
    }

    private static long afterHeader(Content content, long start) throws IOException {
        int size = content.u16(start + 2);
        if (size < HEADER_MIN || size > HEADER_MAX || !content.has(start, size + 8L)) {
            throw new UnpackException(Members.Reason.BROKEN, "arj header size");
        }
        long at = start + 4 + size + 4;
        // Extended headers end with an empty one; the archive's own end bounds them.
        int extended = content.u16(at);
        while (extended > 0) {
            at += 2L + extended + 4;
            extended = content.u16(at);
        }
        return at + 2;
    }

    private static void member(Content content, long header, long data, List<String> passwords, Members members)
            throws IOException {
        int flags = content.u8(header + 4);
        int method = content.u8(header + 5);
        int type = content.u8(header + 6);
        long packed = content.u32(header + 12);
        long size = content.u32(header + 16);
        String name = Names.decode(content.bytes(header + content.u8(header), Names.LENGTH_MAX));
        if (type == FOLDER || type > FOLDER + 1) {
            return;
        }
        if ((flags & GARBLED) != 0) {
            String password = password(content, header, data, passwords, members);
            if (password == null) {
                members.uninspectable(name, Members.Reason.ENCRYPTED);
            } else {
                Member.write(members, name, out -> decode(method, garbled(content, header, data, password), size, out));
            }
            return;
        }
        if (method == 0) {
            members.stored(name, data, packed);
            return;
        }
        Member.write(members, name, out -> decode(method, new Octets(content, data, packed), size, out));
    }

    private static Octets garbled(Content content, long header, long data, String password) {
        Octets packed = new Octets(content, data, content.u32(header + 12));
        return new Octets(new Garbled(packed, content.u8(header + 7), password));
    }

    /** The first password with which the member's checksum is right; null when none is. */
    private static @Nullable String password(
            Content content, long header, long data, List<String> passwords, Members members) throws IOException {
        int method = content.u8(header + 5);
        long size = content.u32(header + 16);
        int tried = 0;
        for (String password : passwords) {
            members.checkTime();
            if (password.isEmpty() || tried++ >= Garbled.PASSWORDS_MAX) {
                continue;
            }
            Garbled.Trial trial = new Garbled.Trial(method == 0 ? Long.MAX_VALUE : Garbled.TRIAL_MAX);
            try {
                decode(method, garbled(content, header, data, password), size, trial);
                if (trial.fits(content.u32(header + 20))) {
                    return password;
                }
            } catch (LimitException enough) {
                return password; // another one would have failed by now
            } catch (IOException | IndexOutOfBoundsException | ArithmeticException | IllegalArgumentException wrong) {
                // the next one
            }
        }
        return null;
    }

    private static void decode(int method, Octets in, long size, OutputStream out) throws IOException {
        Window window = new Window(WINDOW, out);
        switch (method) {
            case 0 -> in.transferTo(out);
            case 1, 2, 3 -> new Lzhuf(in, window, DISTANCES, 5).decode(size);
            case 4 -> ArjFastest.decode(in, window, size);
            default -> throw Octets.unsupported("arj method " + method);
        }
    }
}
