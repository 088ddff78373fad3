package jp.genkan.av.unpack.cab;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import jp.genkan.av.content.Content;
import jp.genkan.av.scan.FileFacts;
import jp.genkan.av.unpack.Members;
import jp.genkan.av.unpack.UnpackException;
import jp.genkan.av.unpack.Unpacker;
import jp.genkan.av.unpack.codec.Member;
import jp.genkan.av.unpack.codec.Names;
import jp.genkan.av.unpack.codec.Splitter;
import org.jspecify.annotations.Nullable;

/**
 * Cabinets: stored, MSZIP, LZX and Quantum. What begins in another cabinet of a set cannot be read.
 *
 * <p>Thread rule: no state, any thread.
 */
public final class CabUnpacker implements Unpacker {
    private static final String MAGIC = "MSCF\0\0\0\0";
    private static final int HAS_PREVIOUS = 1;
    private static final int HAS_NEXT = 2;
    private static final int HAS_RESERVE = 4;
    private static final int FROM_PREVIOUS = 0xfffd;
    private static final int TO_NEXT = 0xfffe;
    private static final int BOTH = 0xffff;

    /** Members that overlap are read in so many passes over their folder: none of an honest cabinet does. */
    private static final int PASSES_MAX = 3;

    @Override
    public String format() {
        return "cab";
    }

    @Override
    public boolean recognises(Content content, FileFacts facts) {
        return isAt(content, 0);
    }

    /** True when a cabinet begins there. */
    public static boolean isAt(Content content, long at) {
        return content.startsWith(at, MAGIC)
                && content.has(at, 36)
                && content.u8(at + 25) == 1
                && content.u32(at + 16) >= 36
                && content.u16(at + 26) > 0;
    }

    @Override
    public void unpack(Content cab, FileFacts facts, Members members) throws IOException {
        int flags = cab.u16(30);
        long at = 36;
        int folderReserve = 0;
        int dataReserve = 0;
        if ((flags & HAS_RESERVE) != 0) {
            folderReserve = Math.max(0, cab.u8(38));
            dataReserve = Math.max(0, cab.u8(39));
            at += 4L + Math.max(0, cab.u16(36));
        }
        for (int texts = ((flags & HAS_PREVIOUS) != 0 ? 2 : 0) + ((flags & HAS_NEXT) != 0 ? 2 : 0);
                texts > 0;
                texts--) {
            at = behindText(cab, at);
        }
        int folders = cab.u16(26);
        Map<Integer, List<Splitter.Part>> files = files(cab, folders, members);
        for (int i = 0; i < folders; i++, at += 8L + folderReserve) {
            members.checkTime();
            if (!cab.has(at, 8)) {
                throw new UnpackException(Members.Reason.BROKEN, "cab folders");
            }
            folder(new CabFolder(cab, at, dataReserve), files.getOrDefault(i, List.of()), members);
        }
    }

    private static long behindText(Content cab, long from) throws IOException {
        for (long at = from; at < from + 256; at++) {
            if (cab.u8(at) == 0) {
                return at + 1;
            }
        }
        throw new UnpackException(Members.Reason.BROKEN, "cab text");
    }

    /** The files of each folder, by their place in it. */
    private static Map<Integer, List<Splitter.Part>> files(Content cab, int folders, Members members)
            throws IOException {
        Map<Integer, List<Splitter.Part>> files = new TreeMap<>();
        long at = cab.u32(16);
        int count = cab.u16(28);
        for (int i = 0; i < count && cab.has(at, 16); i++) {
            int folder = cab.u16(at + 8);
            byte[] raw = cab.bytes(at + 16, 257);
            String name = Names.decode(raw);
            if (folder == FROM_PREVIOUS || folder == BOTH) {
                members.uninspectable(name, Members.Reason.BROKEN);
            } else {
                files.computeIfAbsent(folder == TO_NEXT ? folders - 1 : folder, key -> new ArrayList<>())
                        .add(new Splitter.Part(name, cab.u32(at + 4), cab.u32(at)));
            }
            at = behindText(cab, at + 16);
        }
        for (List<Splitter.Part> parts : files.values()) {
            parts.sort(Comparator.comparingLong(Splitter.Part::start));
        }
        return files;
    }

    private static void folder(CabFolder folder, List<Splitter.Part> files, Members members) throws IOException {
        List<Splitter.Part> left = files;
        for (int pass = 0; pass < PASSES_MAX && !left.isEmpty(); pass++) {
            List<Splitter.Part> now = new ArrayList<>();
            List<Splitter.Part> later = new ArrayList<>();
            long end = 0;
            for (Splitter.Part part : left) {
                if (part.start() >= end) {
                    now.add(part);
                    end = part.start() + part.length();
                } else {
                    later.add(part);
                }
            }
            left = later;
            try (Splitter splitter = new Splitter(members, now)) {
                Members.@Nullable Reason reason = Member.attempt(() -> folder.decode(splitter));
                splitter.end(reason);
            }
        }
        for (Splitter.Part part : left) {
            members.uninspectable(part.name(), Members.Reason.BROKEN);
        }
    }
}
