package jp.genkan.protocols.mqtt;

import java.util.Locale;
import jp.genkan.core.event.EveFields;
import jp.genkan.core.observation.Direction;

/**
 * One control packet: its first octet, and what it holds.
 *
 * <p>Thread rule: immutable.
 */
public final class MqttMessage {
    /** How many types there are, 0 included. */
    public static final int TYPES = 16;

    static final int CONNECT = 1;
    static final int CONNACK = 2;
    static final int PUBLISH = 3;
    static final int PUBACK = 4;
    static final int PUBREC = 5;
    static final int PUBREL = 6;
    static final int PUBCOMP = 7;
    static final int SUBSCRIBE = 8;
    static final int SUBACK = 9;
    static final int UNSUBSCRIBE = 10;
    static final int UNSUBACK = 11;
    static final int DISCONNECT = 14;
    static final int AUTH = 15;

    /** Topics of a subscription, reason codes, properties that are told; the rest is passed over. */
    static final int ENTRIES_MAX = 128;

    /** Octets of what a PUBLISH says that are told, as Suricata's {@code string-log-limit} is by default. */
    static final int MESSAGE_TOLD_MAX = 1_024;

    private static final String[] NAMES = {
        "unassigned",
        "connect",
        "connack",
        "publish",
        "puback",
        "pubrec",
        "pubrel",
        "pubcomp",
        "subscribe",
        "suback",
        "unsubscribe",
        "unsuback",
        "pingreq",
        "pingresp",
        "disconnect",
        "auth"
    };

    // Flags of CONNECT
    private static final int USER = 0x80;
    private static final int PASSWORD = 0x40;
    private static final int WILL_RETAIN = 0x20;
    private static final int WILL = 0x04;
    private static final int CLEAN = 0x02;

    private static final int VERSION_5 = 5;

    private final int first;
    private final byte[] octets;
    private final int version;
    private final long skipped;
    private final Direction direction;

    /**
     * A packet.
     *
     * @param first its first octet
     * @param octets what is behind its length
     * @param version of the protocol, from its CONNECT
     * @param skipped octets of it that were not kept
     * @param direction which way it went
     */
    MqttMessage(int first, byte[] octets, int version, long skipped, Direction direction) {
        this.first = first;
        this.octets = octets;
        this.version = version;
        this.skipped = skipped;
        this.direction = direction;
    }

    /** Which way it went. */
    public Direction direction() {
        return direction;
    }

    /** Its first octet: type and flags. */
    public int firstOctet() {
        return first;
    }

    /** True for a type that is assigned, with the flags that its packets have (MQTT 5 §2.1.3). */
    static boolean isFirstOctet(int octet) {
        int type = octet >>> 4;
        int flags = octet & 15;
        return switch (type) {
            case 0 -> false;
            case PUBLISH -> (flags & 6) != 6;
            case PUBREL, SUBSCRIBE, UNSUBSCRIBE -> flags == 2;
            default -> flags == 0;
        };
    }

    /** True when its fields do not fit into it. */
    boolean isMalformed() {
        return skipped == 0 && content().isBroken();
    }

    /** The version of the protocol that the connection speaks. */
    public int protocolVersion() {
        return type() == CONNECT ? connectVersion() : version;
    }

    /** What it says besides its type. Read anew with each call. */
    public MqttContent content() {
        return new MqttContent(type(), qos(), version, octets);
    }

    /** The packet's type, 1 to 15; 0 is not assigned. */
    public int type() {
        return first >>> 4 & 15;
    }

    public String typeName() {
        return NAMES[type()];
    }

    /** The name of a type below {@link #TYPES}. */
    public static String typeName(int type) {
        return NAMES[type];
    }

    public int qos() {
        return first >>> 1 & 3;
    }

    /** The version that a CONNECT asks for. */
    int connectVersion() {
        Fields fields = fields();
        fields.text();
        return (int) fields.number(1);
    }

    /** The number by which packets of an exchange know each other; 0 where there is none. */
    public int messageId() {
        Fields fields = fields();
        switch (type()) {
            case PUBLISH -> {
                fields.text();
                return qos() > 0 ? (int) fields.number(2) : 0;
            }
            case PUBACK, PUBREC, PUBREL, PUBCOMP, SUBSCRIBE, SUBACK, UNSUBSCRIBE, UNSUBACK -> {
                return (int) fields.number(2);
            }
            default -> {
                return 0;
            }
        }
    }

    /** The topic of a PUBLISH; empty for others. */
    public String topic() {
        return type() == PUBLISH ? fields().text() : "";
    }

    private Fields fields() {
        return new Fields(octets, 0, octets.length);
    }

    void writeTo(EveFields out) {
        out.object(typeName().toLowerCase(Locale.ROOT));
        out.put("qos", qos()).put("retain", (first & 1) != 0).put("dup", (first & 8) != 0);
        Fields fields = fields();
        if (skipped > 0 && type() == PUBLISH) {
            publish(fields, out);
        } else if (skipped > 0) {
            out.put("truncated", true).put("skipped_length", skipped);
        } else {
            switch (type()) {
                case CONNECT -> connect(fields, out);
                case CONNACK -> {
                    out.put("session_present", (fields.number(1) & 1) != 0).put("return_code", fields.number(1));
                    properties(fields, out, version);
                }
                case PUBLISH -> publish(fields, out);
                case PUBACK, PUBREC, PUBREL, PUBCOMP -> acknowledged(fields, out);
                case SUBSCRIBE, UNSUBSCRIBE -> topics(fields, out);
                case SUBACK, UNSUBACK -> codes(fields, out);
                case DISCONNECT, AUTH -> reason(fields, out);
                default -> {}
            }
        }
        out.end();
    }

    private static void connect(Fields fields, EveFields out) {
        out.put("protocol_string", fields.text());
        int asked = (int) fields.number(1);
        out.put("protocol_version", asked);
        int flags = (int) fields.number(1);
        out.object("flags");
        out.put("username", (flags & USER) != 0).put("password", (flags & PASSWORD) != 0);
        out.put("will_retain", (flags & WILL_RETAIN) != 0).put("will", (flags & WILL) != 0);
        out.put("clean_session", (flags & CLEAN) != 0);
        out.end();
        fields.number(2); // keep alive
        properties(fields, out, asked);
        out.put("client_id", fields.text());
        if ((flags & WILL) != 0) {
            out.object("will");
            properties(fields, out, asked);
            out.put("topic", fields.text()).put("message", fields.text());
            out.end();
        }
        if ((flags & USER) != 0) {
            out.put("username", fields.text());
        }
        if ((flags & PASSWORD) != 0) {
            out.put("password", fields.text());
        }
    }

    private void publish(Fields fields, EveFields out) {
        out.put("topic", fields.text());
        if (qos() > 0) {
            out.put("message_id", fields.number(2));
        }
        properties(fields, out, version);
        int told = Math.min(fields.left(), MESSAGE_TOLD_MAX);
        long cut = fields.left() - told + skipped;
        String message = fields.rest(told);
        out.put("message", cut > 0 ? message + "[truncated " + cut + " additional bytes]" : message);
    }

    private void acknowledged(Fields fields, EveFields out) {
        out.put("message_id", fields.number(2));
        reason(fields, out);
    }

    private void reason(Fields fields, EveFields out) {
        if (version >= VERSION_5) {
            out.put("reason_code", fields.left() > 0 ? fields.number(1) : 0); // absent means success, MQTT 5 §3.14.2.1
            if (fields.left() > 0) {
                properties(fields, out, version);
            }
        }
    }

    private void topics(Fields fields, EveFields out) {
        out.put("message_id", fields.number(2));
        properties(fields, out, version);
        out.array("topics");
        for (int i = 0; i < ENTRIES_MAX && fields.left() > 0; i++) {
            if (type() == SUBSCRIBE) {
                out.object()
                        .put("topic", fields.text())
                        .put("qos", fields.number(1) & 3)
                        .end();
            } else {
                out.add(fields.text());
            }
        }
        out.end();
    }

    private void codes(Fields fields, EveFields out) {
        out.put("message_id", fields.number(2));
        properties(fields, out, version);
        boolean any = fields.left() > 0;
        if (any || type() == SUBACK) {
            out.array(type() == SUBACK ? "qos_granted" : "reason_codes");
            for (int i = 0; i < ENTRIES_MAX && fields.left() > 0; i++) {
                out.add(fields.number(1));
            }
            out.end();
        }
    }

    private static void properties(Fields fields, EveFields out, int version) {
        if (version < VERSION_5) {
            return;
        }
        Fields list = fields.part(fields.variable());
        if (list.left() == 0) {
            return;
        }
        out.object("properties");
        for (int i = 0; i < ENTRIES_MAX && list.left() > 0; i++) {
            MqttProperty.write(list, out);
        }
        out.end();
    }
}
