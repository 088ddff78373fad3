package jp.genkan.protocols.mqtt;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one packet that rules ask for, as they stand there. Absent and cut fields are null.
 *
 * <p>Thread rule: immutable.
 */
public final class MqttContent {
    private static final int VERSION_5 = 5;
    private static final int USER = 0x80;
    private static final int PASSWORD = 0x40;
    private static final int WILL = 0x04;

    /** A field of CONNECT, in the order in which they stand there. */
    public enum Part {
        PROTOCOL,
        CLIENT_ID,
        WILL_TOPIC,
        WILL_MESSAGE,
        USERNAME,
        PASSWORD
    }

    private final int type;
    private final int qos;
    private final int version;
    private final byte[] octets;

    MqttContent(int type, int qos, int version, byte[] octets) {
        this.type = type;
        this.qos = qos;
        this.version = version;
        this.octets = octets;
    }

    private Fields fields() {
        return new Fields(octets, 0, octets.length);
    }

    private static void skipProperties(Fields fields, int version) {
        if (version >= VERSION_5) {
            fields.part(fields.variable());
        }
    }

    /** True when what the type asks for does not fit. */
    boolean isBroken() {
        Fields fields = fields();
        switch (type) {
            case MqttMessage.CONNECT -> passConnect(fields);
            case MqttMessage.CONNACK -> {
                fields.number(2);
                skipProperties(fields, version);
            }
            case MqttMessage.PUBLISH -> {
                fields.octets();
                fields.number(qos > 0 ? 2 : 0);
                skipProperties(fields, version);
            }
            case MqttMessage.PUBACK, MqttMessage.PUBREC, MqttMessage.PUBREL, MqttMessage.PUBCOMP -> {
                fields.number(2);
                passReason(fields);
            }
            case MqttMessage.SUBSCRIBE, MqttMessage.UNSUBSCRIBE, MqttMessage.SUBACK, MqttMessage.UNSUBACK -> {
                fields.number(2);
                skipProperties(fields, version);
            }
            case MqttMessage.DISCONNECT, MqttMessage.AUTH -> passReason(fields);
            default -> {
                // nothing is in it, or nothing is known of it
            }
        }
        return fields.isBroken();
    }

    private void passReason(Fields fields) {
        if (version >= VERSION_5 && fields.left() > 1) {
            fields.number(1);
            skipProperties(fields, version);
        }
    }

    private void passConnect(Fields fields) {
        fields.octets();
        int asked = (int) fields.number(1);
        int flags = (int) fields.number(1);
        fields.number(2); // keep alive
        skipProperties(fields, asked);
        fields.octets();
        if ((flags & WILL) != 0) {
            skipProperties(fields, asked);
            fields.octets();
            fields.octets();
        }
        if ((flags & USER) != 0) {
            fields.octets();
        }
        if ((flags & PASSWORD) != 0) {
            fields.octets();
        }
    }

    /** The flags of a CONNECT; -1 for others. */
    public int connectFlags() {
        if (type != MqttMessage.CONNECT) {
            return -1;
        }
        Fields fields = fields();
        fields.octets();
        fields.number(1);
        return fields.left() > 0 ? (int) fields.number(1) : -1;
    }

    /** A field of a CONNECT. */
    public byte @Nullable [] connect(Part wanted) {
        if (type != MqttMessage.CONNECT) {
            return null;
        }
        Fields fields = fields();
        byte @Nullable [] protocol = fields.octets();
        if (wanted == Part.PROTOCOL) {
            return protocol;
        }
        int asked = (int) fields.number(1);
        int flags = (int) fields.number(1);
        fields.number(2); // keep alive
        skipProperties(fields, asked);
        for (Part part : Part.values()) {
            if (part == Part.WILL_TOPIC && (flags & WILL) != 0) {
                skipProperties(fields, asked);
            }
            if (has(part, flags)) {
                byte @Nullable [] value = fields.octets();
                if (part == wanted) {
                    return value;
                }
            }
        }
        return null;
    }

    private static boolean has(Part part, int flags) {
        return switch (part) {
            case PROTOCOL -> false;
            case CLIENT_ID -> true;
            case WILL_TOPIC, WILL_MESSAGE -> (flags & WILL) != 0;
            case USERNAME -> (flags & USER) != 0;
            case PASSWORD -> (flags & PASSWORD) != 0;
        };
    }

    /** 1 when a CONNACK says that the broker remembers the session, 0 when not; -1 for others. */
    public int sessionPresent() {
        return type == MqttMessage.CONNACK && octets.length > 0 ? octets[0] & 1 : -1;
    }

    /** The topic of a PUBLISH. */
    public byte @Nullable [] topic() {
        return type == MqttMessage.PUBLISH ? fields().octets() : null;
    }

    /** What a PUBLISH says. */
    public byte @Nullable [] message() {
        if (type != MqttMessage.PUBLISH) {
            return null;
        }
        Fields fields = fields();
        fields.octets();
        if (qos > 0) {
            fields.number(2);
        }
        skipProperties(fields, version);
        return fields.isBroken() ? null : fields.remainder();
    }

    /** The topics of a SUBSCRIBE or UNSUBSCRIBE. */
    public List<byte[]> topics() {
        List<byte[]> topics = new ArrayList<>();
        if (type != MqttMessage.SUBSCRIBE && type != MqttMessage.UNSUBSCRIBE) {
            return topics;
        }
        Fields fields = fields();
        fields.number(2);
        skipProperties(fields, version);
        while (fields.left() > 0 && topics.size() < MqttMessage.ENTRIES_MAX) {
            byte @Nullable [] topic = fields.octets();
            if (topic == null) {
                break;
            }
            topics.add(topic);
            if (type == MqttMessage.SUBSCRIBE) {
                fields.number(1);
            }
        }
        return topics;
    }

    /** The reason codes that it gives; none where it has no such field. */
    public List<Integer> reasonCodes() {
        Fields fields = fields();
        return switch (type) {
            case MqttMessage.CONNACK -> {
                fields.number(1);
                yield fields.left() > 0 ? List.of((int) fields.number(1)) : List.of();
            }
            case MqttMessage.PUBACK, MqttMessage.PUBREC, MqttMessage.PUBREL, MqttMessage.PUBCOMP -> {
                fields.number(2);
                yield one(fields);
            }
            case MqttMessage.DISCONNECT, MqttMessage.AUTH -> one(fields);
            case MqttMessage.UNSUBACK -> all(fields);
            default -> List.of();
        };
    }

    /** Absent means success (MQTT 5 §3.4.2.1). */
    private List<Integer> one(Fields fields) {
        if (version < VERSION_5) {
            return List.of();
        }
        return List.of(fields.left() > 0 ? (int) fields.number(1) : 0);
    }

    private List<Integer> all(Fields fields) {
        fields.number(2);
        skipProperties(fields, version);
        List<Integer> codes = new ArrayList<>();
        while (fields.left() > 0 && codes.size() < MqttMessage.ENTRIES_MAX) {
            codes.add((int) fields.number(1));
        }
        return codes;
    }
}
