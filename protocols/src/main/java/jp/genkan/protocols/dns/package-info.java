/**
 * DNS messages, which multicast DNS and LLMNR share: {@link jp.genkan.protocols.dns.DnsMessage} is the view.
 *
 * <p>Sources: RFC 1035 §4.1, RFC 2782 (SRV), RFC 3596 (AAAA), RFC 4795 (LLMNR), RFC 6762 (mDNS). Not read: EDNS options, DNSSEC records,
 * dynamic update's prerequisites; their records are passed over by their length.
 *
 * <p>Thread rule: a view belongs to one thread and is valid as long as the bytes under it are.
 */
@NullMarked
package jp.genkan.protocols.dns;

import org.jspecify.annotations.NullMarked;
