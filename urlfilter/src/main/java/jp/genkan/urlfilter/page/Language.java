package jp.genkan.urlfilter.page;

/** The languages of the page. */
enum Language {
    JAPANESE("ja"),
    ENGLISH("en");

    /** Entries of a request's list that are looked at; browsers send a handful. */
    private static final int ENTRIES_MAX = 16;

    private final String tag;

    Language(String tag) {
        this.tag = tag;
    }

    /** The tag in HTML and HTTP. */
    String tag() {
        return tag;
    }

    /**
     * The one that a request prefers (RFC 9110 §12.5.4): Japanese where it says nothing, or likes both as well; English where it wants others.
     *
     * @param accepted value of Accept-Language, in lower case
     */
    static Language of(String accepted) {
        if (accepted.isBlank()) {
            return JAPANESE;
        }
        int japanese = -1;
        int english = -1;
        String[] entries = accepted.split(",", ENTRIES_MAX + 1);
        for (int i = 0; i < Math.min(entries.length, ENTRIES_MAX); i++) {
            String entry = entries[i].strip();
            int weight = weight(entry);
            if (entry.startsWith("ja")) {
                japanese = Math.max(japanese, weight);
            } else if (entry.startsWith("en")) {
                english = Math.max(english, weight);
            }
        }
        return japanese > 0 && japanese >= english ? JAPANESE : ENGLISH;
    }

    /** The weight in thousandths. */
    private static int weight(String entry) {
        int at = entry.indexOf("q=");
        if (at < 0) {
            return 1_000;
        }
        int value = 0;
        int scale = 1_000;
        for (int i = at + 2; i < entry.length() && scale > 0; i++) {
            char letter = entry.charAt(i);
            if (letter >= '0' && letter <= '9') {
                value += (letter - '0') * scale;
                scale /= 10;
            } else if (letter != '.') {
                return value;
            }
        }
        return value;
    }
}
