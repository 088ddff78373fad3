package jp.genkan.av.heuristic;

import java.util.Set;

/** What a PDF does when it is opened. */
final class PdfLook {
    private static final String[] PROGRAMS = {
        ".exe",
        "cmd",
        "powershell",
        "mshta",
        "wscript",
        "cscript",
        ".bat",
        ".vbs",
        ".js",
        ".scr",
        ".hta",
        ".com",
        ".lnk",
        "/bin/"
    };

    private PdfLook() {}

    /** The lines that tell of actions, in lower case. */
    static void look(String text, Set<Heuristic> found) {
        for (String line : text.lines().toList()) {
            if (line.contains(" launch")) {
                for (String program : PROGRAMS) {
                    if (line.contains(program)) {
                        found.add(Heuristic.PDF_LAUNCHES);
                    }
                }
            }
            if (line.contains(" javascript")) {
                found.add(Heuristic.PDF_RUNS_SCRIPT);
            }
        }
    }
}
