package jp.genkan.av.password;

import java.util.List;

/**
 * Finds passwords in mails: in Japan an encrypted archive is sent with its password in the text, or in the next mail.
 *
 * <p>Thread rule: no state, any thread.
 */
public final class Passwords {
    /** Most passwords that one mail is believed to hold, and that are tried on one archive. */
    public static final int CANDIDATES_MAX = 16;

    /** Octets of a part that is searched: what is longer was not written by hand. */
    public static final int OCTETS_MAX = 256 << 10;

    private Passwords() {}

    /** What may be a password in a text, best first; plain text or HTML. */
    public static List<String> find(String text) {
        return PasswordSearch.in(text, CANDIDATES_MAX);
    }
}
