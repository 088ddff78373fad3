package jp.genkan.ips.signature;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
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
        option.refuseValue();
        rule.select(buffers.get(buffer), option);
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
