package jp.genkan.av.heuristic;

import java.util.Locale;
import java.util.Set;
import jp.genkan.av.content.Content;
import jp.genkan.protocols.file.MagicType;
import org.jspecify.annotations.Nullable;

/** Tells programs and scripts from other files by their octets, where no name is to be had. */
final class ProgramLook {
    private static final int LOOK_OCTETS = 16_384;

    private static final Set<String> TYPES = Set.of(
            MagicType.PE.mediaType(),
            MagicType.DOS_EXECUTABLE.mediaType(),
            MagicType.LNK.mediaType(),
            MagicType.CHM.mediaType(),
            MagicType.MSI.mediaType());

    private static final String[] WORDS = {
        "@echo off",
        "<hta:application",
        "createobject(",
        "activexobject",
        "wscript.",
        "powershell",
        "<job id",
        "<script language=\"vbscript",
        "cmd.exe /c",
        "cmd /c",
        "execute(",
        "#@~^"
    };

    private ProgramLook() {}

    static boolean isProgram(Content content, @Nullable String type) {
        if (type != null && TYPES.contains(type)) {
            return true;
        }
        boolean binary = type != null && !type.startsWith("text/");
        if (binary) {
            return false;
        }
        String text = content.latin(0, LOOK_OCTETS).replace("\0", "").toLowerCase(Locale.ROOT);
        for (String word : WORDS) {
            if (text.contains(word)) {
                return true;
            }
        }
        return false;
    }
}
