package jp.genkan.av.yara.syntax;

import org.jspecify.annotations.Nullable;

/**
 * The tokens of a file, with a look at the next one.
 *
 * <p>Thread rule: one thread.
 */
final class Tokens {
    private final Lexer lexer;
    private @Nullable Token ahead;
    private @Nullable Token second;

    Tokens(Lexer lexer) {
        this.lexer = lexer;
    }

    static SyntaxException error(Token token, String message) {
        return new SyntaxException(token.line(), token.column(), message);
    }

    Token peek() throws SyntaxException {
        Token token = ahead;
        if (token == null) {
            token = lexer.next();
            ahead = token;
        }
        return token;
    }

    /** The token behind the next one. */
    Token peekSecond() throws SyntaxException {
        peek();
        Token token = second;
        if (token == null) {
            token = lexer.next();
            second = token;
        }
        return token;
    }

    Token next() throws SyntaxException {
        Token token = peek();
        ahead = second;
        second = null;
        return token;
    }

    boolean accept(String symbolOrKeyword) throws SyntaxException {
        if (peek().is(symbolOrKeyword)) {
            next();
            return true;
        }
        return false;
    }

    Token expect(String symbolOrKeyword) throws SyntaxException {
        Token token = next();
        if (!token.is(symbolOrKeyword)) {
            throw error(token, "\"" + symbolOrKeyword + "\" is expected, not " + token.describe());
        }
        return token;
    }

    /** Reads the body of a hex string; its brace is the next token. */
    String hexBody() throws SyntaxException {
        ahead = null;
        return lexer.hexBody();
    }

    /** An identifier that is no keyword. */
    Token name(String what) throws SyntaxException {
        Token token = next();
        if (token.kind() != Token.Kind.NAME || Keywords.is(token.text())) {
            throw error(token, what + " is expected, not " + token.describe());
        }
        return token;
    }
}
