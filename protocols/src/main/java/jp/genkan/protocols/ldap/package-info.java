/**
 * LDAP version 3 over TCP (RFC 4511): {@link jp.genkan.protocols.ldap.LdapParser}. Read: operations, names, results, entries; STARTTLS hands over. Not
 * read: filters, controls, LDAP over UDP, what SASL protects.
 *
 * <p>Thread rule: a parser belongs to the worker of its flow.
 */
@NullMarked
package jp.genkan.protocols.ldap;

import org.jspecify.annotations.NullMarked;
