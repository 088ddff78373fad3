package jp.genkan.urlfilter.source;

import java.util.Set;
import jp.genkan.urlfilter.site.ListAction;

/**
 * What a hit leads to where a list does not say it: attacks are blocked, everything else is told only, unless the owner has named its category.
 *
 * @param blocked categories that the owner wants to be blocked
 */
public record Categories(Set<String> blocked) {
    /** Categories of attacks, by the names that UT1 and other collections use. */
    public static final Set<String> ATTACKS = Set.of(
            "phishing",
            "malware",
            "cryptojacking",
            "scam",
            "support-scam",
            "fraud",
            "ransomware",
            "botnet",
            "stalkerware");

    /** Nothing but attacks. */
    public static final Categories DEFAULT = new Categories(Set.of());

    public Categories {
        blocked = Set.copyOf(blocked);
    }

    /** The action for a category. */
    public ListAction actionFor(String category) {
        return ATTACKS.contains(category) || blocked.contains(category) ? ListAction.BLOCK : ListAction.LOG;
    }
}
