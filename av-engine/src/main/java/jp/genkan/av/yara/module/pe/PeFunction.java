package jp.genkan.av.yara.module.pe;

import jp.genkan.av.yara.module.Undefined;
import org.jspecify.annotations.Nullable;

/**
 * A function of a library.
 *
 * @param name Latin-1
 * @param ordinal its number when it is imported by that
 */
record PeFunction(@Nullable String name, long ordinal) {
    /** None. */
    static final PeFunction NONE = new PeFunction(null, Undefined.INTEGER);
}
