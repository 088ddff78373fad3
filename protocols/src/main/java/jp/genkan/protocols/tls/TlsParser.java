package jp.genkan.protocols.tls;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.Progress;
import jp.genkan.protocols.conversation.Conversation;
import jp.genkan.protocols.conversation.Frames;
import jp.genkan.protocols.conversation.OctetBuffer;
import jp.genkan.protocols.conversation.StreamParser;
import org.jspecify.annotations.Nullable;

/**
 * Reads a connection of TLS until its handshake is over, then settles: what follows is encrypted.
 *
 * <pre>
 *  record:     type(1) version(2) length(2) content
 *  handshake:  type(1) length(3) body          in one record or over several
 *  SSL 2.0:    1|length(15) type(1) body       only the first message of a direction
 * </pre>
 *
 * <p>Of records only the five octets of the header are kept; of handshake messages only those that are read, see {@link HandshakeReader#MESSAGE_MAX}.
 *
 * <p>Thread rule: the worker of its flow.
 */
public final class TlsParser implements StreamParser {
    /** Octets of one direction after which a handshake that is not over is given up: real ones stay under 100 KiB, early data included. */
    static final long HANDSHAKE_OCTETS_MAX = 1 << 20;

    /** Longest content of a record: RFC 5246 §6.2.3, 2^14 and what encryption may add. */
    static final int RECORD_MAX = (1 << 14) + 2048;

    /** Most certificates of a chain that are kept; real chains have up to five. The rest is passed over. */
    static final int CHAIN_MAX = 16;

    private static final int RECORD_HEADER = 5;
    private static final int CHANGE_CIPHER_SPEC = 20;
    private static final int ALERT = 21;
    private static final int HANDSHAKE = 22;
    private static final int APPLICATION_DATA = 23;
    private static final int HEARTBEAT = 24;
    private static final int SSL_2_MESSAGE_MAX = 0x7fff;

    private final Side client = new Side(Direction.TO_SERVER);
    private final Side server = new Side(Direction.TO_CLIENT);
    private final Set<TlsEvent> told = EnumSet.noneOf(TlsEvent.class);
    private @Nullable TlsTransaction transaction;
    private @Nullable Conversation conversation; // during a call only
    private boolean settled;

    /** What is encrypted is cut into records: somebody asks for frames. */
    private boolean tracking;

    /** A connection of which nothing was read. */
    public TlsParser() {}

    /** One direction. */
    private final class Side implements HandshakeReader.Receiver {
        final Direction direction;
        final HandshakeReader handshakes = new HandshakeReader();
        final byte[] header = new byte[RECORD_HEADER];
        final byte[] content = new byte[3]; // the first octets of an alert or a heartbeat
        int headerLength;
        int contentLength;
        int type;
        int length; // of the record's content
        long place; // where the octets of a header that are here begin
        int remaining; // of the record's content
        long octets;
        boolean begun;
        boolean encrypted;
        boolean over;
        boolean unreadable; // handshake messages cannot be found any more
        boolean certificateSeen;

        @Nullable
        OctetBuffer oldMessage; // of SSL 2.0

        Side(Direction direction) {
            this.direction = direction;
        }

        @Override
        public boolean wants(int messageType, int messageLength) {
            if (!HandshakeMessages.isKnown(messageType)) {
                unreadable = true;
                tell(TlsEvent.INVALID_HANDSHAKE_MESSAGE, direction);
                return false;
            }
            if (messageType == HandshakeMessages.keyExchangeOf(direction)) {
                transaction().markKeyExchanged(direction);
                advance(direction, Progress.BODY);
            }
            boolean wanted = HandshakeMessages.isRead(messageType);
            if (wanted && messageLength > HandshakeReader.MESSAGE_MAX) {
                tell(TlsEvent.HANDSHAKE_INVALID_LENGTH, direction);
            }
            return wanted;
        }

        @Override
        public void message(int messageType, byte[] from, int first, int behind) {
            onMessage(this, messageType, from, first, behind);
        }

        @Override
        public boolean goesOn() {
            return !settled && !unreadable;
        }
    }

    @Override
    public int onOctets(Direction direction, byte[] octets, int from, int to, Conversation told) {
        conversation = told;
        Side side = side(direction);
        int at = from;
        Frames frames = told.frames();
        while (at < to && (!settled || tracking)) {
            if (frames != null && side.remaining == 0 && side.oldMessage == null) {
                side.place = frames.origin() + at - from; // where a record begins, or goes on to begin
            }
            if (side.oldMessage != null) {
                at = oldMessage(side, side.oldMessage, octets, at, to);
            } else if (side.remaining == 0) {
                at = header(side, octets, at, to);
            } else {
                int step = Math.min(side.remaining, to - at);
                content(side, octets, at, at + step);
                side.remaining -= step;
                at += step;
            }
        }
        side.octets += to - from;
        if (!settled && side.octets > HANDSHAKE_OCTETS_MAX) {
            finish();
        }
        conversation = null;
        return to;
    }

    private Side side(Direction direction) {
        return direction.isToServer() ? client : server;
    }

    private int header(Side side, byte[] octets, int from, int to) {
        int step = Math.min(RECORD_HEADER - side.headerLength, to - from);
        System.arraycopy(octets, from, side.header, side.headerLength, step);
        int had = side.headerLength;
        side.headerLength += step;
        if (!side.begun && (side.header[0] & 0x80) != 0) {
            side.headerLength = 0;
            side.begun = true;
            OctetBuffer message = new OctetBuffer(2 + SSL_2_MESSAGE_MAX);
            side.place -= had;
            message.append(side.header, 0, had + step);
            side.oldMessage = message;
            return oldMessage(side, message, octets, from + step, to);
        }
        if (side.headerLength < RECORD_HEADER) {
            return to;
        }
        side.begun = true;
        side.headerLength = 0;
        side.type = side.header[0] & 0xff;
        side.length = (side.header[3] & 0xff) << 8 | side.header[4] & 0xff;
        side.remaining = side.length;
        side.contentLength = 0;
        TlsFrames.record(frames(), side.direction, side.place + step, side.type, side.length, transaction);
        if (!settled) {
            beginRecord(side);
        } else if (side.type < CHANGE_CIPHER_SPEC || side.type > HEARTBEAT) {
            stopTracking();
        }
        return from + step;
    }

    private void beginRecord(Side side) {
        if (side.type < CHANGE_CIPHER_SPEC || side.type > HEARTBEAT) {
            giveUp(TlsEvent.INVALID_RECORD_TYPE, side);
        } else if (side.header[1] != 3 && side.header[1] != 0x7f) {
            giveUp(TlsEvent.INVALID_RECORD_VERSION, side);
        } else if (side.length > RECORD_MAX) {
            giveUp(TlsEvent.INVALID_TLS_HEADER, side);
        } else if (side.type == CHANGE_CIPHER_SPEC) {
            onChangeCipherSpec(side);
        } else if (side.type == APPLICATION_DATA) {
            side.encrypted = true;
            side.over = true;
            finishWhenOver();
        }
    }

    /** In TLS 1.3 it means nothing (RFC 8446 §D.4), and it may come before the version is known. */
    private void onChangeCipherSpec(Side side) {
        TlsTransaction at = transaction;
        ServerHello hello = at == null ? null : at.serverHello();
        boolean middle = at == null || at.clientHello() == null && hello == null;
        if (!middle && (hello == null || TlsVersions.isTls13(hello.version()))) {
            return;
        }
        side.encrypted = true;
        side.over = true;
        if (side == server && at != null && hello != null && !side.certificateSeen && !side.unreadable) {
            at.markResumed();
        }
        finishWhenOver();
    }

    private void content(Side side, byte[] octets, int from, int to) {
        if (side.encrypted || settled) {
            return;
        }
        if (side.type == HANDSHAKE && !side.unreadable) {
            side.handshakes.feed(octets, from, to, side);
        } else if (side.type == ALERT || side.type == HEARTBEAT) {
            int wanted = side.type == ALERT ? 2 : 3;
            int had = side.contentLength;
            int step = Math.min(wanted - had, to - from);
            if (step > 0) {
                System.arraycopy(octets, from, side.content, had, step);
                side.contentLength += step;
                if (side.contentLength == wanted) {
                    shortMessage(side);
                }
            }
        }
    }

    private void shortMessage(Side side) {
        if (side.type == ALERT) {
            boolean fatal = side.content[0] == 2;
            int description = side.content[1] & 0xff;
            if (fatal) {
                transaction().alertDescription(description);
            }
            if (fatal || description == 0 && side.length == 2) { // 0: close_notify
                finish();
            }
            return;
        }
        int payload = (side.content[1] & 0xff) << 8 | side.content[2] & 0xff;
        tell(TlsEvent.HEARTBEAT_MESSAGE, side.direction);
        int kind = side.content[0];
        if (payload == 0 || kind != 1 && kind != 2) {
            tell(TlsEvent.INVALID_HEARTBEAT_MESSAGE, side.direction);
        } else if (3 + payload + 16 > side.length) { // RFC 6520 §4: header, payload, padding
            tell(TlsEvent.OVERFLOW_HEARTBEAT_MESSAGE, side.direction);
        }
    }

    private void onMessage(Side side, int type, byte[] octets, int from, int to) {
        switch (type) {
            case HandshakeMessages.CLIENT_HELLO -> {
                if (side == client) {
                    onClientHello(ClientHello.read(octets, from, to));
                }
            }
            case HandshakeMessages.SERVER_HELLO -> {
                if (side == server) {
                    onServerHello(ServerHello.read(octets, from, to));
                }
            }
            case HandshakeMessages.CERTIFICATE -> onCertificates(side, new OctetReader(octets, from, to));
            default -> {
                // no other is asked for
            }
        }
    }

    private void onClientHello(ClientHello hello) {
        transaction().clientHello(hello);
        for (TlsEvent event : hello.events()) {
            tell(event, Direction.TO_SERVER);
        }
        advance(Direction.TO_SERVER, Progress.HEADERS);
    }

    private void onServerHello(ServerHello hello) {
        TlsTransaction at = transaction();
        at.serverHello(hello);
        for (TlsEvent event : hello.events()) {
            tell(event, Direction.TO_CLIENT);
        }
        if (hello.isRetryRequest()) {
            client.encrypted = false; // a second hello comes, and early data that came does not count
            client.over = false;
            return;
        }
        ClientHello first = at.clientHello();
        if (TlsVersions.isTls13(hello.version())) {
            if (hello.usesPreSharedKey()) {
                at.markResumed();
            }
        } else if (first != null
                && first.sessionId().length > 0
                && Arrays.equals(first.sessionId(), hello.sessionId())) {
            at.markResumed();
        }
        advance(Direction.TO_CLIENT, Progress.LINE);
    }

    private void onCertificates(Side side, OctetReader message) {
        TlsTransaction at = transaction();
        OctetReader list = message.vector(message.u24());
        boolean first = !side.certificateSeen;
        side.certificateSeen = true;
        for (int i = 0; first && i < CHAIN_MAX && list.remaining() > 0; i++) {
            byte[] certificate = list.copy(list.u24());
            if (list.hasFailed()) {
                break;
            }
            if (i == 0) {
                readCertificate(side, at, certificate);
            }
            if (side == server) {
                at.addToServerChain(certificate);
            } else {
                at.addToClientChain(certificate);
            }
        }
        if (message.hasFailed() || list.hasFailed()) {
            tell(TlsEvent.CERTIFICATE_INVALID_LENGTH, side.direction);
        }
        advance(side.direction, Progress.BODY);
    }

    private void readCertificate(Side side, TlsTransaction at, byte[] certificate) {
        CertificateReader reader = new CertificateReader(certificate);
        Certificate read = reader.read();
        if (side == server) {
            at.serverCertificate(read);
        } else {
            at.clientCertificate(read);
        }
        for (TlsEvent event : reader.events()) {
            tell(event, side.direction);
        }
    }

    /** Collects a message of SSL 2.0, whose length stands in its first two octets. */
    private int oldMessage(Side side, OctetBuffer message, byte[] octets, int from, int to) {
        int at = from;
        if (message.length() < 2) {
            int step = Math.min(2 - message.length(), to - at);
            message.append(octets, at, at + step);
            at += step;
        }
        if (message.length() < 2) {
            return at;
        }
        int first = message.begin();
        int needed = 2 + ((message.array()[first] & 0x7f) << 8 | message.array()[first + 1] & 0xff);
        int step = Math.clamp(needed - message.length(), 0, to - at);
        message.append(octets, at, at + step);
        at += step;
        if (message.length() >= needed) {
            TlsFrames.old(frames(), side.direction, side.place, needed, transaction);
            side.oldMessage = null;
            boolean understood = onOldMessage(side, message.array(), message.begin() + 2, message.begin() + needed);
            if (!understood) {
                giveUp(TlsEvent.INVALID_SSLV2_HEADER, side);
            }
        }
        return at;
    }

    private boolean onOldMessage(Side side, byte[] octets, int from, int to) {
        int type = to > from ? octets[from] : -1;
        if (side == client && type == 1) {
            ClientHello hello = ClientHello.readSslV2(octets, from, to);
            if (hello == null) {
                return false;
            }
            onClientHello(hello);
            return true;
        }
        if (side == server && type == 4) {
            transaction().version(TlsVersions.SSL_2);
            onOldServerHello(new OctetReader(octets, from + 1, to));
            finish();
            return true;
        }
        if (type == 0) {
            tell(TlsEvent.ERROR_MESSAGE_ENCOUNTERED, side.direction);
            finish();
            return true;
        }
        return false;
    }

    private void onOldServerHello(OctetReader in) {
        in.skip(4); // session hit, certificate's type, version
        int certificateLength = in.u16();
        in.skip(4); // lengths of ciphers and connection id
        byte[] certificate = in.copy(certificateLength);
        if (certificate.length > 0) {
            transaction().addToServerChain(certificate);
            readCertificate(server, transaction(), certificate);
        }
        advance(Direction.TO_CLIENT, Progress.BODY);
    }

    private TlsTransaction transaction() {
        TlsTransaction at = transaction;
        if (at == null) {
            at = new TlsTransaction(0, conversation == null ? null : conversation.previousProtocol());
            transaction = at;
        }
        return at;
    }

    private void advance(Direction direction, Progress reached) {
        if (conversation != null) {
            conversation.advance(transaction(), direction, reached);
        }
    }

    private void tell(TlsEvent event, Direction direction) {
        if (conversation != null && told.add(event)) {
            conversation.anomaly(transaction, direction, event.name());
        }
    }

    private void giveUp(TlsEvent event, Side side) {
        tell(event, side.direction);
        finish();
    }

    private void finishWhenOver() {
        if (client.over && server.over) {
            finish();
        }
    }

    private void finish() {
        if (settled) {
            return;
        }
        settled = true;
        client.handshakes.reset();
        server.handshakes.reset();
        client.oldMessage = null;
        server.oldMessage = null;
        TlsTransaction at = transaction;
        Conversation here = conversation;
        if (here == null) {
            return;
        }
        if (at != null) {
            here.advance(at, Direction.TO_SERVER, Progress.COMPLETE);
            here.advance(at, Direction.TO_CLIENT, Progress.COMPLETE);
            here.complete(at);
        }
        tracking = here.frames() != null;
        if (!tracking) {
            here.settle();
        }
    }

    private @Nullable Frames frames() {
        return conversation == null ? null : conversation.frames();
    }

    private void stopTracking() {
        tracking = false;
        if (conversation != null) {
            conversation.settle();
        }
    }

    @Override
    public void onGap(Direction direction, long missing, Conversation told) {
        if (settled && !tracking) {
            return;
        }
        conversation = told;
        Side side = side(direction);
        if (missing > side.remaining || side.oldMessage != null) {
            finish(); // where the next record begins is unknown
            stopTracking();
        } else {
            side.remaining -= (int) missing;
            if (side.type == HANDSHAKE && !side.encrypted && !side.unreadable) {
                side.unreadable = !side.handshakes.gap(missing);
            }
            side.contentLength = side.content.length; // an alert that is cut is not read
        }
        conversation = null;
    }

    @Override
    public void onFlowEnd(Conversation told) {
        conversation = told;
        finish();
        conversation = null;
    }
}
