package jp.genkan.urlfilter.visit;

import java.util.Set;

/** What hosts belong to one site, as people count. Thread rule: stateless. */
final class SiteName {
    /** Second levels under which registries of countries give names, Japan's first; others are known by their length. */
    private static final Set<String> SECOND_LEVELS = Set.of(
            "co", "or", "ne", "ac", "go", "ed", "lg", "gr", "ad", "com", "net", "org", "gov", "edu", "mil", "gob",
            "nom");

    private static final int COUNTRY = 2;

    private SiteName() {}

    /**
     * The last labels of a host's name: two, or three below a country's second level. Good enough to count by; what is judged is judged by the list of public
     * suffixes.
     */
    static String of(String host) {
        int last = host.lastIndexOf('.');
        if (last <= 0 || host.charAt(0) == '[' || isDigit(host.charAt(host.length() - 1))) {
            return host;
        }
        int second = host.lastIndexOf('.', last - 1);
        if (second < 0) {
            return host;
        }
        boolean country = host.length() - last - 1 == COUNTRY;
        if (country && SECOND_LEVELS.contains(host.substring(second + 1, last))) {
            int third = host.lastIndexOf('.', second - 1);
            return third < 0 ? host : host.substring(third + 1);
        }
        return host.substring(second + 1);
    }

    private static boolean isDigit(char letter) {
        return letter >= '0' && letter <= '9';
    }
}
