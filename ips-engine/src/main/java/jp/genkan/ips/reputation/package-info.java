/**
 * What is known of addresses, in categories with scores, as rules ask it ({@code iprep}).
 *
 * <p>Main type: {@link jp.genkan.ips.reputation.HostReputation}.
 *
 * <p>Thread rule: immutable after loading.
 */
@NullMarked
package jp.genkan.ips.reputation;

import org.jspecify.annotations.NullMarked;
