package jp.genkan.protocols.dns;

import jp.genkan.core.observation.Direction;
import jp.genkan.protocols.conversation.Opening;
import jp.genkan.protocols.conversation.Recogniser;
import jp.genkan.protocols.conversation.Recognition;

/**
 * Knows DNS by its structure: a message that can be read from its first octet to its last, with known types and classes. On the ports that are DNS's own
 * it is enough that the questions can be read. Multicast DNS and LLMNR look the same as DNS: only their ports tell them from it.
 */
public final class DnsRecogniser {
    // Registered with IANA
    private static final int DNS_PORT = 53;
    private static final int MDNS_PORT = 5353;
    private static final int LLMNR_PORT = 5355;
    private static final int NETBIOS_PORT = 137;

    private static final int OPCODE_SHIFT = 3; // in the third octet
    private static final int OPCODE_MASK = 15;
    private static final int OPCODE_LAST = 6;
    private static final int QR = 0x80;
    private static final int Z = 0x40;
    private static final int CLASS_MASK = 0x7fff;
    private static final int LENGTH_OCTETS = 2;

    /** A stream's message is awaited up to this length before it is judged by its questions alone. */
    private static final int STREAM_AWAITED_MAX = 1_024;

    private DnsRecogniser() {}

    /** For DNS over UDP. */
    public static Recogniser datagrams() {
        return opening -> isPort(opening, MDNS_PORT) || isPort(opening, LLMNR_PORT) || isPort(opening, NETBIOS_PORT)
                ? Recognition.NO
                : datagram(opening, isPort(opening, DNS_PORT));
    }

    /** For multicast DNS (RFC 6762). */
    public static Recogniser multicast() {
        return opening -> isPort(opening, MDNS_PORT) ? datagram(opening, true) : Recognition.NO;
    }

    /** For LLMNR (RFC 4795). */
    public static Recogniser linkLocal() {
        return opening -> isPort(opening, LLMNR_PORT) ? datagram(opening, true) : Recognition.NO;
    }

    private static boolean isPort(Opening opening, int port) {
        return opening.serverPort() == port || opening.clientPort() == port;
    }

    private static Recognition datagram(Opening opening, boolean ownPort) {
        for (Direction direction : new Direction[] {Direction.TO_SERVER, Direction.TO_CLIENT}) {
            int length = opening.length(direction);
            if (length > 0) {
                boolean whole = length < Opening.OCTETS_MAX;
                boolean fits = isMessage(opening.octets(direction), 0, length, ownPort || !whole, ownPort);
                return fits ? Recognition.YES : Recognition.NO;
            }
        }
        return Recognition.MORE;
    }

    /** For DNS over TCP. */
    public static Recogniser streams() {
        return opening -> {
            for (Direction direction : new Direction[] {Direction.TO_SERVER, Direction.TO_CLIENT}) {
                int length = opening.length(direction);
                if (length > 0 && !opening.isAfterGap(direction)) {
                    return stream(opening.octets(direction), length, isPort(opening, DNS_PORT));
                }
            }
            return Recognition.MORE;
        };
    }

    private static Recognition stream(byte[] octets, int length, boolean ownPort) {
        if (length < LENGTH_OCTETS) {
            return Recognition.MORE;
        }
        int announced = (octets[0] & 0xff) << 8 | octets[1] & 0xff;
        if (announced < DnsMessage.HEADER_LENGTH) {
            return Recognition.NO;
        }
        int end = LENGTH_OCTETS + announced;
        if (length >= LENGTH_OCTETS + DnsMessage.HEADER_LENGTH
                && !isHeader(octets, LENGTH_OCTETS, announced, ownPort)) {
            return Recognition.NO;
        }
        if (length < end && length < STREAM_AWAITED_MAX) {
            return Recognition.MORE;
        }
        return isMessage(octets, LENGTH_OCTETS, Math.min(end, length), length < end || ownPort, ownPort)
                ? Recognition.YES
                : Recognition.NO;
    }

    /** True when a message of a stream may begin here: asked behind a gap. */
    static boolean looksLikeStream(byte[] octets, int from, int to) {
        int message = from + LENGTH_OCTETS;
        if (to - message < DnsMessage.HEADER_LENGTH) {
            return false;
        }
        int announced = (octets[from] & 0xff) << 8 | octets[from + 1] & 0xff;
        return announced >= DnsMessage.HEADER_LENGTH
                && isHeader(octets, message, announced, false)
                && isMessage(octets, message, Math.min(to, message + announced), message + announced > to, false);
    }

    private static boolean isHeader(byte[] octets, int from, int length, boolean ownPort) {
        int flags = octets[from + 2] & 0xff;
        int entries = 0;
        for (int at = 4; at < DnsMessage.HEADER_LENGTH; at += 2) {
            entries += (octets[from + at] & 0xff) << 8 | octets[from + at + 1] & 0xff;
        }
        if (entries == 0 || entries * 2 > length) {
            return false;
        }
        if (ownPort) {
            return true;
        }
        int codes = octets[from + 3] & 0xff;
        boolean request = (flags & QR) == 0;
        int questions = (octets[from + 4] & 0xff) << 8 | octets[from + 5] & 0xff;
        return (flags >>> OPCODE_SHIFT & OPCODE_MASK) <= OPCODE_LAST
                && (codes & Z) == 0
                && (!request || questions > 0)
                && questions <= 1;
    }

    /**
     * Judges a message.
     *
     * @param cut it may break off behind the questions
     * @param ownPort it comes from or goes to a port of DNS
     */
    private static boolean isMessage(byte[] octets, int from, int to, boolean cut, boolean ownPort) {
        if (to - from < DnsMessage.HEADER_LENGTH || !isHeader(octets, from, 0xffff, ownPort)) {
            return false;
        }
        EntryWalk walk = new EntryWalk();
        walk.begin(octets, from, to);
        EntryWalk.Step step = walk.next();
        int read = 0;
        while (step == EntryWalk.Step.ENTRY) {
            if (!ownPort && !isLikely(walk, octets)) {
                return false;
            }
            read++;
            step = walk.next();
        }
        if (step == EntryWalk.Step.MALFORMED) {
            return cut && (read > 0 || walk.section() != DnsSection.QUESTION);
        }
        return cut || walk.at() == to;
    }

    private static boolean isLikely(EntryWalk walk, byte[] octets) {
        int recordClass = walk.recordClass() & CLASS_MASK;
        boolean pseudo = walk.type() == DnsType.OPT;
        boolean named = walk.name().length() > 0
                || pseudo
                || walk.section() != DnsSection.QUESTION
                || walk.type() == DnsMessage.NS;
        return DnsType.isKnown(walk.type())
                && named
                && (pseudo
                        || recordClass == 1
                        || recordClass == 3
                        || recordClass == 4
                        || recordClass >= 254 && recordClass <= 255)
                && isName(walk, octets);
    }

    /** A name has no control characters: its first label is looked at. */
    private static boolean isName(EntryWalk walk, byte[] octets) {
        int length = octets[walk.nameAt()] & 0xff;
        for (int i = 1; i <= length && length < 64; i++) {
            int octet = octets[walk.nameAt() + i] & 0xff;
            if (octet < 0x20 || octet == 0x7f) {
                return false;
            }
        }
        return true;
    }
}
