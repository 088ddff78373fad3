package jp.genkan.ips.policy;

import java.time.Instant;
import java.util.concurrent.TimeUnit;
import jp.genkan.core.frame.AddressRange;
import jp.genkan.ips.network.AddressSpec;
import jp.genkan.ips.signature.EventFilter;
import org.jspecify.annotations.Nullable;

/**
 * A narrow exception: this rule, for these addresses, until this day. The rule neither speaks nor acts then.
 *
 * @param gid of the rule
 * @param sid of the rule
 * @param range of which one end has to be; null for everybody
 * @param until when it ends
 * @param by who asked for it
 * @param reason why, in words; empty where nobody said
 */
public record RuleExemption(long gid, long sid, @Nullable AddressRange range, Instant until, String by, String reason) {
    private static final int DIGITS_MAX = 10;

    public RuleExemption {
        if (by.isBlank()) {
            throw new IllegalArgumentException("an exception needs somebody who asked for it");
        }
    }

    /**
     * An exception for a rule as people write it.
     *
     * @param rule {@code sid} or {@code gid:sid}
     * @throws IllegalArgumentException when that is no rule, or nobody asked for it
     */
    public static RuleExemption of(String rule, @Nullable AddressRange range, Instant until, String by, String reason) {
        int colon = rule.indexOf(':');
        long gid = colon < 0 ? 1 : number(rule.substring(0, colon), rule);
        return new RuleExemption(gid, number(rule.substring(colon + 1), rule), range, until, by, reason);
    }

    private static long number(String digits, String whole) {
        if (digits.isEmpty() || digits.length() > DIGITS_MAX || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new IllegalArgumentException("not a rule's number: '" + whole + "' (examples: 2024897, 1:2024897)");
        }
        return Long.parseLong(digits);
    }

    /** True while the exception holds at this time. */
    public boolean holdsAt(Instant now) {
        return now.isBefore(until);
    }

    /** The rule's number, as status and messages spell it. */
    public String rule() {
        return gid == 1 ? Long.toString(sid) : gid + ":" + sid;
    }

    EventFilter filter() {
        AddressSpec spec = range == null ? null : AddressSpec.of(range);
        long epochNanos = TimeUnit.SECONDS.toNanos(Math.min(until.getEpochSecond(), LATEST_SECOND));
        return EventFilter.exception(spec == null ? null : spec::contains, epochNanos);
    }

    /** What nanoseconds since 1970 can still say: a day in 2262. */
    private static final long LATEST_SECOND = TimeUnit.NANOSECONDS.toSeconds(Long.MAX_VALUE);
}
