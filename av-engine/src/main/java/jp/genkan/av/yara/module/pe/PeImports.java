package jp.genkan.av.yara.module.pe;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import jp.genkan.av.content.Content;
import jp.genkan.av.executable.PeFile;
import jp.genkan.av.yara.module.Undefined;
import org.jspecify.annotations.Nullable;

/**
 * Libraries that a program needs, and their functions.
 *
 * @param libraries in the order of the file
 * @param functionCount how many functions they have together
 */
record PeImports(List<Library> libraries, int functionCount) {
    /** Libraries, and functions of all of them (YARA has the same bound). */
    static final int IMPORTS_MAX = 16_384;

    private static final int DESCRIPTOR = 20;
    private static final int DELAYED_DESCRIPTOR = 32;
    private static final int NAME_MAX = 512;
    private static final int LIBRARY_NAME_MAX = 255;
    private static final int DIRECTORY = 1;
    private static final int DELAYED_DIRECTORY = 13;

    static final PeImports NONE = new PeImports(List.of(), 0);

    /**
     * A library.
     *
     * @param name as it stands there
     * @param functions of it
     * @param before functions of the libraries before: YARA 4.2 counts on
     */
    record Library(String name, List<PeFunction> functions, int before) {
        Library {
            functions = List.copyOf(functions);
        }

        long count() {
            return before + (long) functions.size();
        }

        /** The functions by YARA's index: as many places as there were functions before are empty. */
        List<PeFunction> byIndex() {
            if (before == 0) {
                return functions;
            }
            List<PeFunction> padded = new ArrayList<>(Collections.nCopies(before, PeFunction.NONE));
            padded.addAll(functions);
            return padded;
        }
    }

    PeImports {
        libraries = List.copyOf(libraries);
    }

    static PeImports of(PeFile file) {
        long at = file.directoryRva(DIRECTORY) == 0 ? -1 : PeAddresses.offset(file, file.directoryRva(DIRECTORY));
        if (at < 0) {
            return NONE;
        }
        Content content = file.content();
        List<Library> libraries = new ArrayList<>();
        int functions = 0;
        for (int i = 0; i < IMPORTS_MAX && content.has(at, DESCRIPTOR) && content.u32(at + 12) != 0; i++) {
            long nameAt = PeAddresses.offset(file, content.u32(at + 12));
            if (nameAt >= 0) {
                String name = libraryName(content, nameAt);
                if (name == null) {
                    break;
                }
                long thunks = PeAddresses.offset(file, content.u32(at));
                if (thunks <= 0) {
                    thunks = PeAddresses.offset(file, content.u32(at + 16));
                }
                Library library = new Library(name, functions(file, thunks, name, functions, 0), functions);
                functions += library.functions().size();
                if (!library.functions().isEmpty()) {
                    libraries.add(library);
                }
            }
            at += DESCRIPTOR;
        }
        return new PeImports(libraries, functions);
    }

    /** Libraries that are loaded when they are first called. Descriptors of the old kind have addresses rather than RVAs. */
    static PeImports delayed(PeFile file) {
        long rva = file.directoryRva(DELAYED_DIRECTORY);
        long at = rva == 0 ? -1 : PeAddresses.offset(file, rva);
        if (at < 0) {
            return NONE;
        }
        Content content = file.content();
        List<Library> libraries = new ArrayList<>();
        int functions = 0;
        for (int i = 0; i < IMPORTS_MAX && content.has(at, DELAYED_DESCRIPTOR); i++) {
            long base = (content.u32(at) & 1) != 0 ? 0 : imageBase(file);
            if (content.u32(at + 4) == 0 || content.u32(at + 12) == 0) {
                break;
            }
            long nameAt = PeAddresses.offset(file, content.u32(at + 4) - base & 0xffff_ffffL);
            String name = nameAt < 0 ? null : libraryName(content, nameAt);
            if (name == null) {
                break;
            }
            long thunks = PeAddresses.offset(file, content.u32(at + 16) - base & 0xffff_ffffL);
            Library library = new Library(name, functions(file, thunks, name, functions, base), 0);
            functions += library.functions().size();
            libraries.add(library);
            at += DELAYED_DESCRIPTOR;
        }
        return new PeImports(libraries, functions);
    }

    static long imageBase(PeFile file) {
        return file.is64() ? file.content().i64(file.optionalAt() + 24) : file.optional32(28);
    }

    /** A library's name; null when it is none that Windows would take. */
    private static @Nullable String libraryName(Content content, long at) {
        int length = 0;
        for (int octet = content.u8(at); octet > 0; octet = content.u8(at + length)) {
            if (octet < ' ' || octet > 0x7e || "\"*<>?|".indexOf(octet) >= 0 || length == LIBRARY_NAME_MAX) {
                return null;
            }
            length++;
        }
        return length == 0 || !content.has(at, length + 1L) ? null : content.latin(at, length);
    }

    private static List<PeFunction> functions(PeFile file, long thunksAt, String library, int before, long base) {
        Content content = file.content();
        List<PeFunction> functions = new ArrayList<>();
        int length = file.is64() ? 8 : 4;
        for (long at = thunksAt; at > 0 && before + functions.size() < IMPORTS_MAX && content.has(at, length); ) {
            long thunk = file.is64() ? content.i64(at) : content.u32(at);
            if (thunk == 0) {
                break;
            }
            boolean byOrdinal = file.is64() ? thunk < 0 : (thunk & 0x8000_0000L) != 0;
            if (byOrdinal) {
                long ordinal = thunk & 0xffff;
                functions.add(new PeFunction(Ordinals.name(library, (int) ordinal), ordinal));
            } else {
                long nameAt = thunk < 0 ? -1 : PeAddresses.offset(file, thunk - base);
                if (nameAt >= 0 && content.has(nameAt, 3)) {
                    functions.add(new PeFunction(PeAddresses.text(content, nameAt + 2, NAME_MAX), Undefined.INTEGER));
                }
            }
            at += length;
        }
        return functions;
    }

    /** What the MD5 of the imports ({@code imphash}) is taken of. */
    String listing() {
        StringBuilder listing = new StringBuilder();
        for (Library library : libraries) {
            String name = library.name().toLowerCase(Locale.ROOT);
            int dot = name.indexOf('.');
            if (dot >= 0
                    && (name.startsWith(".dll", dot) || name.startsWith(".ocx", dot) || name.startsWith(".sys", dot))) {
                name = name.substring(0, dot);
            }
            for (PeFunction function : library.functions()) {
                listing.append(listing.isEmpty() ? "" : ",")
                        .append(name)
                        .append('.')
                        .append(lower(function.name()));
            }
        }
        return listing.toString();
    }

    private static String lower(@Nullable String name) {
        return name == null ? "" : name.toLowerCase(Locale.ROOT);
    }
}
