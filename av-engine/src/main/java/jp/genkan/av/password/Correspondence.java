package jp.genkan.av.password;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import jp.genkan.protocols.mime.MailSummary;

/**
 * Who writes to whom in a mail: what one mail of a sender to a receiver says is tried on another one of the same two.
 *
 * <p>Thread rule: immutable, any thread.
 *
 * @param pairs each sender with each receiver
 */
public record Correspondence(Set<String> pairs) {
    /** Most pairs of a mail: archives with passwords are sent to few. */
    public static final int PAIRS_MAX = 32;

    /** RFC 5321 §4.5.3.1.3 allows 256 octets of an address. */
    private static final int ADDRESS_CHARS_MAX = 256;

    public Correspondence {
        pairs = Set.copyOf(pairs);
    }

    /** Of those senders to those receivers, as they stand in a header or in an envelope. */
    public static Correspondence of(List<String> senders, List<String> receivers) {
        Set<String> pairs = new LinkedHashSet<>();
        for (String sender : senders) {
            for (String receiver : receivers) {
                String from = MailSummary.bare(sender);
                String to = MailSummary.bare(receiver);
                boolean named = !from.isEmpty() && !to.isEmpty();
                if (named && pairs.size() < PAIRS_MAX && from.length() + to.length() <= 2 * ADDRESS_CHARS_MAX) {
                    pairs.add(from + '\n' + to);
                }
            }
        }
        return new Correspondence(pairs);
    }

    /** The pairs of both. */
    public Correspondence and(Correspondence other) {
        Set<String> both = new LinkedHashSet<>(pairs);
        for (String pair : other.pairs) {
            if (both.size() < PAIRS_MAX) {
                both.add(pair);
            }
        }
        return new Correspondence(both);
    }

    boolean meets(Correspondence other) {
        for (String pair : pairs) {
            if (other.pairs.contains(pair)) {
                return true;
            }
        }
        return false;
    }
}
