package jp.genkan.ips.keyword.event;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import jp.genkan.core.config.Nearest;
import jp.genkan.ips.rule.RuleCode;
import jp.genkan.ips.rule.RuleException;
import jp.genkan.ips.rule.RuleOption;

/** A table of event names, read from a resource: {@code group: event event}, where the group {@code -} means none. */
final class EventNames {
    private static final String NO_GROUP = "-";

    /** Names that older rule files have. */
    private static final Map<String, String> OLD_NAMES = Map.of(
            "dns.not_a_request", "dns.not_request",
            "dns.not_a_response", "dns.not_response");

    // the protocol was called by its second version once
    private static final String OLD_IKE = "ikev2.";
    private static final String IKE = "ike.";

    private final Set<String> names = new LinkedHashSet<>();

    private EventNames() {}

    static EventNames of(String resource) {
        EventNames made = new EventNames();
        try (InputStream in = EventNames.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("no table " + resource);
            }
            new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .forEach(made::line);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("table " + resource, unreadable);
        }
        return made;
    }

    private void line(String line) {
        int colon = line.indexOf(':');
        String group = line.substring(0, colon);
        for (String event : line.substring(colon + 1).strip().split(" ", -1)) {
            names.add(NO_GROUP.equals(group) ? event : group + "." + event);
        }
    }

    /** All names, with their groups. */
    Set<String> all() {
        return Collections.unmodifiableSet(names);
    }

    /** The name that an option gives, in lower case. */
    String known(RuleOption option) throws RuleException {
        String written = option.unquoted().strip().toLowerCase(Locale.ROOT);
        if (written.startsWith(OLD_IKE)) {
            written = IKE + written.substring(OLD_IKE.length());
        }
        String name = OLD_NAMES.getOrDefault(written, written);
        if (!names.contains(name)) {
            throw new RuleException(
                    RuleCode.BAD_VALUE,
                    option.valueColumn(),
                    option.name() + ": there is no event \"" + name + "\"",
                    Nearest.to(name, names));
        }
        return name;
    }
}
