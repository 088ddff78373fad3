package jp.genkan.protocols.quic;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.Progress;
import jp.genkan.protocols.conversation.Conversation;
import jp.genkan.protocols.conversation.DatagramParser;
import jp.genkan.protocols.tls.ClientHello;
import jp.genkan.protocols.tls.HandshakeMessages;
import jp.genkan.protocols.tls.HandshakeReader;
import jp.genkan.protocols.tls.OctetReader;
import jp.genkan.protocols.tls.ServerHello;
import org.jspecify.annotations.Nullable;

/**
 * Reads a flow of QUIC until both hellos are there, then settles. Order of work: packets of a datagram, protection off, frames of a packet, CRYPTO frames into
 * their stream, hellos out of it.
 *
 * <p>Thread rule: the worker of its flow.
 */
public final class QuicParser implements DatagramParser {
    /** Datagrams after which the flow settles whatever was read. Hellos come in the first ten, retransmissions included. */
    static final int DATAGRAMS_MAX = 32;

    /** Packets with a short header after which it settles: the handshake is over then, also where its hellos were not seen. */
    static final int SHORT_MAX = 8;

    /** Most packets of one datagram that are looked at; ends coalesce up to four. */
    static final int PACKETS_MAX = 8;

    /** Initial packets of a flow that are opened; each costs some ten microseconds, so that a sender cannot have a worker do this all day. */
    static final int INITIALS_MAX = 64;

    /** Initial packets that could not be opened after which the flow settles: it is not what it seems, or its beginning was not seen. */
    static final int FAILURES_MAX = 8;

    private static final int LONG_HEADER = 0x80;
    private static final int FIXED_BIT = 0x40;
    private static final int FRAME_PADDING = 0;
    private static final int FRAME_PING = 1;
    private static final int FRAME_ACK = 2;
    private static final int FRAME_ACK_WITH_COUNTS = 3;
    private static final int FRAME_CRYPTO = 6;
    private static final int FRAME_CLOSE = 0x1c;

    private final Side client = new Side(Direction.TO_SERVER);
    private final Side server = new Side(Direction.TO_CLIENT);
    private final Set<String> told = new HashSet<>(); // of three names
    private byte @Nullable [] connectionId; // the client's first destination, from which keys are made
    private int datagrams;
    private int shortHeaders;
    private int initials;
    private int failures;
    private long transactions;
    private int version;
    private boolean settled;
    private @Nullable Conversation conversation; // during a call only

    /** A flow of which nothing was read. */
    public QuicParser() {}

    /** One direction. */
    private final class Side implements HandshakeReader.Receiver {
        final Direction direction;
        final CryptoStream stream = new CryptoStream();
        InitialProtection.@Nullable Keys keys;

        @Nullable
        QuicVersion keysOf;

        boolean helloRead;

        Side(Direction direction) {
            this.direction = direction;
        }

        @Override
        public boolean wants(int type, int length) {
            return type == HandshakeMessages.CLIENT_HELLO && direction.isToServer()
                    || type == HandshakeMessages.SERVER_HELLO && !direction.isToServer();
        }

        @Override
        public void message(int type, byte[] octets, int from, int to) {
            if (direction.isToServer()) {
                helloRead = true;
                tellHello(direction, ClientHello.read(octets, from, to), null, null);
            } else {
                ServerHello hello = ServerHello.read(octets, from, to);
                helloRead = !hello.isRetryRequest();
                tellHello(direction, null, hello, null);
            }
        }

        @Override
        public boolean goesOn() {
            return !settled;
        }
    }

    @Override
    public void onDatagram(Direction direction, byte[] octets, int from, int to, Conversation told) {
        if (settled) {
            return;
        }
        conversation = told;
        Side side = direction.isToServer() ? client : server;
        int at = from;
        for (int i = 0; i < PACKETS_MAX && at < to; i++) {
            at = packet(side, octets, at, to);
        }
        datagrams++;
        boolean both = client.helloRead && server.helloRead;
        boolean enough = initials > INITIALS_MAX || failures >= FAILURES_MAX || shortHeaders >= SHORT_MAX;
        if (both || enough || datagrams >= DATAGRAMS_MAX) {
            settle(told);
        }
        conversation = null;
    }

    /** Reads a packet and says where the next one begins. */
    private int packet(Side side, byte[] octets, int from, int to) {
        int first = octets[from] & 0xff;
        if ((first & LONG_HEADER) == 0) {
            if (!oldGoogle(side, octets, from, to) && (first & FIXED_BIT) != 0) {
                shortHeaders++;
            }
            return to;
        }
        LongHeader header = LongHeader.read(octets, from, to);
        if (header == null) {
            anomaly("error_on_data", side);
            return to;
        }
        if (QuicVersion.isClearText(header.version())) {
            version = header.version();
            tellHello(side.direction, null, null, side == client ? GoogleHello.find(octets, from, to) : null);
            return to;
        }
        QuicVersion known = QuicVersion.of(header.version());
        if (known == null || header.numberAt() < 0) { // version negotiation, Retry, a version that is not read
            return to;
        }
        if (known.isInitial(header.first())) {
            initial(side, known, header, octets, from);
        }
        return header.end();
    }

    /** Google's header before Q046: flags, connection id, version; packets without a version are like short headers. */
    private boolean oldGoogle(Side side, byte[] octets, int from, int to) {
        boolean withVersion = (octets[from] & 0x09) == 0x09; // a version, and a connection id before it
        if (!withVersion || side != client || to - from < 13) {
            return false;
        }
        int number = new OctetReader(octets, from + 9, to).u32();
        if (!QuicVersion.isClearText(number) || number > QuicVersion.NUMBER_Q043 + 2) {
            return false;
        }
        version = number;
        tellHello(side.direction, null, null, GoogleHello.find(octets, from + 13, to));
        return true;
    }

    private void initial(Side side, QuicVersion known, LongHeader header, byte[] octets, int from) {
        if (initials++ >= INITIALS_MAX || failures >= FAILURES_MAX) {
            return;
        }
        InitialProtection protection = InitialProtection.ofThread();
        if (connectionId == null) {
            if (side == server) {
                return; // the client's first packet was not seen
            }
            connectionId = header.destination();
        }
        int length = open(protection, side, known, header, octets, from);
        byte[] used = connectionId;
        if (length < 0 && side == client && !Arrays.equals(header.destination(), used)) {
            connectionId = header.destination(); // after a Retry keys are made from the new id
            client.keys = null;
            server.keys = null;
            length = open(protection, side, known, header, octets, from);
            if (length < 0) {
                connectionId = used;
                client.keys = null;
            }
        }
        if (length < 0) {
            failures++;
            anomaly("failed_decrypt", side);
            return;
        }
        version = header.version();
        frames(side, known, protection.plain(), length);
    }

    private int open(
            InitialProtection protection, Side side, QuicVersion known, LongHeader header, byte[] octets, int from) {
        InitialProtection.Keys keys = side.keys;
        byte[] id = connectionId;
        if (id == null) {
            return -1;
        }
        if (keys == null || side.keysOf != known) {
            keys = protection.keys(known, id, side == client ? "client" : "server");
            side.keys = keys;
            side.keysOf = known;
        }
        return protection.open(keys, octets, from, header.numberAt(), header.end());
    }

    private void frames(Side side, QuicVersion known, byte[] plain, int length) {
        if (known == QuicVersion.Q050) {
            GoogleHello hello = side == client && !side.helloRead ? GoogleHello.find(plain, 0, length) : null;
            if (hello != null) {
                side.helloRead = true;
                tellHello(side.direction, null, null, hello);
            }
            return;
        }
        OctetReader in = new OctetReader(plain, 0, length);
        while (in.remaining() > 0 && !in.hasFailed() && !settled) {
            int type = in.u8();
            switch (type) {
                case FRAME_PADDING, FRAME_PING -> {
                    // nothing in them
                }
                case FRAME_ACK, FRAME_ACK_WITH_COUNTS -> acknowledgement(in, type == FRAME_ACK_WITH_COUNTS);
                case FRAME_CRYPTO -> crypto(side, in, plain);
                case FRAME_CLOSE -> {
                    return;
                }
                default -> {
                    anomaly("error_on_data", side);
                    return;
                }
            }
        }
        if (in.hasFailed()) {
            anomaly("error_on_data", side);
        }
    }

    private void crypto(Side side, OctetReader in, byte[] plain) {
        long offset = LongHeader.varint(in);
        long length = LongHeader.varint(in);
        if (in.hasFailed() || length > in.remaining()) {
            in.skip(Integer.MAX_VALUE); // fails, and ends the packet
            return;
        }
        int at = in.position();
        in.skip((int) length);
        if (!side.stream.put(offset, plain, at, at + (int) length, side)) {
            anomaly("crypto_frag_too_long", side);
        }
    }

    /** RFC 9000 §19.3; ends with the packet at the latest. */
    private static void acknowledgement(OctetReader in, boolean withCounts) {
        LongHeader.varint(in); // largest
        LongHeader.varint(in); // delay
        long ranges = LongHeader.varint(in);
        LongHeader.varint(in); // first range
        for (long i = 0; i < ranges && !in.hasFailed(); i++) {
            LongHeader.varint(in);
            LongHeader.varint(in);
        }
        if (withCounts) {
            LongHeader.varint(in);
            LongHeader.varint(in);
            LongHeader.varint(in);
        }
    }

    private void tellHello(
            Direction direction,
            @Nullable ClientHello clientHello,
            @Nullable ServerHello serverHello,
            @Nullable GoogleHello googleHello) {
        Conversation here = conversation;
        if (here == null) {
            return;
        }
        QuicTransaction transaction =
                new QuicTransaction(transactions++, direction, version, clientHello, serverHello, googleHello);
        here.advance(transaction, direction, Progress.HEADERS);
        here.advance(transaction, Direction.TO_SERVER, Progress.COMPLETE);
        here.advance(transaction, Direction.TO_CLIENT, Progress.COMPLETE);
        here.complete(transaction);
    }

    private void anomaly(String event, Side side) {
        if (conversation != null && told.add(event)) {
            conversation.anomaly(null, side.direction, event);
        }
    }

    private void settle(Conversation here) {
        settled = true;
        client.stream.clear();
        server.stream.clear();
        here.settle();
    }
}
