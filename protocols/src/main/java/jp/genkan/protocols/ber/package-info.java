/**
 * Basic encoding rules of ASN.1 (X.690), as far as SNMP, LDAP and Kerberos use them: {@link jp.genkan.protocols.ber.BerReader}.
 *
 * <p>Thread rule: a reader belongs to one thread and is good as long as the octets under it are.
 */
@NullMarked
package jp.genkan.protocols.ber;

import org.jspecify.annotations.NullMarked;
