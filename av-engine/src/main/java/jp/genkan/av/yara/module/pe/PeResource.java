package jp.genkan.av.yara.module.pe;

import java.util.ArrayList;
import java.util.List;
import jp.genkan.av.content.Content;
import jp.genkan.av.executable.PeFile;
import jp.genkan.av.yara.module.Undefined;
import org.jspecify.annotations.Nullable;

/**
 * A resource of a program. Of number and text of each level one is there.
 *
 * @param rva where it is in memory
 * @param offset where it is in the file
 * @param length its octets
 * @param labels type, name and language
 */
record PeResource(long rva, long offset, long length, List<Label> labels) {
    /** Resources of a program (YARA has the same bound). */
    static final int RESOURCES_MAX = 65_536;

    /** Entries of the directories that are looked at: those of hostile files lead to each other. */
    static final int ENTRIES_MAX = 4 * RESOURCES_MAX;

    private static final int DIRECTORY = 16;
    private static final int ENTRY = 8;
    private static final int DATA_ENTRY = 16;
    private static final int LEVELS = 3;
    private static final int ENTRIES_OF_ONE_MAX = 32_768;
    private static final int SECTION_DIRECTORY = 2;
    private static final long HIGH_BIT = 0x8000_0000L;

    /**
     * A number or a text.
     *
     * @param id undefined when it is a text
     * @param text UTF-16, as it stands
     */
    record Label(long id, @Nullable String text) {
        static final Label NONE = new Label(Undefined.INTEGER, null);
    }

    PeResource {
        labels = List.copyOf(labels);
    }

    /** Offset of the root directory; -1 when there is none. */
    static long root(PeFile file) {
        long rva = file.directoryRva(SECTION_DIRECTORY);
        long at = rva == 0 ? -1 : PeAddresses.offset(file, rva);
        return at >= 0 && file.content().has(at, DIRECTORY) ? at : -1;
    }

    static List<PeResource> of(PeFile file) {
        long root = root(file);
        if (root < 0) {
            return List.of();
        }
        Walk walk = new Walk(file, root);
        walk.directory(root, 0);
        return walk.found;
    }

    /** Thread rule: one thread. */
    private static final class Walk {
        private final PeFile file;
        private final Content content;
        private final long root;
        private final Label[] labels = {Label.NONE, Label.NONE, Label.NONE};
        private final List<PeResource> found = new ArrayList<>();
        private int left = ENTRIES_MAX;

        Walk(PeFile file, long root) {
            this.file = file;
            this.content = file.content();
            this.root = root;
        }

        /** Goes through a directory; false when the rest of the tree is not to be looked at. */
        boolean directory(long at, int level) {
            int named = content.u16(at + 12);
            int numbered = content.u16(at + 14);
            if (content.u32(at) != 0 || named > ENTRIES_OF_ONE_MAX || numbered > ENTRIES_OF_ONE_MAX) {
                return true;
            }
            for (int i = 0; i < named + numbered; i++) {
                long entry = at + DIRECTORY + (long) i * ENTRY;
                if (!content.has(entry, ENTRY) || left-- == 0 || !entry(entry, level)) {
                    return false;
                }
            }
            return true;
        }

        private boolean entry(long at, int level) {
            labels[level] = label(content.u32(at));
            long target = content.u32(at + 4);
            long targetAt = root + (target & ~HIGH_BIT);
            if ((target & HIGH_BIT) != 0 && level < LEVELS - 1) {
                return content.has(targetAt, DIRECTORY) && directory(targetAt, level + 1);
            }
            if (!content.has(targetAt, DATA_ENTRY)) {
                return false;
            }
            if (found.size() < RESOURCES_MAX) {
                long rva = content.u32(targetAt);
                long offset = PeAddresses.offset(file, rva);
                found.add(new PeResource(
                        rva, offset < 0 ? Undefined.INTEGER : offset, content.u32(targetAt + 4), List.of(labels)));
            }
            return true;
        }

        private Label label(long name) {
            if ((name & HIGH_BIT) == 0) {
                return new Label(name, null);
            }
            long at = root + (name & ~HIGH_BIT);
            int length = content.u16(at);
            return length >= 0 && content.has(at + 2, 2L * length)
                    ? new Label(Undefined.INTEGER, content.latin(at + 2, 2 * length))
                    : new Label(name, null);
        }
    }
}
