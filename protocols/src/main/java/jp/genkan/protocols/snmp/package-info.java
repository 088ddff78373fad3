/**
 * SNMP: {@link jp.genkan.protocols.snmp.SnmpParser} tells each message. Sources: RFC 1157, RFC 3416 (PDUs), RFC 3412 and RFC 3414 (version 3).
 *
 * <p>Thread rule: a parser belongs to the worker of its flow, a transaction never changes.
 */
@NullMarked
package jp.genkan.protocols.snmp;

import org.jspecify.annotations.NullMarked;
