package jp.genkan.protocols.ssh;

import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Set;
import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.Progress;
import jp.genkan.protocols.conversation.Conversation;
import jp.genkan.protocols.conversation.OctetBuffer;
import jp.genkan.protocols.conversation.StreamParser;
import jp.genkan.protocols.tls.OctetReader;

/**
 * Reads both banners and both KEXINIT messages, then settles.
 *
 * <pre>
 *  banner:  "SSH-" protocol "-" software [" " comments] [CR] LF
 *  packet:  length(32) padding(8) type(8) body padding
 *  KEXINIT: cookie(128) and ten lists of names, each length(32) text
 * </pre>
 *
 * <p>Thread rule: the worker of its flow.
 */
public final class SshParser implements StreamParser {
    /** Longest banner: RFC 4253 §4.2. Of a longer one this much is read. */
    static final int BANNER_MAX = 255;

    /** Octets of lines before the banner; RFC 4253 leaves it open, messages of the day stay under it. Then it is not SSH for us. */
    static final int PREAMBLE_MAX = 16_384;

    /** Longest packet: RFC 4253 §6.1. After a longer one nothing more is read. */
    static final int PACKET_MAX = 35_000;

    /** Most packets before KEXINIT in a direction; real ends send none. */
    static final int PACKETS_MAX = 16;

    /** Octets of a direction after which the connection settles whatever the other did: both KEXINIT come before. */
    static final long OCTETS_MAX = 262_144;

    private static final int PACKET_HEADER = 6; // length, padding, type
    private static final int KEXINIT = 20;
    private static final int COOKIE = 16;

    private final SshTransaction transaction = new SshTransaction();
    private final Side client = new Side(Direction.TO_SERVER);
    private final Side server = new Side(Direction.TO_CLIENT);
    private final Set<Event> told = EnumSet.noneOf(Event.class);
    private boolean settled;

    /** What may be wrong, by Suricata's names. */
    private enum Event {
        INVALID_BANNER("invalid_banner"),
        LONG_BANNER("long_banner"),
        INVALID_RECORD("invalid_record"),
        LONG_KEX_RECORD("long_kex_record");

        private final String eveName;

        Event(String eveName) {
            this.eveName = eveName;
        }
    }

    /** What is read next. */
    private enum Reading {
        BANNER,
        PACKET_HEADER,
        KEXINIT,
        REST_OF_PACKET,
        NOTHING
    }

    /** One direction. */
    private static final class Side {
        final Direction direction;
        final OctetBuffer buffer = new OctetBuffer(PACKET_MAX + 4);
        Reading reading = Reading.BANNER;
        int needed; // octets of the KEXINIT packet
        int skip;
        int packets;
        long octets;

        Side(Direction direction) {
            this.direction = direction;
        }

        boolean isDone() {
            return reading == Reading.NOTHING;
        }
    }

    /** A connection of which nothing was read. */
    public SshParser() {}

    @Override
    public int onOctets(Direction direction, byte[] octets, int from, int to, Conversation conversation) {
        Side side = side(direction);
        int at = from;
        while (at < to && !settled && !side.isDone()) {
            at = switch (side.reading) {
                case BANNER -> banner(side, octets, at, to, conversation);
                case PACKET_HEADER -> packetHeader(side, octets, at, to, conversation);
                case KEXINIT -> keyExchange(side, octets, at, to, conversation);
                case REST_OF_PACKET -> {
                    int step = Math.min(side.skip, to - at);
                    side.skip -= step;
                    if (side.skip == 0) {
                        side.reading = Reading.PACKET_HEADER;
                    }
                    yield at + step;
                }
                case NOTHING -> to;
            };
        }
        side.octets += to - from;
        if (side.octets > OCTETS_MAX || client.isDone() && server.isDone()) {
            finish(conversation);
        }
        return to;
    }

    private Side side(Direction direction) {
        return direction.isToServer() ? client : server;
    }

    private int banner(Side side, byte[] octets, int from, int to, Conversation conversation) {
        int end = from;
        while (end < to && octets[end] != '\n') {
            end++;
        }
        int room = BANNER_MAX + 1 - side.buffer.length();
        int step = Math.min(end - from, room);
        side.buffer.append(octets, from, from + step);
        if (end == to) {
            if (side.octets + (to - from) > PREAMBLE_MAX) {
                tell(Event.INVALID_BANNER, side, conversation);
                done(side);
            }
            return to;
        }
        line(side, conversation);
        side.buffer.clear();
        return end + 1;
    }

    private void line(Side side, Conversation conversation) {
        byte[] array = side.buffer.array();
        String line = new String(array, side.buffer.begin(), side.buffer.length(), StandardCharsets.ISO_8859_1);
        if (!line.startsWith("SSH-")) {
            if (side == client) { // RFC 4253 §4.2 lets only servers send other lines
                tell(Event.INVALID_BANNER, side, conversation);
            }
            if (side.octets > PREAMBLE_MAX) {
                done(side);
            }
            return;
        }
        if (line.length() > BANNER_MAX) {
            tell(Event.LONG_BANNER, side, conversation);
        }
        int dash = line.indexOf('-', 4);
        if (dash < 0) {
            tell(Event.INVALID_BANNER, side, conversation);
            done(side);
            return;
        }
        String protocol = line.substring(4, dash);
        transaction.sender(side.direction).banner(protocol, software(line, dash + 1));
        conversation.advance(transaction, side.direction, Progress.HEADERS);
        if (protocol.equals("2.0") || protocol.equals("1.99")) {
            side.reading = Reading.PACKET_HEADER;
        } else {
            done(side);
        }
    }

    private static String software(String line, int from) {
        int end = from;
        while (end < line.length() && line.charAt(end) != ' ' && line.charAt(end) != '\r') {
            end++;
        }
        return line.substring(from, end);
    }

    private int packetHeader(Side side, byte[] octets, int from, int to, Conversation conversation) {
        int step = Math.min(PACKET_HEADER - side.buffer.length(), to - from);
        side.buffer.append(octets, from, from + step);
        if (side.buffer.length() < PACKET_HEADER) {
            return to;
        }
        OctetReader header = new OctetReader(side.buffer.array(), side.buffer.begin(), side.buffer.end());
        int length = header.u32();
        int padding = header.u8();
        int type = header.u8();
        if (length > PACKET_MAX && type == KEXINIT) {
            tell(Event.LONG_KEX_RECORD, side, conversation);
            done(side);
        } else if (length < 2 || length > PACKET_MAX || padding > length - 2) {
            tell(Event.INVALID_RECORD, side, conversation);
            done(side);
        } else if (type == KEXINIT) {
            side.reading = Reading.KEXINIT;
            side.needed = 4 + length - padding; // a later step takes what is missing; padding tells nothing
            if (side.buffer.length() >= side.needed) {
                readLists(side, conversation);
            }
        } else if (++side.packets > PACKETS_MAX) {
            done(side);
        } else {
            side.buffer.clear();
            side.skip = length - 2;
            side.reading = side.skip == 0 ? Reading.PACKET_HEADER : Reading.REST_OF_PACKET;
        }
        return from + step;
    }

    private int keyExchange(Side side, byte[] octets, int from, int to, Conversation conversation) {
        int step = Math.min(side.needed - side.buffer.length(), to - from);
        side.buffer.append(octets, from, from + step);
        if (side.buffer.length() == side.needed) {
            readLists(side, conversation);
        }
        return from + step;
    }

    /** Key exchange, host keys, then for both directions encryption, MAC, compression and languages: RFC 4253 §7.1. */
    private void readLists(Side side, Conversation conversation) {
        OctetReader in = new OctetReader(side.buffer.array(), side.buffer.begin() + PACKET_HEADER, side.buffer.end());
        in.skip(COOKIE);
        String[] lists = new String[8];
        for (int i = 0; i < lists.length; i++) {
            lists[i] = in.latin(in.u32());
        }
        if (in.hasFailed()) {
            tell(Event.INVALID_RECORD, side, conversation);
        } else {
            int way = side == client ? 0 : 1; // what it sends itself
            String hassh = String.join(";", lists[0], lists[2 + way], lists[4 + way], lists[6 + way]);
            transaction.sender(side.direction).hassh(hassh);
        }
        conversation.advance(transaction, side.direction, Progress.COMPLETE);
        done(side);
    }

    private static void done(Side side) {
        side.reading = Reading.NOTHING;
        side.buffer.clear();
    }

    private void tell(Event event, Side side, Conversation conversation) {
        if (told.add(event)) {
            conversation.anomaly(transaction, side.direction, event.eveName);
        }
    }

    private void finish(Conversation conversation) {
        if (!settled) {
            settled = true;
            done(client);
            done(server);
            conversation.complete(transaction);
            conversation.settle();
        }
    }

    @Override
    public void onGap(Direction direction, long missing, Conversation conversation) {
        Side side = side(direction);
        if (side.reading == Reading.REST_OF_PACKET && missing < side.skip) {
            side.skip -= (int) missing;
        } else {
            done(side);
        }
        if (client.isDone() && server.isDone()) {
            finish(conversation);
        }
    }

    @Override
    public void onFlowEnd(Conversation conversation) {
        finish(conversation);
    }
}
