package jp.genkan.ips.engine;

import java.util.Locale;
import jp.genkan.core.frame.Address;
import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.Transaction;
import jp.genkan.protocols.http.head.HttpExchange;
import org.jspecify.annotations.Nullable;

/**
 * For whom a proxy speaks, as it says in a field of its requests: Suricata's {@code xff}.
 *
 * @param field in lower case
 * @param mode what is done with it
 * @param deployment which of several addresses counts
 */
public record ForwardedFor(String field, Mode mode, Deployment deployment) {
    /** Longest value that is read: the addresses of some ten proxies, as in Suricata. */
    private static final int CHARS_MAX = 256;

    public ForwardedFor {
        field = field.toLowerCase(Locale.ROOT);
    }

    /** What is done with the address. */
    public enum Mode {
        /** It stands beside the others. */
        EXTRA_DATA,
        /** It takes the place of the client's. */
        OVERWRITE
    }

    /** Where the proxy stands. */
    public enum Deployment {
        /** Before the servers: the last address is the one that the nearest proxy has seen. */
        REVERSE,
        /** Before the clients: the first address is the client's own. */
        FORWARD
    }

    /** The address; null when a transaction names none. */
    public @Nullable Address client(@Nullable Transaction transaction) {
        if (!(transaction instanceof HttpExchange exchange)) {
            return null;
        }
        String value = exchange.fields(Direction.TO_SERVER).joinedText(field);
        if (value == null || value.length() > CHARS_MAX) {
            return null;
        }
        int comma = deployment == Deployment.REVERSE ? value.lastIndexOf(',') : value.indexOf(',');
        if (comma < 0) {
            return address(value);
        }
        return address(deployment == Deployment.REVERSE ? value.substring(comma + 1) : value.substring(0, comma));
    }

    /** An address, with or without a port. */
    private static @Nullable Address address(String text) {
        String plain = text.strip();
        int close = plain.indexOf(']');
        if (plain.startsWith("[") && close > 0) {
            plain = plain.substring(1, close);
        } else if (plain.indexOf('.') >= 0 && plain.indexOf(':') == plain.lastIndexOf(':') && plain.indexOf(':') > 0) {
            plain = plain.substring(0, plain.indexOf(':'));
        }
        return Address.tryParse(plain);
    }
}
