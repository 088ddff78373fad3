package jp.genkan.protocols.dns;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.ObjIntConsumer;
import jp.genkan.core.frame.Address;
import jp.genkan.protocols.conversation.OctetText;
import org.jspecify.annotations.Nullable;

/**
 * A question or a record of a {@link DnsTransaction}. Its data is read when it is asked for; data that is cut off or of the wrong length reads as absent.
 *
 * <p>Thread rule: immutable.
 */
public final class DnsEntry {
    private static final int SOA_NUMBERS = 20; // serial, refresh, retry, expire, minimum
    private static final int SVCB_IPV4_HINT = 4; // RFC 9460 §14.3.2
    private static final int SVCB_ECH = 5;
    private static final int SVCB_IPV6_HINT = 6;

    /** Strings of a TXT record, parameters of an HTTPS record, options of an OPT record that are read: more than any real one has. */
    private static final int PARTS_MAX = 64;

    private final byte[] message;
    private final byte[] name;
    private final boolean nameTruncated;
    private final int type;
    private final int recordClass;
    private final long timeToLive;
    private final int dataAt;
    private final int dataLength;

    DnsEntry(byte[] message, NameWalk name, EntryWalk walk) {
        this.message = message;
        this.name = name.octets();
        this.nameTruncated = name.isTruncated();
        this.type = walk.type();
        this.recordClass = walk.recordClass();
        this.timeToLive = walk.timeToLive();
        this.dataAt = walk.dataAt();
        this.dataLength = walk.dataLength();
    }

    /** Whose record it is, or what is asked for: the dotted form's octets, without a dot at the end. Not to be changed. */
    public byte[] nameOctets() {
        return name;
    }

    /** The same as an event shows it. */
    public String name() {
        return OctetText.of(name);
    }

    /** True when only the beginning of the name was taken. */
    public boolean isNameTruncated() {
        return nameTruncated;
    }

    public int type() {
        return type;
    }

    /** EVE's word for the type. */
    public String typeName() {
        return DnsType.name(type);
    }

    /** As it stands there, with the bit that mDNS uses for its own ends. */
    public int recordClass() {
        return recordClass;
    }

    /** Seconds; 0 for a question. */
    public long timeToLive() {
        return timeToLive;
    }

    /** Octets of the data. */
    public int dataLength() {
        return dataLength;
    }

    /** The address of an A or AAAA record; null when it has none. */
    public @Nullable Address address() {
        if ((type == DnsMessage.A || type == DnsMessage.AAAA) && (dataLength == 4 || dataLength == 16)) {
            return address(dataAt, dataLength);
        }
        return null;
    }

    private Address address(int at, int length) {
        if (length == 4) {
            return Address.ofV4((int) u32(at));
        }
        return new Address(u32(at) << 32 | u32(at + 4), u32(at + 8) << 32 | u32(at + 12));
    }

    private long u32(int at) {
        return (long) u16(at) << 16 | u16(at + 2);
    }

    private int u16(int at) {
        return (message[at] & 0xff) << 8 | message[at + 1] & 0xff;
    }

    /** The name in the data of a CNAME, NS, PTR, MX or SRV record, as an event shows it; null when there is none. */
    public @Nullable String target() {
        byte[] octets = targetOctets();
        return octets == null ? null : OctetText.of(octets);
    }

    /** The same as it is, an SOA record's primary server included; null when there is none. */
    public byte @Nullable [] hostOctets() {
        if (type == DnsType.SOA) {
            return dataLength == 0 ? null : nameAt(dataAt);
        }
        return type == DnsMessage.SRV ? null : targetOctets();
    }

    byte @Nullable [] targetOctets() {
        int skip = switch (type) {
            case DnsMessage.CNAME, DnsMessage.NS, DnsMessage.PTR -> 0;
            case DnsType.MX -> 2;
            case DnsMessage.SRV -> 6;
            default -> -1;
        };
        return skip < 0 || dataLength <= skip ? null : nameAt(dataAt + skip);
    }

    private byte @Nullable [] nameAt(int at) {
        NameWalk walk = new NameWalk();
        return walk.read(message, 0, message.length, at) < 0 ? null : walk.octets();
    }

    /** Preference of an MX record, priority of an SRV or HTTPS record; -1 when there is none. */
    public int priority() {
        boolean has = type == DnsType.MX || type == DnsMessage.SRV || type == DnsType.HTTPS || type == DnsType.SVCB;
        return has && dataLength >= 2 ? u16(dataAt) : -1;
    }

    /** Weight of an SRV record, -1 for others. */
    public int weight() {
        return type == DnsMessage.SRV && dataLength >= 6 ? u16(dataAt + 2) : -1;
    }

    /** Port of an SRV record, -1 for others. */
    public int port() {
        return type == DnsMessage.SRV && dataLength >= 6 ? u16(dataAt + 4) : -1;
    }

    /** The strings of a TXT record, put together. */
    public String text() {
        byte[] joined = new byte[dataLength];
        int length = 0;
        int at = dataAt;
        int end = dataAt + dataLength;
        for (int part = 0; part < PARTS_MAX && at < end; part++) {
            int count = Math.min(message[at] & 0xff, end - at - 1);
            System.arraycopy(message, at + 1, joined, length, count);
            length += count;
            at += 1 + count;
        }
        return OctetText.of(joined, 0, length);
    }

    /** The data as it is, as an event shows octets. */
    public String raw() {
        return OctetText.of(message, dataAt, dataAt + dataLength);
    }

    /** What an SOA record says; null when it is none. */
    public @Nullable Soa soa() {
        if (type != DnsType.SOA) {
            return null;
        }
        NameWalk walk = new NameWalk();
        int at = walk.read(message, 0, message.length, dataAt);
        if (at < 0) {
            return null;
        }
        String primary = OctetText.of(walk.octets());
        at = walk.read(message, 0, message.length, at);
        if (at < 0 || at + SOA_NUMBERS > dataAt + dataLength) {
            return null;
        }
        return new Soa(
                primary, OctetText.of(walk.octets()), u32(at), u32(at + 4), u32(at + 8), u32(at + 12), u32(at + 16));
    }

    /**
     * Start of authority, RFC 1035 §3.3.13; times in seconds.
     *
     * @param primary EVE's {@code mname}
     * @param mailbox EVE's {@code rname}
     */
    public record Soa(
            String primary, String mailbox, long serial, long refresh, long retry, long expire, long minimum) {}

    /** Algorithm of an SSHFP record, -1 for others. */
    public int sshAlgorithm() {
        return isSsh() ? message[dataAt] & 0xff : -1;
    }

    /** How an SSHFP record's fingerprint was made, -1 for others. */
    public int sshFingerprintType() {
        return isSsh() ? message[dataAt + 1] & 0xff : -1;
    }

    /** An SSHFP record's fingerprint as hexadecimal numbers with colons. */
    public String sshFingerprint() {
        return isSsh() ? HexFormat.ofDelimiter(":").formatHex(message, dataAt + 2, dataAt + dataLength) : "";
    }

    private boolean isSsh() {
        return type == DnsType.SSHFP && dataLength > 2;
    }

    /** Addresses that an HTTPS or SVCB record hints at (RFC 9460 §7.3). */
    public List<Address> hints() {
        List<Address> found = new ArrayList<>();
        parameters((at, key) -> {
            int length = key == SVCB_IPV4_HINT ? 4 : 16;
            if (key == SVCB_IPV4_HINT || key == SVCB_IPV6_HINT) {
                int end = at + u16(at - 2);
                for (int next = at; next + length <= end && found.size() < PARTS_MAX; next += length) {
                    found.add(address(next, length));
                }
            }
        });
        return found;
    }

    /** True when an HTTPS or SVCB record says how to encrypt the client hello. */
    public boolean hasEch() {
        boolean[] found = {false};
        parameters((at, key) -> found[0] |= key == SVCB_ECH);
        return found[0];
    }

    /** Tells where the value of each parameter begins, its length being in the two octets before, and its key. */
    private void parameters(ParameterConsumer each) {
        if ((type != DnsType.HTTPS && type != DnsType.SVCB) || dataLength < 3) {
            return;
        }
        int at = new NameWalk().pass(message, 0, message.length, dataAt + 2);
        int end = dataAt + dataLength;
        for (int part = 0; part < PARTS_MAX && at > 0 && at + 4 <= end; part++) {
            int length = u16(at + 2);
            if (at + 4 + length > end) {
                return;
            }
            each.accept(at + 4, u16(at));
            at += 4 + length;
        }
    }

    /** Takes two numbers. */
    @FunctionalInterface
    private interface ParameterConsumer {
        void accept(int at, int key);
    }

    /** Tells code and data, in hexadecimal, of each option of an OPT record (RFC 6891 §6.1.2). */
    void options(ObjIntConsumer<String> each) {
        int at = dataAt;
        int end = dataAt + dataLength;
        for (int part = 0; type == DnsType.OPT && part < PARTS_MAX && at + 4 <= end; part++) {
            int length = u16(at + 2);
            if (at + 4 + length > end) {
                return;
            }
            each.accept(HexFormat.of().formatHex(message, at + 4, at + 4 + length), u16(at));
            at += 4 + length;
        }
    }

    /** The data as EVE's {@code rdata} shows it; null for types that it shows otherwise, or not at all. */
    public @Nullable String shown() {
        return switch (type) {
            case DnsMessage.A, DnsMessage.AAAA -> {
                Address address = address();
                yield address == null ? "" : address.toEveString();
            }
            case DnsMessage.CNAME, DnsMessage.NS, DnsMessage.PTR, DnsType.MX -> {
                String target = target();
                yield target == null ? "" : target;
            }
            case DnsMessage.TXT -> text();
            case DnsType.NULL -> raw();
            default -> null;
        };
    }
}
