package jp.genkan.av.unpack.program;

import java.io.IOException;
import jp.genkan.av.content.Content;
import jp.genkan.av.scan.FileFacts;
import jp.genkan.av.unpack.Members;
import jp.genkan.av.unpack.Unpacker;
import jp.genkan.av.unpack.arj.ArjUnpacker;
import jp.genkan.av.unpack.cab.CabUnpacker;
import jp.genkan.av.unpack.lzh.LzhUnpacker;
import jp.genkan.av.unpack.rar.RarUnpacker;
import jp.genkan.av.unpack.sevenzip.SevenZipUnpacker;

/**
 * Archives behind a program, or anywhere in it: each is handed over as a member from its first octet to the program's end, and taken apart as
 * such. ZIP has its own way to be found behind anything; a program within a program is found too.
 *
 * <p>Thread rule: no state, any thread.
 */
public final class EmbeddedUnpacker implements Unpacker {
    /** Archives that are handed over of one program: installers have a handful. */
    private static final int ARCHIVES_MAX = 16;

    /** How far into a program is looked: installers carry more than this only behind their first archive. */
    private static final long SEARCH_MAX = 256L << 20;

    /** Octets that are looked at between two questions after the time. */
    private static final int PIECE = 64 << 10;

    private static final boolean[] MARKS = new boolean[256];

    static {
        for (char mark : "MR7-\u0060".toCharArray()) {
            MARKS[mark] = true;
        }
    }

    @Override
    public String format() {
        return "program";
    }

    @Override
    public boolean recognises(Content content, FileFacts facts) {
        return content.startsWith(0, "MZ") || content.startsWith(0, "\177ELF") || content.startsWith(0, "#!");
    }

    @Override
    public void unpack(Content content, FileFacts facts, Members members) throws IOException {
        long end = Math.min(content.size(), SEARCH_MAX) - 8;
        int found = 0;
        byte[] piece = {};
        long begin = 2;
        for (long at = 2; at < end && found < ARCHIVES_MAX; at++) {
            if (at >= begin + piece.length) {
                members.checkTime();
                begin = at;
                piece = content.bytes(at, PIECE);
            }
            int first = piece[(int) (at - begin)] & 0xff;
            if (MARKS[first] && isArchive(content, at)) {
                long from = first == '-' ? at - 2 : at;
                members.stored(facts.name(), from, content.size() - from);
                found++;
                at = Math.max(at, behind(content, from) - 1);
            }
        }
    }

    private static boolean isArchive(Content content, long at) {
        return switch (content.u8(at)) {
            case 'M' -> CabUnpacker.isAt(content, at);
            case 'R' -> RarUnpacker.isAt(content, at);
            case '7' -> SevenZipUnpacker.isAt(content, at);
            case 0x60 -> ArjUnpacker.isMain(content, at);
            default -> LzhUnpacker.isArchive(content, at - 2);
        };
    }

    /** Where an archive ends, when it says so; others end with the program. */
    private static long behind(Content content, long at) {
        if (content.u8(at) == 'M') {
            return at + content.u32(at + 8);
        } else if (content.u8(at) == '7') {
            long end = at + 32 + content.i64(at + 12) + content.i64(at + 20);
            return end > at ? end : at + 32;
        }
        return content.u8(at) == 'R' || content.u8(at) == 0x60 ? at + 8 : content.size();
    }
}
