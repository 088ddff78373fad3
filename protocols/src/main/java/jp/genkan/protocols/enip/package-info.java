/**
 * EtherNet/IP with CIP (ODVA volumes 1 and 2), over TCP and UDP: {@link jp.genkan.protocols.enip.EnipParser}. Read are the encapsulation, the identity of a
 * device, and which service of which object is asked for. Not read: implicit messages, and what services carry.
 *
 * <p>Thread rule: a parser belongs to the worker of its flow.
 */
@NullMarked
package jp.genkan.protocols.enip;

import org.jspecify.annotations.NullMarked;
