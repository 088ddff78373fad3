package jp.genkan.protocols.dns;

/** The parts of a message, RFC 1035 §4.1, in their order. */
public enum DnsSection {
    QUESTION("queries"),
    ANSWER("answers"),
    AUTHORITY("authorities"),
    ADDITIONAL("additionals");

    private final String eveName;

    DnsSection(String eveName) {
        this.eveName = eveName;
    }

    /** The name of its array in EVE. */
    String eveName() {
        return eveName;
    }
}
