package jp.genkan.av.yara.syntax;

/**
 * Cuts a rule file into tokens.
 *
 * <p>Thread rule: one thread.
 */
final class Lexer {
    private static final String[] LONG_SYMBOLS = {"..", "<<", ">>", "<=", ">=", "==", "!="};

    private final String input;
    private int at;
    private int line = 1;
    private int lineStart;

    /** Takes the octets of a file as Latin-1. */
    Lexer(String input) {
        this.input = input;
        this.at = input.startsWith("\u00ef\u00bb\u00bf") ? 3 : 0;
    }

    SyntaxException error(String message) {
        return new SyntaxException(line, at - lineStart + 1, message);
    }

    private char peek(int ahead) {
        int index = at + ahead;
        return index < input.length() ? input.charAt(index) : '\0';
    }

    private boolean isAtEnd() {
        return at >= input.length();
    }

    private void advance() {
        if (input.charAt(at) == '\n') {
            line++;
            lineStart = at + 1;
        }
        at++;
    }

    private void skipBlanks() throws SyntaxException {
        while (!isAtEnd()) {
            char c = peek(0);
            if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
                advance();
            } else if (c == '/' && peek(1) == '/') {
                while (!isAtEnd() && peek(0) != '\n') {
                    advance();
                }
            } else if (c == '/' && peek(1) == '*') {
                skipComment();
            } else {
                return;
            }
        }
    }

    private void skipComment() throws SyntaxException {
        SyntaxException unterminated = error("unterminated comment");
        at += 2;
        while (!(peek(0) == '*' && peek(1) == '/')) {
            if (isAtEnd()) {
                throw unterminated;
            }
            advance();
        }
        at += 2;
    }

    Token next() throws SyntaxException {
        skipBlanks();
        if (isAtEnd()) {
            return token(Token.Kind.END, "", at);
        }
        char c = peek(0);
        if (isNameStart(c)) {
            return token(Token.Kind.NAME, name(), at);
        }
        if (c >= '0' && c <= '9') {
            return number();
        }
        return switch (c) {
            case '"' -> text();
            case '/' -> regex();
            case '$', '#', '@' -> stringName(c);
            case '!' -> peek(1) == '=' ? symbol() : stringName(c);
            default -> symbol();
        };
    }

    private Token stringName(char sign) {
        int column = at - lineStart + 1;
        at++;
        String name = "$" + name();
        if (sign == '$' && peek(0) == '*') {
            at++;
            name += "*";
        }
        Token.Kind kind = switch (sign) {
            case '#' -> Token.Kind.COUNT;
            case '@' -> Token.Kind.OFFSET;
            case '!' -> Token.Kind.LENGTH;
            default -> Token.Kind.STRING_NAME;
        };
        return new Token(kind, name, 0, 0, line, column);
    }

    private Token token(Token.Kind kind, String text, int end) {
        return new Token(kind, text, 0, 0, line, end - text.length() - lineStart + 1);
    }

    private Token symbol() throws SyntaxException {
        for (String symbol : LONG_SYMBOLS) {
            if (input.startsWith(symbol, at)) {
                at += 2;
                return token(Token.Kind.SYMBOL, symbol, at);
            }
        }
        char c = peek(0);
        if ("(){}[]:=,.<>+-*\\%&|^~".indexOf(c) < 0) {
            throw error(
                    "unexpected character " + (c > ' ' && c <= '~' ? "'" + c + "'" : "0x" + Integer.toHexString(c)));
        }
        at++;
        return token(Token.Kind.SYMBOL, String.valueOf(c), at);
    }

    private static boolean isNameStart(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
    }

    private static boolean isNamePart(char c) {
        return isNameStart(c) || c >= '0' && c <= '9';
    }

    private String name() {
        int start = at;
        while (isNamePart(peek(0))) {
            at++;
        }
        return input.substring(start, at);
    }

    private Token number() throws SyntaxException {
        int start = at;
        int column = start - lineStart + 1;
        String digits = name();
        if (peek(0) == '.' && peek(1) >= '0' && peek(1) <= '9' && isDecimal(digits)) {
            at++;
            String real = digits + "." + name();
            try {
                return new Token(Token.Kind.REAL, real, 0, Double.parseDouble(real), line, column);
            } catch (NumberFormatException wrong) {
                throw new SyntaxException(line, column, "not a number: " + real);
            }
        }
        return new Token(Token.Kind.INTEGER, digits, integer(digits, column), 0, line, column);
    }

    private static boolean isDecimal(String digits) {
        return digits.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private long integer(String digits, int column) throws SyntaxException {
        try {
            if (digits.startsWith("0x")) {
                return Long.parseUnsignedLong(digits.substring(2), 16);
            }
            if (digits.startsWith("0o")) {
                return Long.parseLong(digits.substring(2), 8);
            }
            if (digits.endsWith("KB") || digits.endsWith("MB")) {
                long unit = digits.endsWith("KB") ? 1024 : 1024 * 1024;
                return Math.multiplyExact(Long.parseLong(digits.substring(0, digits.length() - 2)), unit);
            }
            return Long.parseLong(digits);
        } catch (NumberFormatException | ArithmeticException wrong) {
            throw new SyntaxException(line, column, "not an integer of 64 bits: " + digits);
        }
    }

    private Token text() throws SyntaxException {
        int column = at - lineStart + 1;
        SyntaxException unterminated = error("unterminated string");
        at++;
        StringBuilder text = new StringBuilder();
        while (peek(0) != '"') {
            char c = peek(0);
            if (isAtEnd() || c == '\n') {
                throw unterminated;
            }
            if (c == '\\') {
                escape(text);
            } else {
                text.append(c);
                at++;
            }
        }
        at++;
        return new Token(Token.Kind.TEXT, text.toString(), 0, 0, line, column);
    }

    private void escape(StringBuilder text) throws SyntaxException {
        char c = peek(1);
        switch (c) {
            case 't' -> text.append('\t');
            case 'n' -> text.append('\n');
            case 'r' -> text.append('\r');
            case '"', '\\' -> text.append(c);
            case 'x' -> {
                int high = Character.digit(peek(2), 16);
                int low = Character.digit(peek(3), 16);
                if (high < 0 || low < 0) {
                    throw error("illegal escape sequence");
                }
                text.append((char) (high * 16 + low));
                at += 2;
            }
            default -> throw error("illegal escape sequence");
        }
        at += 2;
    }

    private Token regex() throws SyntaxException {
        int column = at - lineStart + 1;
        SyntaxException unterminated = error("unterminated regular expression");
        at++;
        StringBuilder text = new StringBuilder();
        while (peek(0) != '/') {
            if (isAtEnd() || peek(0) == '\n') {
                throw unterminated;
            }
            if (peek(0) == '\\' && peek(1) == '/') {
                text.append('/');
                at += 2;
            } else if (peek(0) == '\\' && peek(1) != '\n' && at + 1 < input.length()) {
                text.append('\\').append(peek(1));
                at += 2;
            } else {
                text.append(peek(0));
                at++;
            }
        }
        at++;
        int flags = 0;
        while (peek(0) == 'i' || peek(0) == 's') {
            flags |= peek(0) == 'i' ? Token.CASELESS : Token.DOT_ALL;
            at++;
        }
        if (text.isEmpty()) {
            throw new SyntaxException(line, column, "empty regular expression");
        }
        return new Token(Token.Kind.REGEX, text.toString(), flags, 0, line, column);
    }

    /** Reads the body of a hex string when the next thing is one: what stands between the braces, without comments. */
    String hexBody() throws SyntaxException {
        SyntaxException unterminated = error("unterminated hex string");
        StringBuilder body = new StringBuilder();
        while (peek(0) != '}') {
            if (isAtEnd()) {
                throw unterminated;
            }
            if (peek(0) == '/') {
                int before = at;
                skipBlanks();
                if (at == before) {
                    throw error("unexpected '/' in a hex string");
                }
            } else {
                char c = peek(0);
                if (c != ' ' && c != '\t' && c != '\r' && c != '\n') {
                    body.append(c);
                }
                advance();
            }
        }
        at++;
        return body.toString();
    }
}
