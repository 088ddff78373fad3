package jp.genkan.ips.classification;

/**
 * A class of rules.
 *
 * @param name as {@code classtype} spells it, in lower case
 * @param description what events say: {@code alert.category}
 * @param priority from 1, the worst
 */
public record Classification(String name, String description, int priority) {
    public Classification {
        if (name.isEmpty() || priority < 0) {
            throw new IllegalArgumentException("no class of rules: " + name + ", " + priority);
        }
    }
}
