package jp.genkan.ips.signature;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import jp.genkan.core.observation.Transaction;
import jp.genkan.ips.inspect.Step;
import jp.genkan.ips.match.Buffer;
import jp.genkan.ips.match.BufferSink;
import jp.genkan.ips.rule.RuleException;
import org.jspecify.annotations.Nullable;

/**
 * All buffers that rules may name. Each protocol's package of {@code buffer} adds its own, one line a buffer.
 *
 * <p>Thread rule: filled once, then only read.
 */
public final class BufferTable {
    private final Map<String, Buffer> byName = new LinkedHashMap<>();
    private final Map<Buffer, Demand> demands = new HashMap<>();

    /** What a buffer asks of the steps that look at it: {@code http.host} is in lower case, so that a capital letter is never found there. */
    @FunctionalInterface
    public interface Demand {
        /** Refuses steps that make no sense. */
        void check(Buffer buffer, List<Step> steps) throws RuleException;
    }

    /** Asks this of every rule that uses the buffer. */
    public void demand(String name, Demand demand) {
        demands.put(get(name), demand);
    }

    /** Holds the steps of a rule against what the buffer asks of them. */
    void check(Buffer buffer, List<Step> steps) throws RuleException {
        Buffer known = byName.get(buffer.name());
        Demand demand = demands.get(known == null ? buffer : known);
        if (demand != null) {
            demand.check(buffer, steps);
        }
    }

    /** Adds a buffer under its name. */
    public Buffer add(Buffer buffer) {
        if (byName.putIfAbsent(buffer.name(), buffer) != null) {
            throw new IllegalStateException("buffer " + buffer.name() + " is there twice");
        }
        return buffer;
    }

    /** Another name for a buffer that is there. */
    public void alias(String name, String of) {
        Buffer buffer = byName.get(of);
        if (buffer == null || byName.putIfAbsent(name, buffer) != null) {
            throw new IllegalStateException("alias " + name + " of " + of);
        }
    }

    /** The buffer of this name; null when there is none. */
    public @Nullable Buffer find(String name) {
        return byName.get(name);
    }

    /** The buffer of this name, which is there. */
    public Buffer get(String name) {
        Buffer buffer = byName.get(name);
        if (buffer == null) {
            throw new IllegalStateException("no buffer " + name);
        }
        return buffer;
    }

    /** All names. */
    public Collection<String> names() {
        return Collections.unmodifiableSet(byName.keySet());
    }

    /** A source that takes one field of a transaction's own type; other types have no such buffer. */
    public static <T extends Transaction> Buffer.Source octets(Class<T> type, Function<T, byte @Nullable []> field) {
        return (moment, out) -> {
            if (type.isInstance(moment.transaction())) {
                out.add(field.apply(type.cast(moment.transaction())));
            }
        };
    }

    /** A source that takes one text of a transaction's own type. */
    public static <T extends Transaction> Buffer.Source text(Class<T> type, Function<T, @Nullable String> field) {
        return (moment, out) -> {
            if (type.isInstance(moment.transaction())) {
                out.add(field.apply(type.cast(moment.transaction())));
            }
        };
    }

    /** Reads several instances, or looks at the direction as well. */
    @FunctionalInterface
    public interface Reader<T> {
        void read(T transaction, boolean toServer, BufferSink out);
    }

    /** A source with a reader of its own. */
    public static <T extends Transaction> Buffer.Source reading(Class<T> type, Reader<T> reader) {
        return (moment, out) -> {
            if (type.isInstance(moment.transaction())) {
                reader.read(type.cast(moment.transaction()), moment.direction().isToServer(), out);
            }
        };
    }
}
