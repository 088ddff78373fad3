/**
 * DNS, multicast DNS and LLMNR. Two ways to read: {@link jp.genkan.protocols.dns.DnsMessage} is a strict view without allocation, for the host table;
 * {@link jp.genkan.protocols.dns.DnsDatagramParser} and {@link jp.genkan.protocols.dns.DnsStreamParser} make a
 * {@link jp.genkan.protocols.dns.DnsTransaction} of each message, as tolerant as clients are. {@link jp.genkan.protocols.dns.AnswerTable} remembers
 * which name gave which address to whom.
 *
 * <p>Sources: RFC 1035 §4.1, RFC 2782 (SRV), RFC 3596 (AAAA), RFC 4255 (SSHFP), RFC 4795 (LLMNR), RFC 6762 (mDNS), RFC 6891 (EDNS), RFC 7766 (TCP), RFC
 * 9460 (HTTPS, SVCB). Not read: DNSSEC records, dynamic update's prerequisites; their data is passed over by its length.
 *
 * <p>Thread rule: a view or parser belongs to one thread, a view is valid as long as the bytes under it are; transactions never change.
 */
@NullMarked
package jp.genkan.protocols.dns;

import org.jspecify.annotations.NullMarked;
