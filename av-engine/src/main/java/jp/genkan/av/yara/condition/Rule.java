package jp.genkan.av.yara.condition;

/**
 * A rule as it was compiled.
 *
 * @param name its identifier
 * @param namespace index of its file
 * @param scope whether it decides over the other rules of its file
 * @param visibility whether a match is told
 * @param condition when it matches
 * @param slots of the variables of its loops
 */
public record Rule(String name, int namespace, Scope scope, Visibility visibility, Term condition, int slots) {
    /** Of {@link Rule}. */
    public enum Scope {
        ORDINARY,
        /** When it does not match, no rule of its file does. */
        GLOBAL
    }

    /** Of {@link Rule}. */
    public enum Visibility {
        PUBLIC,
        PRIVATE
    }
}
