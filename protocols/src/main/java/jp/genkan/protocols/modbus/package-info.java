/**
 * Modbus over TCP (Modbus Application Protocol 1.1b3, Messaging on TCP/IP 1.0b): {@link jp.genkan.protocols.modbus.ModbusParser}. Read are requests and responses of the functions that
 * the specification assigns; of others their number.
 *
 * <p>Thread rule: a parser belongs to the worker of its flow.
 */
@NullMarked
package jp.genkan.protocols.modbus;

import org.jspecify.annotations.NullMarked;
