package jp.genkan.av.clamav;

/**
 * Numbers from one to another, both among them.
 *
 * @param min the first
 * @param max the last
 */
record Range(long min, long max) {
    static final Range ALL = new Range(Long.MIN_VALUE, Long.MAX_VALUE);

    static Range parse(String text) throws SignatureException {
        int dash = text.indexOf('-');
        try {
            long min = dash == 0 ? 0 : Long.parseLong(dash < 0 ? text : text.substring(0, dash));
            long max = dash < 0
                    ? min
                    : dash == text.length() - 1 ? Long.MAX_VALUE : Long.parseLong(text.substring(dash + 1));
            return new Range(min, max);
        } catch (NumberFormatException none) {
            throw new SignatureException("'" + text + "' is no range of numbers");
        }
    }

    boolean has(long number) {
        return number >= min && number <= max;
    }
}
