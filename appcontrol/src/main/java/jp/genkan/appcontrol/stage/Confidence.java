package jp.genkan.appcontrol.stage;

/** How a flow's name was found. */
public enum Confidence {
    /** By its octets. */
    DPI("dpi"),
    /** By the name that its server's address was resolved from. */
    HOST("host"),
    /** By its port. */
    PORT("port"),
    /** By its server's address. */
    GUESS("guess");

    private final String label;

    Confidence(String label) {
        this.label = label;
    }

    /** The word in events. */
    public String label() {
        return label;
    }
}
