package jp.genkan.appcontrol.definition;

/**
 * What is told of an application.
 *
 * @param name nDPI's name where it has one
 * @param kind what it is
 * @param category what it is for
 * @param japanese what the owner reads
 */
public record Application(String name, Kind kind, Category category, String japanese) {
    public Application {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("an application has a name");
        }
    }

    /** What is named. */
    public enum Kind {
        /** What machines speak. */
        PROTOCOL,
        /** Whom they speak to. */
        SERVICE
    }
}
