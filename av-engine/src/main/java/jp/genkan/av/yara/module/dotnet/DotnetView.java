package jp.genkan.av.yara.module.dotnet;

import java.util.ArrayList;
import java.util.List;
import jp.genkan.av.content.Content;
import jp.genkan.av.executable.PeFile;
import jp.genkan.av.yara.module.Undefined;
import jp.genkan.av.yara.module.pe.PeAddresses;
import org.jspecify.annotations.Nullable;

/**
 * The metadata of a .NET program (ECMA-335 §II.24): a root that names streams, among them one of tables and heaps of strings, GUIDs and blobs.
 *
 * <p>Thread rule: the thread that scans.
 */
final class DotnetView {
    /** Streams; programs have five or six. */
    private static final int STREAMS_MAX = 64;

    /** Entries of one list: the largest libraries have a fifth of these. */
    static final int ENTRIES_MAX = 1 << 16;

    private static final int CLI_DIRECTORY = 14;
    private static final int CLI_HEADER = 72;
    private static final long SIGNATURE = 0x424a5342;
    private static final int VERSION_MAX = 255;
    private static final int NAME_MAX = 1_024;
    private static final int CONSTANT_MAX = 1 << 16;
    private static final int STREAM_NAME_MAX = 32;
    private static final int STRING_ELEMENT = 0x0e;

    private final PeFile file;
    private final Content content;
    private final long root;
    private final long resourcesAt;
    private final List<Stream> streams;
    private final @Nullable MetadataTables tables;

    /** A stream of the metadata. */
    record Stream(String name, long offset, long size) {}

    /** A resource in the program. */
    record Resource(long offset, long length, @Nullable String name) {}

    /** Another program that this one needs. */
    record Reference(
            @Nullable String name,
            @Nullable String publicKeyOrToken,
            long major,
            long minor,
            long build,
            long revision) {}

    /** Root and header are -1 for a program without metadata. */
    private DotnetView(PeFile file, long header, long root) {
        this.file = file;
        this.content = file.content();
        this.root = root;
        this.resourcesAt = root < 0 ? -1 : PeAddresses.offset(file, content.u32(header + 24));
        this.streams = root < 0 ? List.of() : readStreams();
        Stream stream = stream("#~");
        this.tables = stream == null ? null : MetadataTables.of(content, stream.offset());
    }

    /** The metadata of a program; null when it is none. */
    static @Nullable DotnetView of(Content content) {
        PeFile file = PeFile.of(content);
        if (file == null) {
            return null;
        }
        long rva = file.directoryRva(CLI_DIRECTORY);
        long header = rva == 0 ? -1 : PeAddresses.offset(file, rva);
        boolean hasHeader = header >= 0 && content.has(header, CLI_HEADER);
        long root = hasHeader ? PeAddresses.offset(file, content.u32(header + 8)) : -1;
        long versionLength = root < 0 || content.u32(root) != SIGNATURE ? -1 : content.u32(root + 12);
        return versionLength <= 0 || versionLength > VERSION_MAX || versionLength % 4 != 0
                ? new DotnetView(file, -1, -1)
                : new DotnetView(file, header, root);
    }

    boolean hasMetadata() {
        return root >= 0;
    }

    String version() {
        return PeAddresses.text(content, root + 16, (int) content.u32(root + 12));
    }

    private List<Stream> readStreams() {
        long at = root + 16 + content.u32(root + 12);
        int count = content.u16(at + 2);
        at += 4;
        List<Stream> found = new ArrayList<>();
        for (int i = 0; i < Math.min(count, STREAMS_MAX) && content.has(at, 8); i++) {
            String name = PeAddresses.text(content, at + 8, STREAM_NAME_MAX);
            found.add(new Stream(name, root + content.u32(at), content.u32(at + 4)));
            at += 8 + (name.length() + 4 & ~3L);
        }
        return found;
    }

    List<Stream> streams() {
        return streams;
    }

    private @Nullable Stream stream(String name) {
        Stream found = null;
        for (Stream stream : streams) {
            if (stream.name().equals(name)) {
                found = stream;
            }
        }
        return found;
    }

    private int rows(int table) {
        return tables == null ? 0 : Math.min(tables.rows(table), ENTRIES_MAX);
    }

    private long value(int table, int row, int column) {
        return tables == null ? 0 : tables.value(table, row, column);
    }

    private @Nullable String string(long index) {
        Stream strings = stream("#Strings");
        return strings == null || !content.has(strings.offset() + index, 1)
                ? null
                : PeAddresses.text(content, strings.offset() + index, NAME_MAX);
    }

    private @Nullable String nonEmpty(@Nullable String text) {
        return text == null || text.isEmpty() ? null : text;
    }

    /** Where the octets of a blob begin, and how many they are; null when it is not whole. */
    private @Nullable Stream blob(long at) {
        int first = content.u8(at);
        long length;
        int head;
        if (first < 0) {
            return null;
        }
        if ((first & 0x80) == 0) {
            length = first;
            head = 1;
        } else if ((first & 0xc0) == 0x80 && content.has(at, 2)) {
            length = (first & 0x3fL) << 8 | content.u8(at + 1);
            head = 2;
        } else if ((first & 0xe0) == 0xc0 && content.has(at, 4)) {
            length = content.u32be(at) & 0x1fff_ffff;
            head = 4;
        } else {
            return null;
        }
        return content.has(at + head, length) ? new Stream("", at + head, length) : null;
    }

    private @Nullable Stream blobAt(long index) {
        Stream blobs = stream("#Blob");
        return blobs == null ? null : blob(blobs.offset() + index);
    }

    @Nullable
    String moduleName() {
        return rows(MetadataTables.MODULE) == 0 ? null : string(value(MetadataTables.MODULE, 0, 1));
    }

    /** Texts that the program's code loads, UTF-16; null when it has no heap of them. */
    @Nullable
    List<String> userStrings() {
        Stream heap = stream("#US");
        if (heap == null || heap.size() == 0 || content.u8(heap.offset()) != 0) {
            return null;
        }
        List<String> found = new ArrayList<>();
        long end = heap.offset() + heap.size();
        for (long at = heap.offset() + 1; at < end && found.size() < ENTRIES_MAX; ) {
            Stream text = blob(at);
            if (text == null) {
                break;
            }
            if (text.size() > 0) {
                found.add(content.latin(text.offset(), (int) text.size() - 1));
            }
            at = text.offset() + text.size();
        }
        return found;
    }

    @Nullable
    List<String> guids() {
        Stream heap = stream("#GUID");
        if (heap == null) {
            return null;
        }
        List<String> found = new ArrayList<>();
        for (long at = heap.offset(); at + 16 <= heap.offset() + heap.size() && content.has(at, 16); at += 16) {
            if (found.size() == 16) {
                break;
            }
            found.add(String.format(
                    "%08x-%04x-%04x-%04x-%04x%08x",
                    content.u32(at),
                    content.u16(at + 4),
                    content.u16(at + 6),
                    content.u16be(at + 8),
                    content.u16be(at + 10),
                    content.u32be(at + 12)));
        }
        return found;
    }

    /** Constants that are texts, UTF-16; null when there is no table of them. */
    @Nullable
    List<String> constants() {
        List<String> found = new ArrayList<>();
        for (int row = 0; row < rows(MetadataTables.CONSTANT); row++) {
            Stream text = value(MetadataTables.CONSTANT, row, 0) == STRING_ELEMENT
                    ? blobAt(value(MetadataTables.CONSTANT, row, 3))
                    : null;
            if (text != null) {
                found.add(content.latin(text.offset(), Math.clamp(text.size() - 1, 0, CONSTANT_MAX)));
            }
        }
        return rows(MetadataTables.CONSTANT) == 0 ? null : found;
    }

    @Nullable
    List<String> moduleReferences() {
        int rows = rows(MetadataTables.MODULE_REF);
        List<String> found = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            String name = string(value(MetadataTables.MODULE_REF, row, 0));
            if (name != null) {
                found.add(name);
            }
        }
        return rows == 0 ? null : found;
    }

    /** Offsets of what fields are filled with; null when there are none. */
    @Nullable
    List<Long> fieldOffsets() {
        int rows = rows(MetadataTables.FIELD_RVA);
        List<Long> found = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            long offset = PeAddresses.offset(file, value(MetadataTables.FIELD_RVA, row, 0));
            if (offset >= 0) {
                found.add(offset);
            }
        }
        return rows == 0 ? null : found;
    }

    @Nullable
    List<Resource> resources() {
        int rows = rows(MetadataTables.MANIFEST_RESOURCE);
        List<Resource> found = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            long at = resourcesAt + value(MetadataTables.MANIFEST_RESOURCE, row, 0);
            // What lies in another file has an implementation.
            if (value(MetadataTables.MANIFEST_RESOURCE, row, 3) == 0 && resourcesAt >= 0 && content.has(at, 4)) {
                found.add(
                        new Resource(at + 4, content.u32(at), string(value(MetadataTables.MANIFEST_RESOURCE, row, 2))));
            }
        }
        return rows == 0 ? null : found;
    }

    boolean hasAssembly() {
        return rows(MetadataTables.ASSEMBLY) > 0;
    }

    /** A column of the program's own description. */
    long assembly(int column) {
        return hasAssembly() ? value(MetadataTables.ASSEMBLY, 0, column) : Undefined.INTEGER;
    }

    @Nullable
    String assemblyText(int column) {
        return hasAssembly() ? nonEmpty(string(value(MetadataTables.ASSEMBLY, 0, column))) : null;
    }

    @Nullable
    List<Reference> references() {
        int rows = rows(MetadataTables.ASSEMBLY_REF);
        List<Reference> found = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            Stream key = blobAt(value(MetadataTables.ASSEMBLY_REF, row, 5));
            found.add(new Reference(
                    string(value(MetadataTables.ASSEMBLY_REF, row, 6)),
                    key == null || key.size() == 0
                            ? null
                            : content.latin(key.offset(), (int) Math.min(key.size() - 1, NAME_MAX)),
                    value(MetadataTables.ASSEMBLY_REF, row, 0),
                    value(MetadataTables.ASSEMBLY_REF, row, 1),
                    value(MetadataTables.ASSEMBLY_REF, row, 2),
                    value(MetadataTables.ASSEMBLY_REF, row, 3)));
        }
        return rows == 0 ? null : found;
    }

    /** The GUID of the type library: what an attribute of the program says whose type is {@code GuidAttribute}. */
    @Nullable
    String typeLibrary() {
        for (int row = 0; row < rows(MetadataTables.CUSTOM_ATTRIBUTE); row++) {
            long parent = value(MetadataTables.CUSTOM_ATTRIBUTE, row, 0);
            long type = value(MetadataTables.CUSTOM_ATTRIBUTE, row, 1);
            int member = (int) (type >>> 3) - 1;
            if ((parent & 0x1f) != 0x0e || (type & 7) != 3 || member < 0 || member >= rows(MetadataTables.MEMBER_REF)) {
                continue;
            }
            long owner = value(MetadataTables.MEMBER_REF, member, 0);
            int reference = (int) (owner >>> 3) - 1;
            if ((owner & 7) != 1 || reference < 0 || reference >= rows(MetadataTables.TYPE_REF)) {
                continue;
            }
            Stream blob = "GuidAttribute".equals(string(value(MetadataTables.TYPE_REF, reference, 1)))
                    ? blobAt(value(MetadataTables.CUSTOM_ATTRIBUTE, row, 2))
                    : null;
            // Prolog of two octets, then a text with its length before it.
            if (blob != null && content.u16(blob.offset()) == 1) {
                int length = content.u8(blob.offset() + 2);
                return PeAddresses.text(content, blob.offset() + 3, Math.min(length, NAME_MAX));
            }
        }
        return null;
    }

    static long count(@Nullable List<?> list) {
        return list == null ? Undefined.INTEGER : list.size();
    }
}
