package jp.genkan.appcontrol.definition;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import jp.genkan.appcontrol.host.HostPattern;
import jp.genkan.core.config.Nearest;
import jp.genkan.core.frame.AddressRange;
import jp.genkan.core.observation.AppProtocol;
import org.jspecify.annotations.Nullable;

/**
 * Reads a definition file: one thing a line, a new application at each {@code protocol} or {@code service}. A line that cannot be used is told by file and line,
 * with the word that may have been meant, and skipped.
 *
 * <p>Thread rule: one file, one thread.
 */
final class DefinitionReader {
    /** Characters of a line; the longest that makes sense is a list of a hundred hosts. */
    static final int LINE_CHARS_MAX = 8192;

    /** Lines of a file; the longest that is built in has some hundreds. */
    static final int LINES_MAX = 50_000;

    /** Problems that are told of a file; a file that is none has one a line. */
    static final int PROBLEMS_MAX = 50;

    private static final List<String> WORDS = List.of(
            "protocol",
            "service",
            "label",
            "category",
            "host",
            "agent",
            "server",
            "url",
            "content",
            "alpn",
            "fingerprint",
            "certificate",
            "address",
            "port",
            "ip",
            "over",
            "parser",
            "match",
            "then");

    private final String file;
    private final AppNames names;
    private final List<Definition> definitions = new ArrayList<>();
    private final List<DefinitionProblem> problems = new ArrayList<>();
    private int problemCount;
    private @Nullable Definition current;
    private @Nullable SignatureReader open;
    private int lineNumber;

    DefinitionReader(String file, AppNames names) {
        this.file = file;
        this.names = names;
    }

    /** What a file holds. */
    record Result(List<Definition> definitions, List<DefinitionProblem> problems) {}

    /** Reads a file's text. */
    Result read(String text) {
        text.lines().limit(LINES_MAX).forEach(this::line);
        closeMatch();
        if (problemCount > problems.size()) {
            problems.add(
                    new DefinitionProblem(file, 0, (problemCount - problems.size()) + " more lines cannot be used"));
        }
        return new Result(List.copyOf(definitions), List.copyOf(problems));
    }

    private void line(String line) {
        lineNumber++;
        if (line.length() > LINE_CHARS_MAX) {
            problem("the line has more than " + LINE_CHARS_MAX + " characters");
            return;
        }
        try {
            List<String> words = WordSplitter.split(line);
            if (!words.isEmpty()) {
                words(words.getFirst(), words.subList(1, words.size()));
            }
        } catch (IllegalArgumentException bad) {
            open = null; // a signature that lacks a step would match too much
            problem(String.valueOf(bad.getMessage()));
        }
    }

    private void problem(String message) {
        problemCount++;
        if (problems.size() < PROBLEMS_MAX) {
            problems.add(new DefinitionProblem(file, lineNumber, message));
        }
    }

    private void words(String word, List<String> rest) {
        if (word.equals("then")) {
            SignatureReader signature = open;
            if (signature == null) {
                throw new IllegalArgumentException("then stands behind a match");
            }
            signature.then(rest);
            return;
        }
        closeMatch();
        if (word.equals("protocol") || word.equals("service")) {
            begin(word.equals("protocol") ? Application.Kind.PROTOCOL : Application.Kind.SERVICE, rest);
            return;
        }
        if (!WORDS.contains(word)) {
            String near = Nearest.to(word, WORDS);
            throw new IllegalArgumentException(
                    "'" + word + "' is not known" + (near == null ? "; known are " + WORDS : "; '" + near + "' is"));
        }
        Definition definition = current;
        if (definition == null) {
            throw new IllegalArgumentException("protocol or service has to come first");
        }
        if (rest.isEmpty()) {
            throw new IllegalArgumentException("nothing stands behind " + word);
        }
        take(definition, word, rest);
    }

    private void begin(Application.Kind kind, List<String> rest) {
        current = null;
        if (rest.size() != 1 || !isName(rest.getFirst())) {
            throw new IllegalArgumentException("a name is one word of letters, digits, - and _");
        }
        if (names.number(rest.getFirst()) == AppNames.NONE) {
            throw new IllegalArgumentException("there are " + AppNames.NAMES_MAX + " names already");
        }
        Definition definition = new Definition(rest.getFirst(), kind, file, lineNumber);
        definitions.add(definition);
        current = definition;
    }

    private static boolean isName(String word) {
        return word.chars().allMatch(c -> Character.isLetterOrDigit(c) && c < 128 || c == '-' || c == '_' || c == '+');
    }

    private void take(Definition definition, String word, List<String> rest) {
        int number = names.number(definition.name);
        switch (word) {
            case "label" -> definition.label = String.join(" ", rest);
            case "category" -> definition.category = category(rest);
            case "host" -> each(rest, text -> definition.hosts.add(HostPattern.parse(text, number)));
            case "agent" -> each(rest, text -> definition.agents.add(text.toLowerCase(Locale.ROOT)));
            case "server" -> each(rest, text -> definition.servers.add(text.toLowerCase(Locale.ROOT)));
            case "url" -> each(rest, definition.urls::add);
            case "content" -> each(rest, text -> definition.contents.add(text.toLowerCase(Locale.ROOT)));
            case "alpn" -> each(rest, definition.alpns::add);
            case "fingerprint" -> each(rest, definition.fingerprints::add);
            case "certificate" -> each(rest, text -> definition.certificates.add(unquoted(text)));
            case "address" -> each(rest, text -> definition.addresses.add(AddressRange.parse(text)));
            case "port" -> ports(definition, rest);
            case "over" -> over(definition, rest);
            case "ip" -> each(rest, text -> definition.ipProtocols.add(number(text, 255)));
            case "parser" -> each(rest, text -> definition.parsers.add(parser(text)));
            default -> { // match
                SignatureReader signature = new SignatureReader(number, names);
                signature.match(rest);
                open = signature;
            }
        }
    }

    private void closeMatch() {
        SignatureReader signature = open;
        Definition definition = current;
        open = null;
        if (signature != null && definition != null) {
            definition.signatures.add(signature.signature());
        }
    }

    private static void each(List<String> words, Consumer<String> taker) {
        words.forEach(taker);
    }

    private static String unquoted(String text) {
        return text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"")
                ? text.substring(1, text.length() - 1)
                : text;
    }

    private static Category category(List<String> rest) {
        Category category = rest.size() == 1 ? Category.of(rest.getFirst()) : null;
        if (category == null) {
            String near = Nearest.to(rest.getFirst(), Category.labels());
            throw new IllegalArgumentException("'" + String.join(" ", rest) + "' is not a category"
                    + (near == null ? "; they are " + Category.labels() : "; '" + near + "' is"));
        }
        return category;
    }

    private static void ports(Definition definition, List<String> rest) {
        List<Integer> list = switch (rest.getFirst()) {
            case "tcp" -> definition.tcpPorts;
            case "udp" -> definition.udpPorts;
            default -> throw new IllegalArgumentException("port wants tcp or udp, then numbers");
        };
        rest.stream().skip(1).forEach(text -> list.add(number(text, 65_535)));
    }

    private static void over(Definition definition, List<String> rest) {
        if (!rest.getFirst().equals("tls")) {
            throw new IllegalArgumentException("over wants tls, then numbers of ports");
        }
        rest.stream().skip(1).forEach(text -> definition.tlsPorts.add(number(text, 65_535)));
    }

    private static int number(String text, int max) {
        try {
            int value = Integer.parseInt(text);
            if (value >= 0 && value <= max) {
                return value;
            }
        } catch (NumberFormatException notOne) {
            // said below
        }
        throw new IllegalArgumentException("'" + text + "' is not a number from 0 to " + max);
    }

    private static AppProtocol parser(String text) {
        for (AppProtocol protocol : AppProtocol.values()) {
            if (protocol.eveName().equals(text)) {
                return protocol;
            }
        }
        List<String> all =
                Arrays.stream(AppProtocol.values()).map(AppProtocol::eveName).toList();
        String near = Nearest.to(text, all);
        throw new IllegalArgumentException(
                "'" + text + "' is not a parser" + (near == null ? "; they are " + all : "; '" + near + "' is"));
    }
}
