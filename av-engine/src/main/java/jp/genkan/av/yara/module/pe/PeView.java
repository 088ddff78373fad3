package jp.genkan.av.yara.module.pe;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import jp.genkan.av.content.Content;
import jp.genkan.av.executable.PeFile;
import jp.genkan.av.executable.PeSection;
import jp.genkan.av.yara.module.Undefined;
import org.jspecify.annotations.Nullable;

/**
 * One program as the module shows it; each part is read when it is first asked for.
 *
 * <p>Thread rule: the thread that scans.
 */
final class PeView {
    private static final int SYMBOL = 18;
    private static final int SECTION_NAME = 8;
    private static final int PATH_MAX = 260;
    private static final int DEBUG_DIRECTORY = 6;
    private static final int DEBUG_ENTRY = 28;
    private static final int DEBUG_ENTRIES_MAX = 1_024;
    private static final int CODEVIEW = 2;

    private final @Nullable PeFile program;
    private @Nullable PeImports imports;
    private @Nullable PeImports delayed;
    private @Nullable PeExports exports;
    private @Nullable List<PeResource> resources;
    private @Nullable List<PeVersion> versions;
    private @Nullable List<PeSignature> signatures;
    private @Nullable PeRich rich;
    private boolean richRead;
    private @Nullable String imphash;
    private @Nullable List<NamedSection> sections;

    /** A section of a program. */
    record NamedSection(PeView pe, PeSection section, String name) {}

    /**
     * Of a program.
     *
     * @param program null when the octets are none; then only {@link #isProgram} may be asked
     */
    PeView(@Nullable PeFile program) {
        this.program = program;
    }

    boolean isProgram() {
        return program != null;
    }

    PeFile file() {
        return Objects.requireNonNull(program);
    }

    private Content content() {
        return file().content();
    }

    /** Two octets of the optional header, that many behind its beginning. */
    long optional16(int at) {
        return Undefined.ifNegative(file().optional16(at));
    }

    long optional32(int at) {
        return Undefined.ifNegative(file().optional32(at));
    }

    /** A number that has eight octets in programs of 64 bits, and four in others. */
    long optionalWord(int at64, int at32) {
        return file().is64() ? content().i64(file().optionalAt() + at64) : optional32(at32);
    }

    /** Four octets that move when the words before them grow. */
    long optional32(int at64, int at32) {
        return optional32(file().is64() ? at64 : at32);
    }

    long offset(long rva) {
        return Undefined.ifNegative(rva < 0 ? -1 : PeAddresses.offset(file(), rva));
    }

    PeImports imports() {
        if (imports == null) {
            imports = PeImports.of(file());
        }
        return imports;
    }

    PeImports delayed() {
        if (delayed == null) {
            delayed = PeImports.delayed(file());
        }
        return delayed;
    }

    PeExports exports() {
        if (exports == null) {
            exports = PeExports.of(file());
        }
        return exports;
    }

    /** Hundreds of rules ask for each. */
    List<NamedSection> sections() {
        if (sections == null) {
            sections = file().sections().stream()
                    .map(section -> new NamedSection(this, section, name(section)))
                    .toList();
        }
        return sections;
    }

    List<PeResource> resources() {
        if (resources == null) {
            resources = PeResource.of(file());
        }
        return resources;
    }

    /** Four octets, or two, of the root of the resources. */
    long resourceRoot(int at, int length) {
        long root = PeResource.root(file());
        return root < 0
                ? Undefined.INTEGER
                : length == 2 ? content().u16(root + at) : content().u32(root + at);
    }

    List<PeVersion> versions() {
        if (versions == null) {
            versions = PeVersion.of(file(), resources());
        }
        return versions;
    }

    List<PeSignature> signatures() {
        if (signatures == null) {
            signatures = PeSignature.of(file());
        }
        return signatures;
    }

    @Nullable
    PeRich rich() {
        if (!richRead) {
            rich = PeRich.of(file());
            richRead = true;
        }
        return rich;
    }

    String imphash() {
        if (imphash == null) {
            try {
                byte[] listing = imports().listing().getBytes(StandardCharsets.ISO_8859_1);
                imphash = HexFormat.of()
                        .formatHex(MessageDigest.getInstance("MD5").digest(listing));
            } catch (NoSuchAlgorithmException impossible) {
                throw new AssertionError(impossible);
            }
        }
        return imphash;
    }

    /**
     * A data directory.
     *
     * @param rva where it is
     * @param size its octets
     */
    record Directory(long rva, long size) {}

    List<Directory> directories() {
        List<Directory> directories = new ArrayList<>();
        long first = file().optionalAt() + (file().is64() ? 112 : 96);
        for (int i = 0; i < Math.min(PeFile.DIRECTORIES_MAX, file().directoryCount()); i++) {
            if (!content().has(first + 8L * i, 8)) {
                break;
            }
            directories.add(new Directory(file().directoryRva(i), file().directorySize(i)));
        }
        return directories;
    }

    String name(PeSection section) {
        return PeAddresses.text(content(), section.at(), SECTION_NAME);
    }

    /** The name that stands in the table of strings, where the section's own is a number in it. */
    @Nullable
    String fullName(PeSection section) {
        String name = name(section);
        if (!name.startsWith("/") || file().coff32(12) == 0) {
            return name;
        }
        long at = 0;
        for (int i = 1; i < name.length() && name.charAt(i) >= '0' && name.charAt(i) <= '9'; i++) {
            at = at * 10 + name.charAt(i) - '0';
        }
        long strings = file().coff32(12) + file().coff32(16) * SYMBOL;
        return content().has(strings + at, 1) ? PeAddresses.text(content(), strings + at, PATH_MAX) : null;
    }

    /** Where what is behind the last section begins; 0 when nothing is. */
    long overlayAt() {
        long end = 0;
        for (PeSection section : file().sections()) {
            end = Math.max(end, section.rawAt() + section.rawSize());
        }
        return end < content().size() ? end : 0;
    }

    /** Index of the section in which an offset of the file lies. */
    long sectionAt(long offset) {
        for (int i = 0; i < file().sections().size(); i++) {
            PeSection section = file().sections().get(i);
            if (offset >= section.rawAt() && offset < section.rawAt() + section.rawSize()) {
                return i;
            }
        }
        return Undefined.INTEGER;
    }

    long sectionNamed(String name) {
        for (int i = 0; i < file().sections().size(); i++) {
            if (name(file().sections().get(i)).equals(name)) {
                return i;
            }
        }
        return Undefined.INTEGER;
    }

    /** The path of the file with debug symbols; null when none is named. */
    @Nullable
    String pdbPath() {
        long rva = file().directoryRva(DEBUG_DIRECTORY);
        long at = rva == 0 ? -1 : PeAddresses.offset(file(), rva);
        long count = Math.min(file().directorySize(DEBUG_DIRECTORY) / DEBUG_ENTRY, DEBUG_ENTRIES_MAX);
        for (int i = 0; at >= 0 && i < count && content().has(at, DEBUG_ENTRY); i++, at += DEBUG_ENTRY) {
            if (content().u32(at + 12) != CODEVIEW) {
                continue;
            }
            long infoRva = content().u32(at + 20);
            long info = infoRva == 0 ? -1 : PeAddresses.offset(file(), infoRva);
            if (info < 0) {
                info = content().u32(at + 24);
            }
            int head = content().startsWith(info, "NB10") ? 16 : content().startsWith(info, "RSDS") ? 24 : 0;
            String path = info <= 0 || head == 0 ? "" : PeAddresses.text(content(), info + head, PATH_MAX);
            if (!path.isEmpty() && path.length() < PATH_MAX) {
                return path;
            }
        }
        return null;
    }

    /** The sum that Windows checks drivers by: of all words but its own, and the file's size. */
    long checksum() {
        long sumAt = file().optionalAt() + 64;
        long sum = 0;
        long size = content().size();
        for (long at = 0; at + 4 <= size; at += 4) {
            if (at != sumAt) {
                sum += content().u32(at);
            }
        }
        int rest = (int) (size & 3);
        for (int i = 0; i < rest; i++) {
            sum += (long) content().u8(size - rest + i) << 8 * i;
        }
        long folded = 0;
        for (long left = sum; left != 0; left >>>= 16) {
            folded += left & 0xffff;
        }
        while (folded > 0xffff) {
            folded = (folded & 0xffff) + (folded >>> 16);
        }
        return folded + size;
    }
}
