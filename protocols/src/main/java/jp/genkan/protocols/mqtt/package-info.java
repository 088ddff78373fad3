/**
 * MQTT 3.1, 3.1.1 and 5 over TCP: {@link jp.genkan.protocols.mqtt.MqttParser}. Sources: the OASIS standards of 2014 and 2019. Not read: MQTT-SN, MQTT
 * over WebSocket.
 *
 * <p>Thread rule: a parser belongs to the worker of its flow.
 */
@NullMarked
package jp.genkan.protocols.mqtt;

import org.jspecify.annotations.NullMarked;
