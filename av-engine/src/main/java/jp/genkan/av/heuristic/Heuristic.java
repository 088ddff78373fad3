package jp.genkan.av.heuristic;

import jp.genkan.av.scan.Detection;

/** Everything that is looked for, with the grade that it has unless the policy says otherwise. The Javadoc is what an operator reads. */
public enum Heuristic {
    /** The name ends as a document's does and then as a program's: {@code invoice.pdf.exe}. */
    DOUBLE_EXTENSION("Heuristic.DoubleExtension", Grade.INFECTED),
    /** The name hides that it is a program's: characters that turn the direction of writing, or many blanks before the ending. */
    HIDDEN_EXTENSION("Heuristic.HiddenExtension", Grade.INFECTED),
    /** A program in an archive in a mail. Some send programs that way; in Japan, archives that open themselves are. */
    PROGRAM_IN_MAILED_ARCHIVE("Heuristic.ProgramInMailedArchive", Grade.NOTE),
    /** A macro that runs when the document is opened, fetches something or has it in itself, and starts it. */
    MACRO_DOWNLOADS("Heuristic.MacroDownloads", Grade.INFECTED),
    /** A macro that runs when the document is opened and starts programs. */
    MACRO_STARTS_PROGRAMS("Heuristic.MacroStartsPrograms", Grade.NOTE),
    /** A document that loads its template, or an object, from a web server. */
    REMOTE_TEMPLATE("Heuristic.RemoteTemplate", Grade.INFECTED),
    /** A document that loads its template from a file server. Companies do so in their own network. */
    FILE_SERVER_TEMPLATE("Heuristic.FileServerTemplate", Grade.NOTE),
    /** An object of the old equation editor whose text is longer than that program has room for. */
    EQUATION_OVERFLOW("Heuristic.EquationOverflow", Grade.INFECTED),
    /** An object of the old equation editor, which no longer exists since nobody could repair it. */
    EQUATION_OBJECT("Heuristic.EquationObject", Grade.NOTE),
    /** A shortcut that has an interpreter fetch something or hide itself. */
    SHORTCUT_STARTS_INTERPRETER("Heuristic.ShortcutStartsInterpreter", Grade.INFECTED),
    /** A shortcut in a disc image or archive in a mail. */
    MAILED_SHORTCUT("Heuristic.MailedShortcut", Grade.INFECTED),
    /** A web page in a mail that makes a file of data in itself and stores it. */
    HTML_SMUGGLING("Heuristic.HtmlSmuggling", Grade.INFECTED),
    /** A web page elsewhere that does so; web applications do, too. */
    HTML_STORES_FILE("Heuristic.HtmlStoresFile", Grade.NOTE),
    /** A PDF that starts an interpreter or a program. */
    PDF_LAUNCHES("Heuristic.PdfLaunches", Grade.INFECTED),
    /** A PDF that runs a script when it is opened; forms do. */
    PDF_RUNS_SCRIPT("Heuristic.PdfRunsScript", Grade.NOTE),
    /** A page of OneNote with a program or a script in it. */
    ONENOTE_PROGRAM("Heuristic.OneNoteProgram", Grade.INFECTED),
    /** An attachment of a kind that runs when it is opened. */
    DANGEROUS_ATTACHMENT("Heuristic.DangerousAttachment", Grade.NOTE);

    /** What follows from one. */
    public enum Grade {
        /** It is not looked for. */
        OFF,
        /** It is noted. */
        NOTE,
        /** The file is infected. */
        INFECTED
    }

    private final String signature;
    private final Grade grade;

    Heuristic(String signature, Grade grade) {
        this.signature = signature;
        this.grade = grade;
    }

    /** The name in events and in the configuration. */
    public String signature() {
        return signature;
    }

    /** The grade when the policy says nothing. */
    public Grade grade() {
        return grade;
    }

    static Detection.Kind kind(Grade grade) {
        return grade == Grade.INFECTED ? Detection.Kind.HEURISTIC : Detection.Kind.NOTE;
    }
}
