package jp.genkan.av.yara.module.pe;

import java.util.ArrayList;
import java.util.List;
import jp.genkan.av.content.Content;
import jp.genkan.av.executable.PeFile;
import jp.genkan.av.yara.module.Undefined;
import org.jspecify.annotations.Nullable;

/**
 * Functions that a library offers.
 *
 * @param name of the library as it calls itself
 * @param timestamp of the directory
 * @param functions by their place in the table of addresses
 */
record PeExports(@Nullable String name, long timestamp, List<Function> functions) {
    /** Functions (YARA has the same bound). */
    private static final int EXPORTS_MAX = 16_384;

    private static final int DIRECTORY = 40;
    private static final int NAME_MAX = 512;

    static final PeExports NONE = new PeExports(null, Undefined.INTEGER, List.of());

    /**
     * A function.
     *
     * @param name when it has one
     * @param forward library and name that it stands for
     * @param offset in the file
     * @param ordinal its number
     */
    record Function(@Nullable String name, @Nullable String forward, long offset, long ordinal) {}

    PeExports {
        functions = List.copyOf(functions);
    }

    static PeExports of(PeFile file) {
        long rva = file.directoryRva(0);
        long at = rva == 0 ? -1 : PeAddresses.offset(file, rva);
        Content content = file.content();
        if (at < 0 || !content.has(at, DIRECTORY)) {
            return NONE;
        }
        long ordinalBase = content.u32(at + 16);
        long count = content.u32(at + 20);
        long nameCount = content.u32(at + 24);
        long timestamp = content.u32(at + 4);
        long nameAt = PeAddresses.offset(file, content.u32(at + 12));
        String name = nameAt < 0 ? null : PeAddresses.text(content, nameAt, NAME_MAX);
        long addresses = PeAddresses.offset(file, content.u32(at + 28));
        long names = PeAddresses.offset(file, content.u32(at + 32));
        long ordinals = PeAddresses.offset(file, content.u32(at + 36));
        PeExports empty = new PeExports(name, timestamp, List.of());
        if (count > EXPORTS_MAX
                || nameCount > count && nameCount > EXPORTS_MAX
                || addresses < 0
                || !content.has(addresses, count * 4)) {
            return empty;
        }
        long named = ordinals < 0 || names < 0 ? 0 : Math.min(nameCount, EXPORTS_MAX);
        if (named > 0 && (!content.has(ordinals, named * 2) || !content.has(names, named * 4))) {
            return empty;
        }
        return new PeExports(name, timestamp, functions(file, ordinalBase, (int) count, (int) named, new long[] {
            addresses, names, ordinals
        }));
    }

    private static List<Function> functions(PeFile file, long ordinalBase, int count, int named, long[] tables) {
        Content content = file.content();
        String[] names = new String[count];
        for (int i = 0; i < named; i++) {
            int function = content.u16(tables[2] + 2L * i);
            long nameAt = function < count && names[function] == null
                    ? PeAddresses.offset(file, content.u32(tables[1] + 4L * i))
                    : -1;
            if (nameAt >= 0) {
                names[function] = PeAddresses.text(content, nameAt, NAME_MAX);
            }
        }
        List<Function> functions = new ArrayList<>();
        long begin = PeAddresses.offset(file, file.directoryRva(0));
        long end = begin + file.directorySize(0);
        for (int i = 0; i < count; i++) {
            long offset = PeAddresses.offset(file, content.u32(tables[0] + 4L * i));
            boolean forwarded = offset > begin && offset < end;
            functions.add(new Function(
                    names[i],
                    forwarded ? PeAddresses.text(content, offset, NAME_MAX) : null,
                    forwarded || offset < 0 ? Undefined.INTEGER : offset,
                    ordinalBase + i));
        }
        return functions;
    }
}
