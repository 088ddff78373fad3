package jp.genkan.av.unpack.iso;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Set;
import jp.genkan.av.content.Content;
import jp.genkan.av.scan.FileFacts;
import jp.genkan.av.unpack.Members;
import jp.genkan.av.unpack.UnpackException;
import jp.genkan.av.unpack.Unpacker;
import jp.genkan.av.unpack.codec.Names;
import org.jspecify.annotations.Nullable;

/**
 * ISO 9660 (ECMA-119) with Joliet's names: every tree of the image; octets that two trees name are looked at once.
 *
 * <p>Thread rule: no state, any thread.
 */
public final class IsoUnpacker implements Unpacker {
    private static final int SECTOR = 2048;
    private static final int FIRST_DESCRIPTOR = 16;
    private static final int ROOT = 156;
    private static final int FOLDER = 2;
    private static final int MULTI_EXTENT = 0x80;

    /** Descriptors that are read: an image has three or four. */
    private static final int DESCRIPTORS_MAX = 64;

    /** Folders that are read: discs have a few thousand. */
    private static final int FOLDERS_MAX = 65_536;

    /** Octets of one folder: some fifty thousand entries. */
    private static final int FOLDER_MAX = 1 << 22;

    @Override
    public String format() {
        return "iso";
    }

    @Override
    public boolean recognises(Content content, FileFacts facts) {
        return content.startsWith(FIRST_DESCRIPTOR * SECTOR + 1L, "CD001");
    }

    @Override
    public void unpack(Content content, FileFacts facts, Members members) throws IOException {
        Walk walk = new Walk(content, members);
        boolean any = false;
        // Joliet's names are the better ones, so its trees come first.
        for (boolean joliet : new boolean[] {true, false}) {
            for (int i = 0; i < DESCRIPTORS_MAX; i++) {
                long at = (FIRST_DESCRIPTOR + i) * (long) SECTOR;
                int type = content.u8(at);
                if (!content.startsWith(at + 1, "CD001") || type == 255) {
                    break;
                }
                if (type == (joliet ? 2 : 1) || type == 2 && !joliet && !isJoliet(content, at)) {
                    int block = content.u16(at + 128);
                    walk.tree(at + ROOT, block > 0 ? block : SECTOR, isJoliet(content, at));
                    any = true;
                }
            }
        }
        if (!any) {
            throw new UnpackException(Members.Reason.BROKEN, "no volume descriptor");
        }
    }

    private static boolean isJoliet(Content content, long at) {
        return content.u8(at) == 2 && content.startsWith(at + 88, "%/");
    }

    /** A folder that waits, and its path. */
    private record Folder(long at, long size, String path) {}

    /** What was seen of one image. */
    private static final class Walk {
        private final Content image;
        private final Members members;
        private final Set<Long> folders = new HashSet<>();
        private final Set<Extent> files = new HashSet<>();

        /** Where a file lies. */
        private record Extent(long at, long size) {}

        private Walk(Content image, Members members) {
            this.image = image;
            this.members = members;
        }

        private void tree(long root, int block, boolean joliet) throws IOException {
            ArrayDeque<Folder> waiting = new ArrayDeque<>();
            waiting.add(new Folder(image.u32(root + 2) * block, image.u32(root + 10), ""));
            while (!waiting.isEmpty()) {
                members.checkTime();
                Folder folder = waiting.poll();
                if (folders.add(folder.at) && folders.size() <= FOLDERS_MAX) {
                    folder(folder, block, joliet, waiting);
                }
            }
        }

        private void folder(Folder folder, int block, boolean joliet, ArrayDeque<Folder> waiting) throws IOException {
            long end = folder.at + Math.min(Math.min(folder.size, FOLDER_MAX), Math.max(0, image.size() - folder.at));
            long at = folder.at;
            long joined = 0;
            while (at < end) {
                int length = image.u8(at);
                if (length < 34) {
                    // Records do not cross sectors.
                    at = (at / SECTOR + 1) * SECTOR;
                    continue;
                }
                String name = name(at, joliet);
                long data = (image.u32(at + 2) + image.u8(at + 1)) * block;
                long size = image.u32(at + 10);
                int flags = image.u8(at + 25);
                at += length;
                if (name == null || size < 0) {
                    continue;
                }
                String path = folder.path.isEmpty() ? name : folder.path + "/" + name;
                if ((flags & FOLDER) != 0) {
                    if (waiting.size() < FOLDERS_MAX && path.length() < Names.LENGTH_MAX) {
                        waiting.add(new Folder(data, size, path));
                    }
                } else if ((flags & MULTI_EXTENT) != 0) {
                    joined += size;
                } else {
                    // Extents of a large file lie one behind the other.
                    file(path, data - joined, size + joined);
                    joined = 0;
                }
            }
        }

        private void file(String path, long data, long size) throws IOException {
            if (size == 0 || !files.add(new Extent(data, size))) {
                return;
            }
            if (data < image.size()) {
                members.stored(path, Math.max(0, data), size);
            }
            if (!image.has(data, size)) {
                members.uninspectable(path, Members.Reason.BROKEN);
            }
        }

        /** A name without its version; null for a folder itself and the one above. */
        private @Nullable String name(long record, boolean joliet) {
            int length = image.u8(record + 32);
            if (length <= 0 || length == 1 && image.u8(record + 33) <= 1) {
                return null;
            }
            byte[] raw = image.bytes(record + 33, length);
            String name = joliet ? new String(raw, StandardCharsets.UTF_16BE) : Names.decode(raw);
            if (name == null) {
                return null;
            }
            int version = name.lastIndexOf(';');
            name = version > 0 ? name.substring(0, version) : name;
            return name.endsWith(".") && name.length() > 1 ? name.substring(0, name.length() - 1) : name;
        }
    }
}
