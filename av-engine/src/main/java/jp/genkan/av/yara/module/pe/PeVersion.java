package jp.genkan.av.yara.module.pe;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jp.genkan.av.content.Content;
import jp.genkan.av.executable.PeFile;

/**
 * The texts of a version resource (Microsoft, "VS_VERSIONINFO"): blocks of a length, a value's length, a type, a key in UTF-16 and what they
 * hold, each on a multiple of four octets.
 *
 * @param key name of the text
 * @param value itself
 */
record PeVersion(String key, String value) {
    /** Texts of all version resources of a file; honest ones have a dozen. */
    static final int TEXTS_MAX = 4_096;

    private static final int TYPE = 16;
    private static final int HEAD = 6;
    private static final int FIXED = 86;
    private static final int STRING_FILE_INFO = 30;
    private static final int KEY_MAX = 63;
    private static final int VALUE_MAX = 255;

    static List<PeVersion> of(PeFile file, List<PeResource> resources) {
        Reader reader = new Reader(file.content());
        for (PeResource resource : resources) {
            if (resource.labels().get(0).id() == TYPE) {
                long at = PeAddresses.offset(file, resource.rva());
                if (at >= 0) {
                    reader.block(at);
                }
            }
        }
        return reader.found;
    }

    /** The texts by their keys; of several under one the last counts. */
    static Map<String, String> byKey(List<PeVersion> texts) {
        Map<String, String> byKey = new LinkedHashMap<>();
        for (PeVersion text : texts) {
            byKey.put(text.key(), text.value());
        }
        return byKey;
    }

    /** Thread rule: one thread. */
    private static final class Reader {
        private final Content content;
        private final List<PeVersion> found = new ArrayList<>();
        private int steps = 4 * TEXTS_MAX;

        Reader(Content content) {
            this.content = content;
        }

        private static long next(long at, long length) {
            return at + length + 3 & ~3L;
        }

        /** True when there is a block with a length, and steps are left: hostile blocks lie on each other. */
        private boolean isBlock(long at) {
            return content.u16(at) > 0 && content.has(at, HEAD) && steps-- > 0;
        }

        private boolean hasKey(long at, String key) {
            for (int i = 0; i <= key.length(); i++) {
                if (content.u16(at + HEAD + 2L * i) != (i == key.length() ? 0 : key.charAt(i))) {
                    return false;
                }
            }
            return true;
        }

        void block(long at) {
            if (!hasKey(at, "VS_VERSION_INFO")) {
                return;
            }
            long info = next(at, HEAD + FIXED);
            while (isBlock(info) && hasKey(info, "VarFileInfo")) {
                info = next(info, content.u16(info));
            }
            while (isBlock(info) && hasKey(info, "StringFileInfo")) {
                long table = next(info, HEAD + STRING_FILE_INFO);
                info = next(info, content.u16(info));
                while (table < info && isBlock(table)) {
                    long text = next(table, HEAD + 2L * (keyLength(table) + 1));
                    table = next(table, content.u16(table));
                    while (text < table && isBlock(text)) {
                        text(text);
                        text = next(text, content.u16(text));
                    }
                }
            }
        }

        private int keyLength(long at) {
            int length = 0;
            while (length < VALUE_MAX && content.u16(at + HEAD + 2L * length) > 0) {
                length++;
            }
            return length;
        }

        private void text(long at) {
            if (content.u16(at + 2) > 0 && found.size() < TEXTS_MAX) {
                long valueAt = next(at, HEAD + 2L * (keyLength(at) + 1));
                found.add(new PeVersion(wide(at + HEAD, KEY_MAX), wide(valueAt, VALUE_MAX)));
            }
        }

        /** The lower octets of a text in UTF-16, as YARA takes it. */
        private String wide(long at, int max) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < max && content.u16(at + 2L * i) > 0; i++) {
                text.append((char) content.u8(at + 2L * i));
            }
            return text.toString();
        }
    }
}
