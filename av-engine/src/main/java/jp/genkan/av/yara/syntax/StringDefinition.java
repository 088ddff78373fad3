package jp.genkan.av.yara.syntax;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jp.genkan.av.pattern.Expression;
import jp.genkan.av.pattern.Pattern;

/**
 * Reads one string of a rule, with its modifiers, and makes a pattern of it.
 *
 * <p>Thread rule: one thread.
 */
final class StringDefinition {
    private final Tokens tokens;
    private final Map<String, Token> modifiers = new HashMap<>();
    private int xorFrom;
    private int xorTo;
    private String alphabet = "";

    private StringDefinition(Tokens tokens) {
        this.tokens = tokens;
    }

    /** Reads what stands behind the equals sign. */
    static Pattern parse(Tokens tokens) throws SyntaxException {
        return new StringDefinition(tokens).pattern();
    }

    private Pattern pattern() throws SyntaxException {
        Token token = tokens.peek();
        try {
            if (token.is("{")) {
                Expression hex = HexParser.parse(tokens.hexBody());
                modifiers("private");
                return Pattern.of(hex);
            }
            tokens.next();
            if (token.kind() == Token.Kind.REGEX) {
                return regex(token);
            }
            if (token.kind() == Token.Kind.TEXT) {
                return text(token);
            }
        } catch (IllegalArgumentException wrong) {
            throw new SyntaxException(token.line(), token.column(), String.valueOf(wrong.getMessage()));
        }
        throw Tokens.error(token, "a string, hex string or regular expression is expected, not " + token.describe());
    }

    private Pattern regex(Token token) throws SyntaxException {
        modifiers("nocase", "ascii", "wide", "fullword", "private");
        Set<Pattern.Flag> flags = flags();
        if ((token.number() & Token.CASELESS) != 0) {
            flags.add(Pattern.Flag.NOCASE);
        }
        boolean dotAll = (token.number() & Token.DOT_ALL) != 0;
        return Pattern.of(RegexParser.parse(token.text(), false, dotAll), flags);
    }

    private Pattern text(Token token) throws SyntaxException {
        if (token.text().isEmpty()) {
            throw Tokens.error(token, "empty string");
        }
        modifiers("nocase", "ascii", "wide", "fullword", "xor", "base64", "base64wide", "private");
        boolean encoded = has("base64") || has("base64wide");
        refuse("xor", "nocase");
        for (String one : List.of("nocase", "xor", "fullword")) {
            refuse("base64", one);
            refuse("base64wide", one);
        }
        if (encoded) {
            return encoded(token);
        }
        return new Pattern(new Expression.Octets(token.text()), flags(), xorFrom, xorTo);
    }

    private boolean has(String modifier) {
        return modifiers.containsKey(modifier);
    }

    private void refuse(String a, String b) throws SyntaxException {
        Token second = modifiers.get(b);
        if (has(a) && second != null) {
            throw Tokens.error(second, "invalid modifier combination: " + a + " " + b);
        }
    }

    private Set<Pattern.Flag> flags() {
        Set<Pattern.Flag> flags = EnumSet.noneOf(Pattern.Flag.class);
        if (has("wide")) {
            flags.add(Pattern.Flag.WIDE);
        }
        if (has("ascii") || !has("wide")) {
            flags.add(Pattern.Flag.ASCII);
        }
        if (has("nocase")) {
            flags.add(Pattern.Flag.NOCASE);
        }
        if (has("fullword")) {
            flags.add(Pattern.Flag.FULLWORD);
        }
        return flags;
    }

    private Pattern encoded(Token token) throws SyntaxException {
        if (token.text().length() < 3) {
            throw Tokens.error(token, "a base64 string has 3 octets at least");
        }
        Set<Pattern.Flag> of = flags();
        Set<String> ways = new LinkedHashSet<>();
        String letters = alphabet.isEmpty() ? Base64.ALPHABET : alphabet;
        if (of.contains(Pattern.Flag.ASCII)) {
            ways.addAll(Base64.ways(token.text(), letters));
        }
        if (of.contains(Pattern.Flag.WIDE)) {
            StringBuilder wide = new StringBuilder();
            token.text().chars().forEach(c -> wide.append((char) c).append('\0'));
            ways.addAll(Base64.ways(wide.toString(), letters));
        }
        List<Expression> choice = new ArrayList<>();
        ways.forEach(way -> choice.add(new Expression.Octets(way)));
        Set<Pattern.Flag> flags = EnumSet.noneOf(Pattern.Flag.class);
        if (has("base64")) {
            flags.add(Pattern.Flag.ASCII);
        }
        if (has("base64wide")) {
            flags.add(Pattern.Flag.WIDE);
        }
        return Pattern.of(new Expression.Choice(choice), flags);
    }

    private void modifiers(String... allowed) throws SyntaxException {
        while (tokens.peek().kind() == Token.Kind.NAME
                && isModifier(tokens.peek().text())) {
            Token token = tokens.next();
            if (!List.of(allowed).contains(token.text())) {
                throw Tokens.error(token, "invalid modifier: " + token.text());
            }
            if (modifiers.put(token.text(), token) != null) {
                throw Tokens.error(token, "duplicated modifier: " + token.text());
            }
            if (token.text().equals("xor")) {
                keys();
            } else if (token.text().startsWith("base64")) {
                alphabet(token);
            }
        }
    }

    private static boolean isModifier(String name) {
        return switch (name) {
            case "nocase", "ascii", "wide", "fullword", "xor", "base64", "base64wide", "private" -> true;
            default -> false;
        };
    }

    private void keys() throws SyntaxException {
        xorFrom = 0;
        xorTo = 0xff;
        if (tokens.accept("(")) {
            xorFrom = key();
            xorTo = tokens.accept("-") ? key() : xorFrom;
            Token end = tokens.expect(")");
            if (xorTo < xorFrom) {
                throw Tokens.error(end, "xor keys end before they begin");
            }
        }
    }

    private int key() throws SyntaxException {
        Token token = tokens.next();
        if (token.kind() != Token.Kind.INTEGER || token.number() < 0 || token.number() > 0xff) {
            throw Tokens.error(token, "a xor key is 0 to 255");
        }
        return (int) token.number();
    }

    private void alphabet(Token modifier) throws SyntaxException {
        String before = alphabet;
        alphabet = Base64.ALPHABET;
        if (tokens.accept("(")) {
            Token token = tokens.next();
            if (token.kind() != Token.Kind.TEXT || token.text().length() != 64) {
                throw Tokens.error(token, "length of base64 alphabet must be 64");
            }
            alphabet = token.text();
            tokens.expect(")");
        }
        if (!before.isEmpty() && !before.equals(alphabet)) {
            throw Tokens.error(modifier, "can not specify multiple alphabets");
        }
    }
}
