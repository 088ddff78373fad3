package jp.genkan.protocols.mqtt;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.Progress;
import jp.genkan.core.observation.ProtocolFrame;
import jp.genkan.protocols.conversation.Conversation;
import jp.genkan.protocols.conversation.Frames;
import jp.genkan.protocols.conversation.OctetBuffer;
import jp.genkan.protocols.conversation.Recogniser;
import jp.genkan.protocols.conversation.Recognition;
import jp.genkan.protocols.conversation.StreamParser;
import org.jspecify.annotations.Nullable;

/**
 * MQTT over TCP. Keeps a packet of each direction and the exchanges that are not over. A gap, or a length that cannot be, ends the reading of its direction.
 *
 * <p>Thread rule: as for {@link StreamParser}.
 */
public final class MqttParser implements StreamParser {
    /** Octets of a packet that are kept; of a longer one only its type and length are told. Telemetry has some hundred. */
    static final int PACKET_MAX = 16_384;

    /** Exchanges that may be open; brokers allow 20 by default. Beyond, the oldest is told as it is. */
    static final int PENDING_MAX = 64;

    private static final int PORT = 1883;
    private static final int LENGTH_OCTETS_MAX = 4;
    private static final int QOS_RESERVED = 3;

    private final Side toServer = new Side();
    private final Side toClient = new Side();
    private final Deque<MqttTransaction> pending = new ArrayDeque<>();
    private long transactions;
    private int version = 4;
    private boolean asked;
    private boolean connected;

    /** A parser for one connection. */
    public MqttParser() {}

    /** What is known of a direction. */
    private static final class Side {
        final OctetBuffer held = new OctetBuffer(PACKET_MAX);
        int first = -1;
        int length;
        int lengthOctets;
        boolean lengthKnown;
        boolean tellsFrame;
        final List<ProtocolFrame> frames = new ArrayList<>(0);
        long left;
        boolean given;
    }

    /** Knows MQTT by the client's first packet, which names the protocol; at its own port also by any other one, where that was missed. */
    public static Recogniser recogniser() {
        return opening -> {
            boolean heard = opening.length(Direction.TO_SERVER) > 0;
            Direction direction = heard ? Direction.TO_SERVER : Direction.TO_CLIENT;
            byte[] octets = opening.octets(direction);
            int length = opening.length(direction);
            if (length == 0) {
                return Recognition.MORE;
            }
            if (heard && octets[0] == MqttMessage.CONNECT << 4) {
                return beginsWithConnect(octets, length);
            }
            return opening.serverPort() == PORT ? beginsWithPacket(octets, length) : Recognition.NO;
        };
    }

    private static Recognition beginsWithConnect(byte[] octets, int length) {
        int at = 1;
        while (at < length && octets[at] < 0 && at < LENGTH_OCTETS_MAX) {
            at++;
        }
        return length <= at + 1 ? Recognition.MORE : named(octets, at + 1, length);
    }

    /** A known type with the flags that belong to it, and a length that ends. */
    private static Recognition beginsWithPacket(byte[] octets, int length) {
        if (!MqttMessage.isFirstOctet(octets[0] & 0xff)) {
            return Recognition.NO;
        }
        for (int at = 1; at <= LENGTH_OCTETS_MAX; at++) {
            if (at == length) {
                return Recognition.MORE;
            }
            if (octets[at] >= 0) {
                return Recognition.YES;
            }
        }
        return Recognition.NO;
    }

    /** {@code MQTT} with its length in front, or version 3.1's {@code MQIsdp}. */
    private static Recognition named(byte[] octets, int from, int length) {
        byte[][] names = {{0, 4, 'M', 'Q', 'T', 'T'}, {0, 6, 'M', 'Q', 'I', 's', 'd', 'p'}};
        for (byte[] name : names) {
            int count = Math.min(name.length, Math.max(0, length - from));
            if (Arrays.equals(octets, from, from + count, name, 0, count)) {
                return count == name.length ? Recognition.YES : Recognition.MORE;
            }
        }
        return Recognition.NO;
    }

    @Override
    public int onOctets(Direction direction, byte[] octets, int from, int to, Conversation conversation) {
        Side side = direction.isToServer() ? toServer : toClient;
        int at = from;
        while (at < to && !side.given) {
            if (side.first < 0) {
                side.first = octets[at++] & 0xff;
                side.length = 0;
                side.lengthOctets = 0;
                side.lengthKnown = false;
            } else if (!side.lengthKnown) {
                readLength(direction, side, octets[at++], conversation);
            } else {
                int taken = (int) Math.min(side.left, to - at);
                side.held.append(octets, at, at + Math.min(taken, side.held.room()));
                side.left -= taken;
                at += taken;
            }
            if (side.tellsFrame && side.lengthKnown) {
                side.tellsFrame = false;
                tellFrames(direction, side, at - from, conversation.frames());
            }
            if (side.lengthKnown && side.left == 0 && side.first >= 0) {
                finish(direction, side, conversation);
            }
        }
        return to;
    }

    /** The header of a packet ends here. */
    private static void tellFrames(Direction direction, Side side, int at, @Nullable Frames frames) {
        if (frames == null) {
            return;
        }
        long behind = frames.origin() + at;
        int header = 1 + side.lengthOctets;
        side.frames.add(frames.tell(direction, "pdu", behind - header, (long) header + side.length, null));
        side.frames.add(frames.tell(direction, "header", behind - header, header, null));
        side.frames.add(frames.tell(direction, "data", behind, side.length, null));
    }

    private void readLength(Direction direction, Side side, int octet, Conversation conversation) {
        side.length |= (octet & 0x7f) << (7 * side.lengthOctets++);
        if (octet >= 0) {
            side.lengthKnown = true;
            side.tellsFrame = true;
            side.left = side.length;
        } else if (side.lengthOctets == LENGTH_OCTETS_MAX) {
            conversation.anomaly(null, direction, "malformed_traffic");
            give(side, conversation);
        }
    }

    private void finish(Direction direction, Side side, Conversation conversation) {
        byte[] octets = side.held.toArray();
        MqttMessage message = new MqttMessage(side.first, octets, version, side.length - octets.length, direction);
        side.held.clear();
        side.first = -1;
        side.lengthKnown = false;
        MqttTransaction in = onMessage(direction, message, conversation);
        side.frames.forEach(frame -> frame.transaction(in));
        side.frames.clear();
    }

    private MqttTransaction onMessage(Direction direction, MqttMessage message, Conversation conversation) {
        int type = message.type();
        if (type == MqttMessage.CONNECT) {
            version = message.connectVersion();
        }
        MqttTransaction open = isAnswer(type) ? find(message) : null;
        MqttTransaction transaction = open;
        if (transaction == null) {
            transaction = new MqttTransaction(transactions++, message);
            tellOddities(transaction, direction, message, conversation);
        }
        asked |= type == MqttMessage.CONNECT;
        connected |= type == MqttMessage.CONNACK;
        conversation.advance(transaction, direction, Progress.COMPLETE);
        boolean opens = open == null && (isRequest(type) || type == MqttMessage.PUBLISH && message.qos() > 0);
        boolean goesOn = open != null && (type == MqttMessage.PUBREC || type == MqttMessage.PUBREL);
        if (opens) {
            if (pending.size() == PENDING_MAX) {
                conversation.complete(pending.removeFirst());
            }
            pending.addLast(transaction);
        } else if (!goesOn) {
            if (open != null) {
                pending.remove(open);
            }
            conversation.complete(transaction);
        }
        return transaction;
    }

    /** The others belong to the time before both sides have agreed. */
    private static boolean isForConnected(int type) {
        return type != MqttMessage.CONNECT && type != MqttMessage.AUTH;
    }

    private static boolean isRequest(int type) {
        return type == MqttMessage.CONNECT || type == MqttMessage.SUBSCRIBE || type == MqttMessage.UNSUBSCRIBE;
    }

    private static boolean isAnswer(int type) {
        return switch (type) {
            case MqttMessage.CONNACK,
                    MqttMessage.PUBACK,
                    MqttMessage.PUBREC,
                    MqttMessage.PUBREL,
                    MqttMessage.PUBCOMP,
                    MqttMessage.SUBACK,
                    MqttMessage.UNSUBACK -> true;
            default -> false;
        };
    }

    /** The exchange that this packet goes on with, the packet being added to it; null when there is none. */
    private @Nullable MqttTransaction find(MqttMessage answer) {
        int wanted = asked(answer.type());
        for (MqttTransaction candidate : pending) {
            MqttMessage first = candidate.first();
            if (first.type() == wanted && first.messageId() == answer.messageId() && candidate.add(answer)) {
                return candidate;
            }
        }
        return null;
    }

    private static int asked(int answer) {
        return switch (answer) {
            case MqttMessage.CONNACK -> MqttMessage.CONNECT;
            case MqttMessage.SUBACK -> MqttMessage.SUBSCRIBE;
            case MqttMessage.UNSUBACK -> MqttMessage.UNSUBSCRIBE;
            default -> MqttMessage.PUBLISH;
        };
    }

    private void tellOddities(
            MqttTransaction transaction, Direction direction, MqttMessage message, Conversation conversation) {
        int type = message.type();
        String missing = switch (type) {
            case MqttMessage.CONNACK -> "missing_connect";
            case MqttMessage.PUBACK, MqttMessage.PUBREC, MqttMessage.PUBREL, MqttMessage.PUBCOMP -> "missing_publish";
            case MqttMessage.SUBACK -> "missing_subscribe";
            case MqttMessage.UNSUBACK -> "missing_unsubscribe";
            default -> null;
        };
        if (missing != null) {
            conversation.anomaly(transaction, direction, missing);
        } else if (type == MqttMessage.CONNECT && (asked || connected)) {
            conversation.anomaly(transaction, direction, "double_connect");
        } else if (isForConnected(type) && !connected && !conversation.isMidstream()) {
            conversation.anomaly(transaction, direction, "unintroduced_message");
        }
        if (message.isMalformed()) {
            conversation.anomaly(transaction, direction, "malformed_traffic");
        }
        if (type == 0) {
            conversation.anomaly(transaction, direction, "unassigned_msg_type");
        }
        if (type == MqttMessage.PUBLISH && message.qos() == QOS_RESERVED) {
            conversation.anomaly(transaction, direction, "invalid_qos_level");
        }
    }

    private void give(Side side, Conversation conversation) {
        side.given = true;
        side.held.clear();
        if (toServer.given && toClient.given) {
            conversation.settle();
        }
    }

    @Override
    public void onGap(Direction direction, long missing, Conversation conversation) {
        Side side = direction.isToServer() ? toServer : toClient;
        if (side.given) {
            return;
        }
        if (side.lengthKnown && missing <= side.left) {
            side.left -= missing;
            if (side.left == 0) {
                finish(direction, side, conversation);
            }
        } else {
            give(side, conversation);
        }
    }

    @Override
    public void onFlowEnd(Conversation conversation) {
        while (!pending.isEmpty()) {
            conversation.complete(pending.removeFirst());
        }
    }
}
