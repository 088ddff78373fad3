package jp.genkan.appcontrol.definition;

/**
 * A line of a definition file that cannot be used.
 *
 * @param file its name
 * @param line its number, from 1; 0 for the file as a whole
 * @param message what is wrong, and what may have been meant
 */
public record DefinitionProblem(String file, int line, String message) {
    @Override
    public String toString() {
        return line == 0 ? file + ": " + message : file + ":" + line + ": " + message;
    }
}
