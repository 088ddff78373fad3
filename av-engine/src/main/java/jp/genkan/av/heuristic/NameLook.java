package jp.genkan.av.heuristic;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import jp.genkan.av.scan.FileFacts;
import jp.genkan.protocols.file.MagicType;

/** What a file's name and its containers tell. */
final class NameLook {
    /** Blanks before an ending that push it out of what is shown; typing errors have one or two. */
    private static final int BLANKS_MIN = 8;

    /** Characters of a name that are looked at: the longest of a file system, four octets each. */
    private static final int NAME_MAX = 1024;

    /** What runs when it is opened, wherever it is found. */
    private static final Set<String> PROGRAMS =
            Set.of("exe", "scr", "pif", "bat", "cmd", "jse", "vbs", "vbe", "wsf", "wsh", "hta", "cpl", "msi");

    /** What runs when it is opened, but bears such names in honest archives and profiles, too. */
    private static final Set<String> MAILED_PROGRAMS = Set.of(
            "com",
            "js",
            "lnk",
            "ps1",
            "jar",
            "url",
            "dll",
            "msc",
            "chm",
            "iso",
            "img",
            "vhd",
            "vhdx",
            "one",
            "xll",
            "ppam",
            "xlam",
            "appx",
            "msix",
            "reg",
            "settingcontent-ms",
            "library-ms",
            "search-ms");

    private static final Set<String> DOCUMENTS = Set.of(
            "pdf", "doc", "docx", "docm", "xls", "xlsx", "xlsm", "ppt", "pptx", "rtf", "txt", "csv", "odt", "jpg",
            "jpeg", "png", "gif", "bmp", "tif", "tiff", "mp3", "mp4", "avi", "mov", "wav", "htm", "html", "zip", "jtd",
            "xdw");

    private static final Set<String> MAILS = Set.of("mail", "msg", "tnef");
    private static final Set<String> ARCHIVES = Set.of(
            "zip",
            "7z",
            "rar",
            "cab",
            "arj",
            "lzh",
            "tar",
            "gzip",
            "bzip2",
            "xz",
            "zstd",
            "lz4",
            "lzip",
            "lzma",
            "compress",
            "cpio",
            "ar",
            "ace",
            "iso",
            "udf",
            "vhd",
            "vhdx",
            "img",
            "fat",
            "szdd");

    private static final Set<String> TYPES = Set.of(MagicType.PE.mediaType(), MagicType.DOS_EXECUTABLE.mediaType());

    private NameLook() {}

    static void look(FileFacts facts, Set<Heuristic> found) {
        String given = facts.name();
        boolean mailed = isMailed(facts);
        boolean archived = isArchived(facts);
        boolean program = facts.type() != null && TYPES.contains(facts.type());
        if (given != null) {
            String name = last(given);
            String ending = ending(name);
            boolean runs = PROGRAMS.contains(ending) || mailed && MAILED_PROGRAMS.contains(ending);
            if (runs && hides(name)) {
                found.add(Heuristic.HIDDEN_EXTENSION);
            }
            if (runs
                    && DOCUMENTS.contains(ending(name.substring(0, name.length() - ending.length() - 1)
                            .stripTrailing()))) {
                found.add(Heuristic.DOUBLE_EXTENSION);
            }
            program |= PROGRAMS.contains(ending) || ending.equals("js") || ending.equals("jar") || ending.equals("ps1");
            if (mailed && !archived && (runs || program)) {
                found.add(Heuristic.DANGEROUS_ATTACHMENT);
            }
        }
        if (mailed && archived && program) {
            found.add(Heuristic.PROGRAM_IN_MAILED_ARCHIVE);
        }
    }

    static boolean isMailed(FileFacts facts) {
        return facts.formats().stream().anyMatch(MAILS::contains);
    }

    /** True when the file lies in an archive that is in the mail, if there is a mail. */
    static boolean isArchived(FileFacts facts) {
        List<String> formats = facts.formats();
        int mail = -1;
        for (int i = 0; i < formats.size(); i++) {
            mail = MAILS.contains(formats.get(i)) ? i : mail;
        }
        return formats.subList(mail + 1, formats.size()).stream().anyMatch(ARCHIVES::contains);
    }

    private static String last(String path) {
        String name = path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
        return name.length() > NAME_MAX ? name.substring(name.length() - NAME_MAX) : name;
    }

    private static String ending(String name) {
        int dot = name.lastIndexOf('.');
        return dot < 0 ? "" : name.substring(dot + 1).strip().toLowerCase(Locale.ROOT);
    }

    private static boolean hides(String name) {
        int blanks = 0;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c >= '\u202a' && c <= '\u202e' || c >= '\u2066' && c <= '\u2069') {
                return true;
            }
            blanks = c == ' ' || c == '\u00a0' || c == '\u3000' || c >= '\u2000' && c <= '\u200b' ? blanks + 1 : 0;
            if (blanks >= BLANKS_MIN) {
                return true;
            }
        }
        return false;
    }
}
