package jp.genkan.protocols.ike;

import jp.genkan.core.event.EveFields;
import org.jspecify.annotations.Nullable;

/**
 * An attribute of a transform of version 1 (RFC 2408 §3.3).
 *
 * @param type its number
 * @param number its value; -1 when that is no number of up to four octets
 * @param hex its value where it is no such number; null otherwise
 */
public record SaAttribute(int type, long number, @Nullable String hex) {
    /** EVE's and the rules' word for the type. */
    public String name() {
        return IkeNames.attribute(type);
    }

    void writeTo(EveFields out) {
        out.put(name(), IkeNames.attributeValue(type, number));
        if (hex != null) {
            out.put(name() + "_raw", hex);
        } else {
            out.put(name() + "_raw", number);
        }
    }
}
