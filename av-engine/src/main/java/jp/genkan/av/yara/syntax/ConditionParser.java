package jp.genkan.av.yara.syntax;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import jp.genkan.av.pattern.Regex;
import jp.genkan.av.yara.condition.External;
import jp.genkan.av.yara.condition.Term;
import jp.genkan.av.yara.condition.Term.BinaryOperator;
import jp.genkan.av.yara.module.ValueType;
import org.jspecify.annotations.Nullable;

/**
 * Reads a condition. Each method reads one level of precedence, the loosest first.
 *
 * <p>Thread rule: one thread, one condition each.
 */
final class ConditionParser {
    /** Brackets, loops and prefixes within each other. */
    static final int DEPTH_MAX = 64;

    /** Operators in a row: they make a tree as deep. */
    static final int ROW_MAX = 512;

    private static final Map<String, BinaryOperator> COMPARISONS = Map.ofEntries(
            Map.entry("==", BinaryOperator.EQUAL),
            Map.entry("!=", BinaryOperator.NOT_EQUAL),
            Map.entry("<", BinaryOperator.LESS),
            Map.entry("<=", BinaryOperator.LESS_OR_EQUAL),
            Map.entry(">", BinaryOperator.GREATER),
            Map.entry(">=", BinaryOperator.GREATER_OR_EQUAL),
            Map.entry("contains", BinaryOperator.CONTAINS),
            Map.entry("icontains", BinaryOperator.ICONTAINS),
            Map.entry("startswith", BinaryOperator.STARTS_WITH),
            Map.entry("istartswith", BinaryOperator.ISTARTS_WITH),
            Map.entry("endswith", BinaryOperator.ENDS_WITH),
            Map.entry("iendswith", BinaryOperator.IENDS_WITH),
            Map.entry("iequals", BinaryOperator.IEQUALS),
            Map.entry("matches", BinaryOperator.MATCHES));

    /** By precedence, the loosest first. */
    private static final List<Map<String, BinaryOperator>> LEVELS = List.of(
            Map.of("|", BinaryOperator.OR),
            Map.of("^", BinaryOperator.XOR),
            Map.of("&", BinaryOperator.AND),
            Map.of("<<", BinaryOperator.SHIFT_LEFT, ">>", BinaryOperator.SHIFT_RIGHT),
            Map.of("+", BinaryOperator.ADD, "-", BinaryOperator.SUBTRACT),
            Map.of("*", BinaryOperator.MULTIPLY, "\\", BinaryOperator.DIVIDE, "%", BinaryOperator.MODULO));

    private final Tokens tokens;
    private final RuleFileParser.Strings strings;
    private final Map<String, Integer> rules;
    private final Paths paths;
    /** Variables of the loops around, by name. */
    private final Map<String, Object> variables = new HashMap<>();

    private final Set<Integer> references = new HashSet<>();
    private int slots;
    private int depth;
    private int stringLoops;

    ConditionParser(Tokens tokens, RuleFileParser.Strings strings, Set<String> imports, Map<String, Integer> rules) {
        this.tokens = tokens;
        this.strings = strings;
        this.rules = rules;
        this.paths = new Paths(tokens, this, imports);
    }

    Term parse() throws SyntaxException {
        return expression();
    }

    /** How many slots the variables of loops take. */
    int slots() {
        return slots;
    }

    /** The rules that it refers to. */
    Set<Integer> references() {
        return references;
    }

    Map<String, Object> variables() {
        return variables;
    }

    private void enter() throws SyntaxException {
        if (++depth > DEPTH_MAX) {
            throw Tokens.error(tokens.peek(), "the condition is nested too deep");
        }
    }

    /** Reads a condition. */
    Term expression() throws SyntaxException {
        enter();
        List<Term> ways = new ArrayList<>();
        do {
            ways.add(conjunction());
        } while (tokens.accept("or"));
        depth--;
        return ways.size() == 1 ? ways.getFirst() : new Term.Or(ways);
    }

    private Term conjunction() throws SyntaxException {
        List<Term> parts = new ArrayList<>();
        do {
            parts.add(negation());
        } while (tokens.accept("and"));
        return parts.size() == 1 ? parts.getFirst() : new Term.And(parts);
    }

    private Term negation() throws SyntaxException {
        if (!tokens.peek().is("not") && !tokens.peek().is("defined")) {
            return comparison();
        }
        enter();
        boolean not = tokens.next().is("not");
        Term of = negation();
        depth--;
        return not ? new Term.Not(of) : new Term.Defined(of);
    }

    private Term comparison() throws SyntaxException {
        Token start = tokens.peek();
        if (start.is("for")) {
            return loop();
        }
        if ((start.is("all") || start.is("any") || start.is("none"))
                && tokens.peekSecond().is("of")) {
            Term.Quantifier quantifier = quantifier();
            tokens.next();
            return of(quantifier);
        }
        Term left = value();
        Token operator = tokens.peek();
        if (operator.is("of")) {
            tokens.next();
            return of(count(start, left, Term.QuantifierKind.COUNT));
        }
        if (operator.is("%")) {
            tokens.next();
            tokens.expect("of");
            return of(count(start, left, Term.QuantifierKind.PERCENT));
        }
        BinaryOperator comparison = operator.kind() == Token.Kind.SYMBOL || operator.kind() == Token.Kind.NAME
                ? COMPARISONS.get(operator.text())
                : null;
        if (comparison == null) {
            return left;
        }
        tokens.next();
        Token rightStart = tokens.peek();
        Term right = value();
        checkComparison(comparison, left, right, rightStart);
        return new Term.Binary(comparison, left, right);
    }

    private static void checkComparison(BinaryOperator operator, Term left, Term right, Token at)
            throws SyntaxException {
        boolean numbers = isNumber(left) && isNumber(right);
        boolean texts = left.type() == ValueType.TEXT && right.type() == ValueType.TEXT;
        boolean fitting = switch (operator) {
            case EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> numbers || texts;
            case MATCHES -> left.type() == ValueType.TEXT && right.type() == ValueType.REGEX;
            default -> texts;
        };
        if (!fitting) {
            throw Tokens.error(
                    at,
                    "wrong types: " + left.type().name().toLowerCase(Locale.ROOT) + " and "
                            + right.type().name().toLowerCase(Locale.ROOT));
        }
    }

    private static boolean isNumber(Term term) {
        return term.type() == ValueType.INTEGER || term.type() == ValueType.FLOAT;
    }

    /** Reads a value: what arithmetic makes. */
    Term value() throws SyntaxException {
        return level(0);
    }

    /** Reads an integer. */
    Term integer() throws SyntaxException {
        Token start = tokens.peek();
        Term term = value();
        if (term.type() != ValueType.INTEGER) {
            throw Tokens.error(start, "an integer is expected");
        }
        return term;
    }

    private Term level(int level) throws SyntaxException {
        if (level == LEVELS.size()) {
            return prefixed();
        }
        Token start = tokens.peek();
        Term left = level(level + 1);
        for (int row = 0; ; row++) {
            Token token = tokens.peek();
            BinaryOperator operator =
                    token.kind() == Token.Kind.SYMBOL ? LEVELS.get(level).get(token.text()) : null;
            if (operator == null
                    || operator == BinaryOperator.MODULO && tokens.peekSecond().is("of")) {
                return left;
            }
            if (row == ROW_MAX) {
                throw Tokens.error(token, "more than " + ROW_MAX + " operators in a row");
            }
            tokens.next();
            Term right = level(level + 1);
            checkArithmetic(operator, left, right, start);
            left = new Term.Binary(operator, left, right);
        }
    }

    private static void checkArithmetic(BinaryOperator operator, Term left, Term right, Token at)
            throws SyntaxException {
        boolean floats = switch (operator) {
            case ADD, SUBTRACT, MULTIPLY, DIVIDE -> true;
            default -> false;
        };
        boolean good = floats
                ? isNumber(left) && isNumber(right)
                : left.type() == ValueType.INTEGER && right.type() == ValueType.INTEGER;
        if (!good) {
            throw Tokens.error(at, "wrong types for an operator of numbers");
        }
    }

    private Term prefixed() throws SyntaxException {
        Token token = tokens.peek();
        if (!token.is("-") && !token.is("~")) {
            return primary();
        }
        enter();
        tokens.next();
        Term of = prefixed();
        depth--;
        if (!isNumber(of) || token.is("~") && of.type() != ValueType.INTEGER) {
            throw Tokens.error(token, "a number is expected");
        }
        if (of instanceof Term.IntegerConstant constant) {
            return new Term.IntegerConstant(token.is("-") ? -constant.value() : ~constant.value());
        }
        return new Term.Unary(token.is("-") ? Term.UnaryOperator.MINUS : Term.UnaryOperator.COMPLEMENT, of);
    }

    private Term primary() throws SyntaxException {
        Token token = tokens.next();
        return switch (token.kind()) {
            case INTEGER -> new Term.IntegerConstant(token.number());
            case REAL -> new Term.FloatConstant(token.real());
            case TEXT -> new Term.TextConstant(token.text());
            case REGEX -> regex(token);
            case STRING_NAME -> string(token);
            case COUNT -> {
                int pattern = pattern(token);
                yield new Term.Count(pattern, tokens.accept("in") ? range() : null);
            }
            case OFFSET -> new Term.Offset(pattern(token), index());
            case LENGTH -> new Term.Length(pattern(token), index());
            case NAME -> named(token);
            case SYMBOL -> {
                if (!token.is("(")) {
                    throw Tokens.error(token, "unexpected " + token.describe());
                }
                Term inside = expression();
                tokens.expect(")");
                yield inside;
            }
            case END -> throw Tokens.error(token, "unexpected " + token.describe());
        };
    }

    private static Term regex(Token token) throws SyntaxException {
        try {
            boolean caseless = (token.number() & Token.CASELESS) != 0;
            boolean dotAll = (token.number() & Token.DOT_ALL) != 0;
            return new Term.RegexConstant(new Regex(RegexParser.parse(token.text(), caseless, dotAll)));
        } catch (IllegalArgumentException wrong) {
            throw Tokens.error(token, String.valueOf(wrong.getMessage()));
        }
    }

    private int pattern(Token token) throws SyntaxException {
        if (token.text().equals("$")) {
            if (stringLoops == 0) {
                throw Tokens.error(token, "wrong use of an anonymous string");
            }
            return Term.CURRENT;
        }
        if (token.text().endsWith("*")) {
            throw Tokens.error(token, "unexpected " + token.describe());
        }
        return strings.pattern(token, token.text());
    }

    private Term index() throws SyntaxException {
        if (!tokens.accept("[")) {
            return new Term.IntegerConstant(1);
        }
        Term index = integer();
        tokens.expect("]");
        return index;
    }

    private Term string(Token token) throws SyntaxException {
        int pattern = pattern(token);
        if (tokens.accept("at")) {
            return new Term.FoundAt(pattern, integer());
        }
        if (tokens.accept("in")) {
            return new Term.FoundIn(pattern, range());
        }
        return new Term.Found(pattern);
    }

    private Term.Range range() throws SyntaxException {
        tokens.expect("(");
        Term from = integer();
        tokens.expect("..");
        Term to = integer();
        tokens.expect(")");
        return new Term.Range(from, to);
    }

    private Term named(Token token) throws SyntaxException {
        switch (token.text()) {
            case "true", "false" -> {
                return new Term.BooleanConstant(token.is("true"));
            }
            case "filesize" -> {
                return new Term.FileSize();
            }
            case "entrypoint" -> {
                return new Term.EntryPoint();
            }
            default -> {
                // Goes on.
            }
        }
        Term read = readInteger(token);
        if (read != null) {
            return read;
        }
        if (Keywords.is(token.text())) {
            throw Tokens.error(token, "unexpected " + token.describe());
        }
        Integer rule = rules.get(token.text());
        if (rule != null && !variables.containsKey(token.text())) {
            references.add(rule);
            return new Term.RuleReference(rule);
        }
        External external = external(token.text());
        if (external != null && !variables.containsKey(token.text())) {
            return new Term.ExternalText(external);
        }
        return paths.value(token);
    }

    private static @Nullable External external(String name) {
        return switch (name) {
            case "filename" -> External.FILENAME;
            case "filepath" -> External.FILEPATH;
            case "extension" -> External.EXTENSION;
            case "filetype" -> External.FILETYPE;
            case "owner" -> External.OWNER;
            default -> null;
        };
    }

    private @Nullable Term readInteger(Token token) throws SyntaxException {
        String name = token.text();
        boolean unsigned = name.startsWith("u");
        String rest = unsigned ? name.substring(1) : name;
        boolean bigEndian = rest.endsWith("be");
        int octets = switch (bigEndian ? rest.substring(0, rest.length() - 2) : rest) {
            case "int8" -> 1;
            case "int16" -> 2;
            case "int32" -> 4;
            default -> 0;
        };
        if (octets == 0) {
            return null;
        }
        tokens.expect("(");
        Term at = integer();
        tokens.expect(")");
        return new Term.ReadInteger(octets, !unsigned, bigEndian, at);
    }

    private Term.Quantifier quantifier() throws SyntaxException {
        Token token = tokens.peek();
        for (Term.QuantifierKind kind :
                List.of(Term.QuantifierKind.ALL, Term.QuantifierKind.ANY, Term.QuantifierKind.NONE)) {
            if (tokens.accept(kind.name().toLowerCase(Locale.ROOT))) {
                return new Term.Quantifier(kind, null);
            }
        }
        return count(token, value(), Term.QuantifierKind.COUNT);
    }

    private static Term.Quantifier count(Token at, Term number, Term.QuantifierKind kind) throws SyntaxException {
        if (number.type() != ValueType.INTEGER) {
            throw Tokens.error(at, "an integer is expected");
        }
        return new Term.Quantifier(kind, number);
    }

    private Term of(Term.Quantifier quantifier) throws SyntaxException {
        if (tokens.peek().is("(") && tokens.peekSecond().kind() == Token.Kind.NAME) {
            return new Term.OfRules(quantifier, ruleSet());
        }
        List<Integer> set = stringSet();
        return new Term.OfStrings(quantifier, set, tokens.accept("in") ? range() : null);
    }

    private List<Integer> stringSet() throws SyntaxException {
        Token them = tokens.peek();
        if (tokens.accept("them")) {
            return strings.all(them);
        }
        tokens.expect("(");
        List<Integer> set = new ArrayList<>();
        do {
            Token name = tokens.next();
            if (name.kind() != Token.Kind.STRING_NAME) {
                throw Tokens.error(name, "a string is expected, not " + name.describe());
            }
            if (name.text().endsWith("*")) {
                set.addAll(strings.matching(
                        name, name.text().substring(0, name.text().length() - 1)));
            } else if (name.text().equals("$")) {
                throw Tokens.error(name, "wrong use of an anonymous string");
            } else {
                set.add(strings.pattern(name, name.text()));
            }
        } while (tokens.accept(","));
        tokens.expect(")");
        return set;
    }

    private List<Integer> ruleSet() throws SyntaxException {
        tokens.expect("(");
        List<Integer> set = new ArrayList<>();
        do {
            Token name = tokens.name("a rule");
            if (tokens.accept("*")) {
                int before = set.size();
                rules.forEach((rule, index) -> {
                    if (rule.startsWith(name.text())) {
                        references.add(index);
                        set.add(index);
                    }
                });
                if (set.size() == before) {
                    throw Tokens.error(name, "undefined rule \"" + name.text() + "*\"");
                }
            } else {
                Integer rule = rules.get(name.text());
                if (rule == null) {
                    throw Tokens.error(name, "undefined rule \"" + name.text() + "\"");
                }
                references.add(rule);
                set.add(rule);
            }
        } while (tokens.accept(","));
        tokens.expect(")");
        return set;
    }

    private Term loop() throws SyntaxException {
        enter();
        tokens.next();
        Term.Quantifier quantifier = quantifier();
        Term loop = tokens.accept("of") ? stringLoop(quantifier) : valueLoop(quantifier);
        depth--;
        return loop;
    }

    private Term body() throws SyntaxException {
        tokens.expect(":");
        tokens.expect("(");
        Term body = expression();
        tokens.expect(")");
        return body;
    }

    private Term stringLoop(Term.Quantifier quantifier) throws SyntaxException {
        List<Integer> set = stringSet();
        int slot = slots++;
        stringLoops++;
        Term body = body();
        stringLoops--;
        return new Term.ForStrings(quantifier, set, slot, body);
    }

    private Term valueLoop(Term.Quantifier quantifier) throws SyntaxException {
        Token first = tokens.name("a variable");
        Token second = tokens.accept(",") ? tokens.name("a variable") : null;
        tokens.expect("in");
        int slot = slots++;
        if (tokens.peek().is("(")) {
            if (second != null) {
                throw Tokens.error(second, "only a dictionary has two values");
            }
            return numberLoop(quantifier, first, slot);
        }
        Paths.Collected over = paths.iterable(tokens.next());
        if (over.isDictionary() != (second != null)) {
            throw Tokens.error(first, "a dictionary has two values, an array one");
        }
        if (second != null) {
            int valueSlot = slots++;
            define(first, new Term.Variable(slot, ValueType.TEXT));
            define(second, new Term.Variable(valueSlot, ValueType.TEXT));
            Term body = body();
            variables.remove(second.text());
            variables.remove(first.text());
            return new Term.ForDictionary(quantifier, slot, valueSlot, over.place(), body);
        }
        define(first, over.variable(slot));
        Term body = body();
        variables.remove(first.text());
        return new Term.ForArray(quantifier, slot, over.place(), body);
    }

    private Term numberLoop(Term.Quantifier quantifier, Token name, int slot) throws SyntaxException {
        tokens.expect("(");
        Term from = integer();
        Term.Range range = null;
        List<Term> numbers = new ArrayList<>(List.of(from));
        if (tokens.accept("..")) {
            range = new Term.Range(from, integer());
        } else {
            while (tokens.accept(",")) {
                numbers.add(integer());
            }
        }
        tokens.expect(")");
        define(name, new Term.Variable(slot, ValueType.INTEGER));
        Term body = body();
        variables.remove(name.text());
        return range != null
                ? new Term.ForRange(quantifier, slot, range, body)
                : new Term.ForNumbers(quantifier, slot, numbers, body);
    }

    private void define(Token name, Object variable) throws SyntaxException {
        if (variables.putIfAbsent(name.text(), variable) != null) {
            throw Tokens.error(name, "duplicated loop identifier \"" + name.text() + "\"");
        }
    }
}
