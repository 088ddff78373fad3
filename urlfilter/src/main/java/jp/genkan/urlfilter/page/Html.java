package jp.genkan.urlfilter.page;

/** Text that goes into a page. Thread rule: stateless. */
final class Html {
    private Html() {}

    /**
     * Makes a text harmless: marks become references, control and direction characters question marks, and a long one is cut.
     *
     * @param max characters that are kept
     */
    static String escaped(String text, int max) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        int end = Math.min(text.length(), max);
        for (int i = 0; i < end; i++) {
            char letter = text.charAt(i);
            switch (letter) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.append(isPlain(letter) ? letter : '?');
            }
        }
        return end < text.length() ? out.append('…').toString() : out.toString();
    }

    private static boolean isPlain(char letter) {
        return switch (Character.getType(letter)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE -> false;
            default -> true;
        };
    }
}
