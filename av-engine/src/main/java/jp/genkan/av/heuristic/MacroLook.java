package jp.genkan.av.heuristic;

import java.util.Set;

/** Macros that run by themselves and do what no form needs. */
final class MacroLook {
    private static final String[] BY_ITSELF = {
        "autoopen",
        "auto_open",
        "autoexec",
        "autonew",
        "autoclose",
        "auto_close",
        "autoexit",
        "document_open",
        "document_close",
        "document_new",
        "workbook_open",
        "workbook_activate",
        "workbook_beforeclose",
        "_layout",
        "_painted",
        "inkpicture",
        "frame1_layout",
        "documentchange",
        "newdocument"
    };

    private static final String[] STARTS = {
        "shell(",
        "shell (",
        "shell \"",
        "call shell",
        "= shell",
        "wscript.shell",
        "shell.application",
        "shellexecute",
        "win32_process",
        "createprocess",
        ".exec(",
        ".run(",
        ".run ",
        "powershell",
        "mshta",
        "rundll32",
        "regsvr32",
        "cmd /c",
        "cmd.exe",
        "virtualalloc",
        "createthread",
        "rtlmovememory",
        "callwindowproc",
        "enumsystemlocales"
    };

    private static final String[] FETCHES = {
        "urldownloadtofile", "xmlhttp", "winhttp", "downloadfile", "downloadstring", "internetopen", "internetreadfile",
        "adodb.stream", "invoke-webrequest", "bitsadmin", "certutil", "msxml2", "net.webclient", "start-bitstransfer"
    };

    /** What starts code whatever else is there. */
    private static final String[] INJECTS = {"virtualalloc", "createthread", "rtlmovememory", "writeprocessmemory"};

    private MacroLook() {}

    static void look(String text, Set<Heuristic> found) {
        String code = withoutRemarks(text);
        if (!has(code, BY_ITSELF)) {
            return;
        }
        boolean starts = has(code, STARTS);
        boolean interpreter = code.contains("powershell") || code.contains("mshta");
        if (starts && (has(code, FETCHES) || interpreter && code.contains("http")) || isInjecting(code)) {
            found.add(Heuristic.MACRO_DOWNLOADS);
        } else if (starts) {
            found.add(Heuristic.MACRO_STARTS_PROGRAMS);
        }
    }

    private static boolean isInjecting(String code) {
        int count = 0;
        for (String word : INJECTS) {
            count += code.contains(word) ? 1 : 0;
        }
        return count >= 2;
    }

    private static boolean has(String text, String[] words) {
        for (String word : words) {
            if (text.contains(word)) {
                return true;
            }
        }
        return false;
    }

    /** Lines that are remarks say nothing; a line that goes on in the next one is joined, and so are texts that an operator joins. */
    private static String withoutRemarks(String text) {
        StringBuilder code = new StringBuilder(text.length());
        int at = 0;
        while (at < text.length()) {
            int end = text.indexOf('\n', at);
            end = end < 0 ? text.length() : end;
            String line = text.substring(at, end).strip();
            if (!line.startsWith("'") && !line.startsWith("rem ")) {
                code.append(line.endsWith(" _") ? line.substring(0, line.length() - 1) : line + "\n");
            }
            at = end + 1;
        }
        return code.toString()
                .replace("\" & \"", "")
                .replace("\" + \"", "")
                .replace("\"&\"", "")
                .replace("\"+\"", "");
    }
}
