/**
 * DHCP: {@link jp.genkan.protocols.dhcp.DhcpParser} tells messages; the host table reads {@link jp.genkan.protocols.dhcp.DhcpMessage} (IPv4) and
 * {@link jp.genkan.protocols.dhcp.Dhcpv6Message}.
 *
 * <p>Sources: RFC 2131, RFC 2132, RFC 4702 (client FQDN), RFC 8415, RFC 4704. Not read: options in the {@code sname} and {@code file} fields
 * (option 52), options split in several (RFC 3396: the first part counts), DHCPv6 relay messages.
 *
 * <p>Thread rule: a view belongs to one thread and is valid as long as the bytes under it are.
 */
@NullMarked
package jp.genkan.protocols.dhcp;

import org.jspecify.annotations.NullMarked;
