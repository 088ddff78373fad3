package jp.genkan.av.yara.syntax;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;
import jp.genkan.av.pattern.Pattern;
import jp.genkan.av.yara.condition.Rule;
import jp.genkan.av.yara.condition.Term;
import jp.genkan.av.yara.module.YaraModules;

/**
 * Reads a rule file and what it includes.
 *
 * <p>Thread rule: one thread, one file each.
 */
public final class RuleFileParser {
    /** Files within files. */
    static final int INCLUDES_DEEP_MAX = 16;

    /** Strings of one rule, as in YARA. */
    static final int STRINGS_MAX = 10_000;

    /** Rules that refer to rules that refer to rules: deciding one recurses as deep. */
    static final int REFERENCES_DEEP_MAX = 100;

    private final int namespace;
    private final int firstRule;
    private final ToIntFunction<Pattern> patterns;
    private final List<Rule> rules = new ArrayList<>();
    private final Map<String, Integer> rulesByName = new LinkedHashMap<>();
    private final Map<Integer, Integer> depths = new HashMap<>();
    private final Set<String> imports = new HashSet<>();

    /**
     * Prepares for a file.
     *
     * @param namespace its index among the files
     * @param firstRule index that its first rule will have among all
     * @param patterns adds a pattern and returns its id
     */
    public RuleFileParser(int namespace, int firstRule, ToIntFunction<Pattern> patterns) {
        this.namespace = namespace;
        this.firstRule = firstRule;
        this.patterns = patterns;
    }

    /**
     * Where something is wrong, also in a file that was included.
     */
    public static final class FileException extends Exception {
        private static final long serialVersionUID = 1L;
        private final String file;
        private final int line;
        private final int column;

        FileException(String file, SyntaxException cause) {
            super(cause.getMessage(), cause);
            this.file = file;
            this.line = cause.line();
            this.column = cause.column();
        }

        public String file() {
            return file;
        }

        public int line() {
            return line;
        }

        public int column() {
            return column;
        }
    }

    /** Reads a file; returns its rules. */
    public List<Rule> parse(Path file) throws FileException, IOException {
        include(file, 0);
        return List.copyOf(rules);
    }

    /** Reads rules that stand in no file; they include nothing. */
    public List<Rule> parse(String name, String text) throws FileException, IOException {
        read(name, Path.of(""), text, 0);
        return List.copyOf(rules);
    }

    private void include(Path file, int depth) throws FileException, IOException {
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        Path folder = file.toAbsolutePath().getParent();
        read(file.toString(), folder == null ? Path.of("/") : folder, text, depth);
    }

    private void read(String name, Path folder, String text, int depth) throws FileException, IOException {
        Tokens tokens = new Tokens(new Lexer(text));
        try {
            while (tokens.peek().kind() != Token.Kind.END) {
                Token token = tokens.peek();
                if (tokens.accept("import")) {
                    importModule(tokens);
                } else if (tokens.accept("include")) {
                    include(tokens, token, folder, depth);
                } else {
                    rule(tokens);
                }
            }
        } catch (SyntaxException wrong) {
            throw new FileException(name, wrong);
        }
    }

    private void importModule(Tokens tokens) throws SyntaxException {
        Token module = tokens.next();
        if (module.kind() != Token.Kind.TEXT) {
            throw Tokens.error(module, "the name of a module is expected, not " + module.describe());
        }
        if (YaraModules.index(module.text()) < 0) {
            throw Tokens.error(module, "unknown module \"" + module.text() + "\"");
        }
        imports.add(module.text());
    }

    private void include(Tokens tokens, Token at, Path folder, int depth)
            throws SyntaxException, FileException, IOException {
        Token file = tokens.next();
        if (file.kind() != Token.Kind.TEXT) {
            throw Tokens.error(file, "the name of a file is expected, not " + file.describe());
        }
        if (depth >= INCLUDES_DEEP_MAX) {
            throw Tokens.error(at, "includes are nested too deep");
        }
        try {
            include(folder.resolve(file.text()), depth + 1);
        } catch (IOException | InvalidPathException unreadable) {
            throw Tokens.error(file, "cannot be included: " + unreadable.getMessage());
        }
    }

    private void rule(Tokens tokens) throws SyntaxException {
        Rule.Scope scope = Rule.Scope.ORDINARY;
        Rule.Visibility visibility = Rule.Visibility.PUBLIC;
        while (true) {
            if (tokens.accept("global")) {
                scope = Rule.Scope.GLOBAL;
            } else if (tokens.accept("private")) {
                visibility = Rule.Visibility.PRIVATE;
            } else {
                break;
            }
        }
        tokens.expect("rule");
        Token name = tokens.name("the name of a rule");
        if (rulesByName.containsKey(name.text()) || imports.contains(name.text())) {
            throw Tokens.error(name, "duplicated identifier \"" + name.text() + "\"");
        }
        if (tokens.accept(":")) {
            tags(tokens);
        }
        tokens.expect("{");
        if (tokens.accept("meta")) {
            meta(tokens);
        }
        Strings strings = new Strings();
        if (tokens.accept("strings")) {
            strings(tokens, strings);
        }
        tokens.expect("condition");
        tokens.expect(":");
        ConditionParser parser = new ConditionParser(tokens, strings, imports, rulesByName);
        Term condition = parser.parse();
        tokens.expect("}");
        strings.checkReferences();
        int depth = 0;
        for (int reference : parser.references()) {
            depth = Math.max(depth, depths.getOrDefault(reference, 0) + 1);
        }
        if (depth > REFERENCES_DEEP_MAX) {
            throw Tokens.error(name, "rules refer to rules too deep");
        }
        depths.put(firstRule + rules.size(), depth);
        rulesByName.put(name.text(), firstRule + rules.size());
        rules.add(new Rule(name.text(), namespace, scope, visibility, condition, parser.slots()));
    }

    private static void tags(Tokens tokens) throws SyntaxException {
        Set<String> seen = new HashSet<>();
        do {
            Token tag = tokens.name("a tag");
            if (!seen.add(tag.text())) {
                throw Tokens.error(tag, "duplicated tag identifier \"" + tag.text() + "\"");
            }
        } while (!tokens.peek().is("{"));
    }

    private static void meta(Tokens tokens) throws SyntaxException {
        tokens.expect(":");
        do {
            tokens.name("the name of a meta value");
            tokens.expect("=");
            Token value = tokens.next();
            if (value.is("-")) {
                value = tokens.next();
                if (value.kind() != Token.Kind.INTEGER) {
                    throw Tokens.error(value, "a number is expected, not " + value.describe());
                }
            } else if (value.kind() != Token.Kind.INTEGER
                    && value.kind() != Token.Kind.TEXT
                    && !value.is("true")
                    && !value.is("false")) {
                throw Tokens.error(value, "a meta value is expected, not " + value.describe());
            }
        } while (!tokens.peek().is("strings") && !tokens.peek().is("condition"));
    }

    private void strings(Tokens tokens, Strings strings) throws SyntaxException {
        tokens.expect(":");
        do {
            Token name = tokens.next();
            if (name.kind() != Token.Kind.STRING_NAME || name.text().endsWith("*")) {
                throw Tokens.error(name, "the name of a string is expected, not " + name.describe());
            }
            tokens.expect("=");
            int pattern;
            try {
                pattern = patterns.applyAsInt(StringDefinition.parse(tokens));
            } catch (IllegalArgumentException tooLarge) {
                throw Tokens.error(name, String.valueOf(tooLarge.getMessage()));
            }
            strings.add(name, pattern);
        } while (!tokens.peek().is("condition"));
    }

    /** The strings of one rule. */
    static final class Strings {
        private final List<Token> names = new ArrayList<>();
        private final List<Integer> patterns = new ArrayList<>();
        private final Map<String, Integer> byName = new HashMap<>();
        private final Set<Integer> referenced = new HashSet<>();

        private void add(Token name, int pattern) throws SyntaxException {
            if (names.size() == STRINGS_MAX) {
                throw Tokens.error(name, "more than " + STRINGS_MAX + " strings");
            }
            if (name.text().length() > 1 && byName.put(name.text(), names.size()) != null) {
                throw Tokens.error(name, "duplicated string identifier \"" + name.text() + "\"");
            }
            names.add(name);
            patterns.add(pattern);
        }

        /** The pattern of a string. */
        int pattern(Token name, String text) throws SyntaxException {
            Integer index = byName.get(text);
            if (index == null) {
                throw Tokens.error(name, "undefined string \"" + text + "\"");
            }
            referenced.add(index);
            return patterns.get(index);
        }

        /** The patterns of {@code $a*}. */
        List<Integer> matching(Token name, String prefix) throws SyntaxException {
            List<Integer> found = new ArrayList<>();
            for (int i = 0; i < names.size(); i++) {
                if (names.get(i).text().startsWith(prefix)) {
                    referenced.add(i);
                    found.add(patterns.get(i));
                }
            }
            if (found.isEmpty()) {
                throw Tokens.error(name, "undefined string \"" + prefix + "*\"");
            }
            return found;
        }

        /** The patterns of {@code them}. */
        List<Integer> all(Token them) throws SyntaxException {
            if (names.isEmpty()) {
                throw Tokens.error(them, "the rule has no strings");
            }
            return matching(them, "$");
        }

        private void checkReferences() throws SyntaxException {
            for (int i = 0; i < names.size(); i++) {
                if (!referenced.contains(i) && !names.get(i).text().startsWith("$_")) {
                    throw Tokens.error(
                            names.get(i),
                            "unreferenced string \"" + names.get(i).text() + "\"");
                }
            }
        }
    }
}
