/**
 * Keywords of MQTT.
 *
 * <p>Main type: {@link jp.genkan.ips.keyword.mqtt.MqttKeywords}.
 *
 * <p>Thread rule: immutable.
 */
@NullMarked
package jp.genkan.ips.keyword.mqtt;

import org.jspecify.annotations.NullMarked;
