package jp.genkan.av.source;

/**
 * What is wrong with one line of a signature file.
 *
 * @param file its name
 * @param line its number, from 1; 0 when the whole file is meant
 * @param reason in plain words
 */
public record Problem(String file, long line, String reason) {
    public Problem {
        if (line < 0 || reason.isEmpty()) {
            throw new IllegalArgumentException("a problem has a place and a reason");
        }
    }

    @Override
    public String toString() {
        return line == 0 ? file + ": " + reason : file + ":" + line + ": " + reason;
    }
}
