package jp.genkan.access.reputation;

import java.nio.file.Path;

/**
 * Something in a list file that could not be used.
 *
 * @param file which file
 * @param line its line from 1, or 0 when the whole file is meant
 * @param text what is wrong and what was done instead, in one line
 */
public record ListProblem(Path file, int line, String text) {
    @Override
    public String toString() {
        return line > 0 ? file + ":" + line + ": " + text : file + ": " + text;
    }
}
