package jp.genkan.av.harmless.file;

import jp.genkan.av.harmless.coding.GzipStream;
import jp.genkan.av.harmless.coding.Inflated;
import jp.genkan.av.unpack.LimitException;
import org.jspecify.annotations.Nullable;

/** A compressed archive: its infected members are replaced, and it is compressed again to its length. */
public final class GzipContainer implements Container {
    private static final int HEAD = 10;
    private static final int TRAILER = 8;
    private static final int FLAGS_AT = 3;
    private static final int NAME = 8;

    @Override
    public String format() {
        return "gzip";
    }

    @Override
    public boolean recognises(byte[] file, @Nullable String name) {
        return file.length > HEAD + TRAILER
                && file[0] == 0x1f
                && file[1] == (byte) 0x8b
                && (file[FLAGS_AT] & ~NAME) == 0;
    }

    @Override
    public byte @Nullable [] clean(byte[] file, Inside inside, FileCleaner files, Removal removal)
            throws LimitException {
        int begin = HEAD;
        if ((file[FLAGS_AT] & NAME) != 0) {
            while (begin < file.length && file[begin] != 0) {
                begin++;
            }
            begin++;
        }
        byte[] plain = begin < file.length ? Inflated.loose(file, begin, true) : null;
        if (plain == null) {
            return null;
        }
        byte[] cleaned = files.members(plain, inside.member("gzip", inner(inside.name())), removal);
        return cleaned == null ? null : GzipStream.compressed(cleaned, file.length);
    }

    private static @Nullable String inner(@Nullable String name) {
        if (name == null || name.lastIndexOf('.') < 0) {
            return null;
        }
        String base = name.substring(0, name.lastIndexOf('.'));
        return name.endsWith(".tgz") ? base + ".tar" : base;
    }
}
