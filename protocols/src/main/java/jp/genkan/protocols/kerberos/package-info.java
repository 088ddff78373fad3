/**
 * Kerberos 5 over UDP and TCP (RFC 4120): {@link jp.genkan.protocols.kerberos.KerberosDatagramParser},
 * {@link jp.genkan.protocols.kerberos.KerberosStreamParser}. Read: requests to the key distribution centre, its replies and errors. Not read:
 * application messages, Kerberos inside other protocols, change of passwords.
 *
 * <p>Thread rule: a parser belongs to the worker of its flow, a transaction never changes.
 */
@NullMarked
package jp.genkan.protocols.kerberos;

import org.jspecify.annotations.NullMarked;
