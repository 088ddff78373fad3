package jp.genkan.ips.signature;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import jp.genkan.ips.match.Buffer;
import jp.genkan.ips.rule.Rule;
import jp.genkan.ips.rule.RuleException;
import jp.genkan.ips.rule.RuleOption;
import org.jspecify.annotations.Nullable;

/**
 * All keywords of the language. Each family of {@code keyword} adds its own, one line a keyword; what a rule names and is not here is unknown.
 *
 * <p>Thread rule: filled once, then only read.
 */
public final class KeywordTable {
    private final Map<String, Keyword> byName = new LinkedHashMap<>();

    /** Adds a keyword under its names. */
    public void add(Keyword keyword, String... names) {
        for (String name : names) {
            if (byName.putIfAbsent(name, keyword) != null) {
                throw new IllegalStateException("keyword " + name + " is there twice");
            }
        }
    }

    /** Adds a keyword that selects a sticky buffer. */
    public void addSticky(BufferTable buffers, String buffer, String... names) {
        Keyword keyword = (option, rule) -> selectBuffer(rule, buffers, buffer, option);
        if (names.length == 0) {
            add(keyword, buffer);
        } else {
            add(keyword, names);
        }
    }

    private static void selectBuffer(SignatureBuilder rule, BufferTable buffers, String buffer, RuleOption option)
            throws RuleException {
        Buffer found = buffers.get(buffer);
        Buffer.Ways only = found.ways() == Buffer.Ways.BOTH ? direction(rule, option.value()) : null;
        if (only == null) {
            option.refuseValue();
        }
        rule.select(only == null ? found : found.towards(only), option);
    }

    /** The direction that a rule about both names where something is in both; null where it names none. */
    public static Buffer.@Nullable Ways direction(SignatureBuilder rule, @Nullable String value) {
        if (value == null || rule.rule().way() != Rule.Way.TRANSACTION) {
            return null;
        }
        return switch (value.strip()) {
            case "to_server" -> Buffer.Ways.TO_SERVER;
            case "to_client" -> Buffer.Ways.TO_CLIENT;
            default -> null;
        };
    }

    /** The keyword of this name; null when there is none. */
    public @Nullable Keyword find(String name) {
        return byName.get(name);
    }

    /** All names. */
    public Collection<String> names() {
        return Collections.unmodifiableSet(byName.keySet());
    }
}
