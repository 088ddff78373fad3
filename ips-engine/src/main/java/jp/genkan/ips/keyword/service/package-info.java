/**
 * What rules say of DHCP, Kerberos, LDAP, NTP and SNMP.
 *
 * <p>Main type: {@link jp.genkan.ips.keyword.service.ServiceKeywords}.
 *
 * <p>Thread rule: filled once, then only read.
 */
@NullMarked
package jp.genkan.ips.keyword.service;

import org.jspecify.annotations.NullMarked;
