package jp.genkan.protocols.dns;

import java.io.ByteArrayOutputStream;
import java.util.List;
import jp.genkan.core.frame.Address;

/**
 * A resolver's answer to a query, in its place: a name that does not exist, or an address of ours. Says in the way of RFC 8914 that it was filtered, to whoever
 * speaks EDNS.
 *
 * <p>Thread rule: stateless.
 */
public final class DnsReply {
    private static final int RESPONSE = 0x8000;
    private static final int RECURSION_AVAILABLE = 0x0080;
    private static final int COPIED = 0x7910; // operation code, recursion desired, checking disabled
    private static final int NXDOMAIN = 3;
    private static final int QUESTION_TAIL = 4;
    private static final int QUESTION_POINTER = 0xc00c;
    private static final int UDP_LENGTH = 1_232;
    private static final int EXTENDED_ERROR = 15;
    private static final int BLOCKED = 15;

    private DnsReply() {}

    /** The name does not exist. */
    public static byte[] nameError(DnsTransaction query) {
        return reply(query, NXDOMAIN, List.of(), 0);
    }

    /**
     * The name has these addresses, as far as they are of the type that is asked for, and nothing else.
     *
     * @param timeToLiveSeconds how long they may be kept
     */
    public static byte[] addresses(DnsTransaction query, List<Address> addresses, int timeToLiveSeconds) {
        List<DnsEntry> questions = query.entries(DnsSection.QUESTION);
        int type = questions.isEmpty() ? 0 : questions.getFirst().type();
        List<Address> fitting = addresses.stream()
                .filter(address -> type == (address.isV4() ? DnsMessage.A : DnsMessage.AAAA))
                .toList();
        return reply(query, 0, fitting, timeToLiveSeconds);
    }

    private static byte[] reply(DnsTransaction query, int code, List<Address> addresses, int timeToLiveSeconds) {
        byte[] asked = query.octets();
        int behind = new NameWalk().pass(asked, 0, asked.length, DnsMessage.HEADER_LENGTH);
        boolean hasQuestion = behind > 0 && behind + QUESTION_TAIL <= asked.length;
        boolean edns = query.hasEdns();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        u16(out, query.id());
        u16(out, RESPONSE | RECURSION_AVAILABLE | query.flags() & COPIED | code);
        u16(out, hasQuestion ? 1 : 0);
        u16(out, hasQuestion ? addresses.size() : 0);
        u16(out, 0);
        u16(out, edns ? 1 : 0);
        if (hasQuestion) {
            out.write(asked, DnsMessage.HEADER_LENGTH, behind + QUESTION_TAIL - DnsMessage.HEADER_LENGTH);
            addresses.forEach(address -> record(out, address, timeToLiveSeconds));
        }
        if (edns) {
            optRecord(out);
        }
        return out.toByteArray();
    }

    private static void record(ByteArrayOutputStream out, Address address, int timeToLiveSeconds) {
        byte[] data = address.toBytes();
        u16(out, QUESTION_POINTER);
        u16(out, address.isV4() ? DnsMessage.A : DnsMessage.AAAA);
        u16(out, DnsMessage.IN);
        u16(out, timeToLiveSeconds >>> 16);
        u16(out, timeToLiveSeconds);
        u16(out, data.length);
        out.writeBytes(data);
    }

    /** RFC 6891 §6.1.2, with the error of RFC 8914 as its only option. */
    private static void optRecord(ByteArrayOutputStream out) {
        out.write(0);
        u16(out, DnsType.OPT);
        u16(out, UDP_LENGTH);
        u16(out, 0);
        u16(out, 0);
        u16(out, 6);
        u16(out, EXTENDED_ERROR);
        u16(out, 2);
        u16(out, BLOCKED);
    }

    private static void u16(ByteArrayOutputStream out, int value) {
        out.write(value >>> 8);
        out.write(value);
    }
}
