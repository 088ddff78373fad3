/**
 * What rules say of DNS, multicast DNS and LLMNR.
 *
 * <p>Main type: {@link jp.genkan.ips.keyword.dns.DnsKeywords}.
 *
 * <p>Thread rule: filled once, then only read.
 */
@NullMarked
package jp.genkan.ips.keyword.dns;

import org.jspecify.annotations.NullMarked;
