/**
 * Regular expressions of rules: PCRE2, the library that the rules of the trade are written for, called by {@code java.lang.foreign},
 * under bounds on what one call may cost.
 *
 * <p>Main type: {@link jp.genkan.ips.pcre.PcreMatcher}.
 *
 * <p>Thread rule: options and expressions are immutable and shared; a matcher belongs to one worker.
 */
@NullMarked
package jp.genkan.ips.pcre;

import org.jspecify.annotations.NullMarked;
