package jp.genkan.appcontrol.stage;

/** Names that a program makes up. Stateless. */
final class RandomName {
    private static final String BEFORE = "www.";
    private static final String BEHIND = ".com";
    private static final int LEAST = 8;
    private static final int MOST = 25;

    private RandomName() {}

    /**
     * True for a name as Tor's relays make it up for their hellos: eight and more random characters of base 32 between {@code www.} and {@code .com}. Without a digit it
     * might be a word.
     */
    static boolean isTors(String host) {
        int length = host.length() - BEFORE.length() - BEHIND.length();
        if (length < LEAST || length > MOST || !host.startsWith(BEFORE) || !host.endsWith(BEHIND)) {
            return false;
        }
        boolean digit = false;
        for (int i = BEFORE.length(); i < host.length() - BEHIND.length(); i++) {
            char c = host.charAt(i);
            boolean base32 = c >= 'a' && c <= 'z' || c >= '2' && c <= '7';
            if (!base32) {
                return false;
            }
            digit |= c <= '9';
        }
        return digit;
    }
}
