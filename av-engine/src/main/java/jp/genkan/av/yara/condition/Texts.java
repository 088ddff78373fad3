package jp.genkan.av.yara.condition;

/**
 * Operators of texts. Only ASCII letters have two cases.
 *
 * <p>Thread rule: no state.
 */
final class Texts {
    private Texts() {}

    static String lower(String text) {
        int at = 0;
        while (at < text.length() && !(text.charAt(at) >= 'A' && text.charAt(at) <= 'Z')) {
            at++;
        }
        if (at == text.length()) {
            return text;
        }
        StringBuilder lower = new StringBuilder(text);
        for (; at < lower.length(); at++) {
            char c = lower.charAt(at);
            if (c >= 'A' && c <= 'Z') {
                lower.setCharAt(at, (char) (c + ('a' - 'A')));
            }
        }
        return lower.toString();
    }

    static boolean compare(Term.BinaryOperator operator, String left, String right) {
        return switch (operator) {
            case EQUAL -> left.equals(right);
            case NOT_EQUAL -> !left.equals(right);
            case LESS -> left.compareTo(right) < 0;
            case LESS_OR_EQUAL -> left.compareTo(right) <= 0;
            case GREATER -> left.compareTo(right) > 0;
            case GREATER_OR_EQUAL -> left.compareTo(right) >= 0;
            case CONTAINS -> left.contains(right);
            case ICONTAINS -> lower(left).contains(lower(right));
            case STARTS_WITH -> left.startsWith(right);
            case ISTARTS_WITH -> lower(left).startsWith(lower(right));
            case ENDS_WITH -> left.endsWith(right);
            case IENDS_WITH -> lower(left).endsWith(lower(right));
            case IEQUALS -> lower(left).equals(lower(right));
            default -> throw new IllegalStateException("no operator of texts: " + operator);
        };
    }
}
