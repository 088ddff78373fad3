package jp.genkan.av.harmless;

import jp.genkan.av.scan.Detection;
import org.jspecify.annotations.Nullable;

/**
 * A file that was replaced.
 *
 * @param path where it lay: the part of a mail ({@code 1.2}), members behind a slash; empty for the file itself
 * @param name its name, as it came; null when it has none
 * @param detection for which it was replaced
 * @param form what stands in its place
 */
public record Replaced(String path, @Nullable String name, Detection detection, Form form) {
    /** What stands in a file's place. */
    public enum Form {
        /** A text in Japanese and English, as much as there is room for. */
        TEXT,
        HTML,
        /** The same in a comment of scripts and style sheets. */
        SCRIPT,
        PDF,
        RTF,
        /** An archive with the text. */
        ZIP,
        DOCX,
        XLSX,
        /** A compressed file with the text. */
        GZIP,
        /** Blanks: there is room for nothing else. */
        BLANK
    }
}
