package jp.genkan.ips.rule;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One rule as it is written.
 *
 * @param action what it does
 * @param protocol the word of its header, in lower case: {@code tcp}, {@code http}, {@code tcp-pkt}...
 * @param source the address expression, as written
 * @param sourcePort the port expression, as written
 * @param way the arrow
 * @param destination the address expression
 * @param destinationPort the port expression
 * @param options in order
 * @param file where it stands
 * @param line its first line, from 1
 * @param text the whole rule, on one line
 */
public record Rule(
        RuleAction action,
        String protocol,
        Expression source,
        Expression sourcePort,
        Way way,
        Expression destination,
        Expression destinationPort,
        List<RuleOption> options,
        Path file,
        int line,
        String text) {
    public Rule {
        options = List.copyOf(options);
    }

    /** The same without its options: what is left to say once it is compiled, in a tenth of the memory. */
    public Rule withoutOptions() {
        return new Rule(
                action, protocol, source, sourcePort, way, destination, destinationPort, List.of(), file, line, text);
    }

    /** The same without its text, which is half of what a compiled rule keeps. */
    public Rule withoutText() {
        return new Rule(
                action, protocol, source, sourcePort, way, destination, destinationPort, options, file, line, "");
    }

    /** The number of the rule; null when it has none, or none that can be read. */
    public @Nullable Long sid() {
        return number("sid");
    }

    /** The group of the rule: 1 when it says nothing. */
    public long gid() {
        Long gid = number("gid");
        return gid == null ? 1 : gid;
    }

    private @Nullable Long number(String name) {
        for (RuleOption option : options) {
            if (option.name().equals(name)) {
                return RuleText.number(option.value());
            }
        }
        return null;
    }

    /** The same with another action; the text stays as it is written. */
    public Rule withAction(RuleAction other) {
        return new Rule(
                other, protocol, source, sourcePort, way, destination, destinationPort, options, file, line, text);
    }

    /** A piece of a rule's header, as written. */
    public record Expression(String text, int column) {}

    /** The arrow between the ends. */
    public enum Way {
        /** {@code ->} */
        TO,
        /** {@code <>}: as written, or with the ends exchanged. */
        BOTH,
        /** {@code =>}: both directions of one transaction, the request going as written. */
        TRANSACTION
    }
}
