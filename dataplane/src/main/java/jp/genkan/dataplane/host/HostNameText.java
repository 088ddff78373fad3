package jp.genkan.dataplane.host;

/** Makes what a stranger calls itself fit for events, pages and log lines. */
final class HostNameText {
    /** A DNS label's length; no system lets a person give a machine a longer name. */
    static final int LENGTH_MAX = 63;

    private HostNameText() {}

    /** The text without characters that are not printable, without white space around it, and cut to a length. */
    static String clean(String text, int lengthMax) {
        StringBuilder clean = new StringBuilder(Math.min(text.length(), 2 * lengthMax));
        int taken = 0;
        for (int at = 0; at < text.length() && taken < lengthMax; ) {
            int character = text.codePointAt(at);
            at += Character.charCount(character);
            if (isPrintable(character)) {
                clean.appendCodePoint(character);
                taken++;
            }
        }
        return clean.toString().strip();
    }

    private static boolean isPrintable(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> character != '\ufffd';
        };
    }
}
