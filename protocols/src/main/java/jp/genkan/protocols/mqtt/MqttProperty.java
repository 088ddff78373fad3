package jp.genkan.protocols.mqtt;

import jp.genkan.core.event.EveFields;

/** A property of a packet of version 5, MQTT 5 §2.2.2.2. */
final class MqttProperty {
    private static final int USER_PROPERTY = 38;

    private MqttProperty() {}

    /** Writes the next property; one that is not known ends the list, since its length is not known either. */
    static void write(Fields list, EveFields out) {
        int code = list.variable();
        String name = name(code);
        if (code == USER_PROPERTY) {
            String key = list.text();
            out.put(key, list.text());
        } else if (name.isEmpty()) {
            list.part(list.left());
        } else {
            switch (code) {
                case 1, 23, 25, 36, 37, 40, 41, 42 -> out.put(name, list.number(1));
                case 19, 33, 34, 35 -> out.put(name, list.number(2));
                case 2, 17, 24, 39 -> out.put(name, list.number(4));
                case 11 -> out.put(name, list.variable());
                default -> out.put(name, list.text());
            }
        }
    }

    private static String name(int code) {
        return switch (code) {
            case 1 -> "payload_format_indicator";
            case 2 -> "message_expiry_interval";
            case 3 -> "content_type";
            case 8 -> "response_topic";
            case 9 -> "correlation_data";
            case 11 -> "subscription_identifier";
            case 17 -> "session_expiry_interval";
            case 18 -> "assigned_client_id";
            case 19 -> "server_keep_alive";
            case 21 -> "authentication_method";
            case 22 -> "authentication_data";
            case 23 -> "request_problem_info";
            case 24 -> "will_delay_interval";
            case 25 -> "request_response_info";
            case 26 -> "response_info";
            case 28 -> "server_reference";
            case 31 -> "reason_string";
            case 33 -> "receive_maximum";
            case 34 -> "topic_alias_maximum";
            case 35 -> "topic_alias";
            case 36 -> "maximum_qos";
            case 37 -> "retain_available";
            case 38 -> "user_property";
            case 39 -> "maximum_packet_size";
            case 40 -> "wildcard_subscription_available";
            case 41 -> "subscription_identifiers_available";
            case 42 -> "shared_subscription_available";
            default -> "";
        };
    }
}
