package jp.genkan.dataplane.host;

/** Makes what a stranger calls itself fit for events, pages and log lines. */
final class HostNameText {
    /** A DNS label's length; no system lets a person give a machine a longer name. */
    static final int LENGTH_MAX = 63;

    private HostNameText() {}

    /** The text without characters that are not printable, without white space around it, and cut to a length. */
    static String clean(String text, int lengthMax) {
        StringBuilder clean = new StringBuilder();
        text.codePoints().filter(HostNameText::isPrintable).limit(lengthMax).forEach(clean::appendCodePoint);
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
