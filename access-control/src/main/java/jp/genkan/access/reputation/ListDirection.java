package jp.genkan.access.reputation;

import java.util.Locale;

/** For flows begun from which side a list counts. */
public enum ListDirection {
    /** Begun by a machine behind the box, or by the box itself. */
    TO_OUTSIDE,
    /** Begun from the outside. */
    FROM_OUTSIDE,
    /** Either. */
    BOTH;

    /** True when a list of this direction counts for flows of that one; {@code flow} is never {@code BOTH}. */
    boolean covers(ListDirection flow) {
        return this == BOTH || this == flow;
    }

    /** The name in configuration and events, {@code to-outside}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
