package jp.genkan.av.heuristic;

import java.util.Set;

/** Shortcuts that start an interpreter; those of Windows itself and of developers' tools start one too, but plainly. */
final class ShortcutLook {
    private static final String[] INTERPRETERS = {
        "powershell",
        "pwsh",
        "mshta",
        "cmd.exe",
        "%comspec%",
        "wscript",
        "cscript",
        "rundll32",
        "regsvr32",
        "certutil",
        "bitsadmin",
        "msiexec",
        "forfiles",
        "conhost",
        "ftp.exe",
        "curl",
        "explorer.exe",
        "pcalua",
        "ssh.exe"
    };

    private static final String[] DEEDS = {
        "http:", "https:", " -enc", " -e ", " -ec ", "-encodedcommand", "frombase64", "downloadstring", "downloadfile",
        "invoke-webrequest", "iwr ", "iex", "invoke-expression", "-w hid", "-windowstyle hid", "-win hid", " -w 1",
                "javascript:",
        "vbscript:", "@ssl", "davwwwroot", "start-bitstransfer", "urlcache", "findstr", "&& start", "&start", "copy /b"
    };

    private ShortcutLook() {}

    /** The lines of a shortcut, in lower case. */
    static void look(String text, Set<Heuristic> found) {
        String plain = text.replace("^", "").replace("\"\"", "");
        if (has(plain, INTERPRETERS) && has(plain, DEEDS)) {
            found.add(Heuristic.SHORTCUT_STARTS_INTERPRETER);
        }
    }

    private static boolean has(String text, String[] words) {
        for (String word : words) {
            if (text.contains(word)) {
                return true;
            }
        }
        return false;
    }
}
