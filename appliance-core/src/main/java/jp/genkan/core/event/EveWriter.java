package jp.genkan.core.event;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.function.IntFunction;
import jp.genkan.core.frame.Address;
import jp.genkan.core.frame.Packet;
import org.jspecify.annotations.Nullable;

/**
 * Writes events as EVE JSON, one object a line. {@link #write} first puts EVE's common fields in Suricata's order, then lets the event put
 * its own; the line, with its line feed, is then in {@link #bytes} until the next call.
 *
 * <p>The line is always well-formed JSON in valid UTF-8, whatever the texts hold: see {@link JsonLine}. A text is cut after {@link
 * #TEXT_CHARS_MAX} characters; of an event whose line would be longer than {@link #LINE_BYTES_MAX} only the common fields are written, and
 * {@code "oversize":true}.
 *
 * <p>Thread rule: one owner. Allocates only while its buffer grows, and where an event itself does.
 */
public final class EveWriter implements EveFields {
    /** Most octets of an event's line: far beyond any event of ours, small enough for every consumer. */
    public static final int LINE_BYTES_MAX = 1 << 20;

    /** Most characters of one text field: the longest URL or header that a parser keeps fits four times over. */
    public static final int TEXT_CHARS_MAX = 1 << 16;

    /** Most objects and arrays that may be open at once; an event that needs more is wrong. */
    public static final int DEPTH_MAX = 16;

    /**
     * Names of fields that are kept as they are written, with quotes and colon: more than events have, and a power of two. The first name
     * that comes to its place stays there, so that this is bounded even where names come out of hostile octets.
     */
    private static final int NAMES = 1 << 10;

    /** Longest name that is kept: none of ours is longer. */
    private static final int NAME_CHARS_MAX = 48;

    private static final int VLAN_ID_BITS = 12;
    private static final int VLAN_ID_MASK = 0xfff;

    private final JsonLine line = new JsonLine(LINE_BYTES_MAX);
    private final EveTime time;
    private final IntFunction<@Nullable String> portNames;
    private final CommonFields common;

    private final @Nullable String[] names = new @Nullable String[NAMES];
    private final byte[] @Nullable [] written = new byte[NAMES] @Nullable [];

    private final boolean[] inArray = new boolean[DEPTH_MAX + 1];
    private final boolean[] filled = new boolean[DEPTH_MAX + 1];
    private int depth;
    private long oversize;

    /** A writer for a replay, where ports have no names. */
    public EveWriter(ZoneId zone) {
        this(zone, CommonFields.DEFAULT);
    }

    /** A writer for a replay with these common fields. */
    public EveWriter(ZoneId zone, CommonFields common) {
        this(zone, port -> null, common);
    }

    /**
     * A writer.
     *
     * @param zone of the time stamps
     * @param portNames interface name of a port, for {@code in_iface}; null leaves the field out
     */
    public EveWriter(ZoneId zone, IntFunction<@Nullable String> portNames) {
        this(zone, portNames, CommonFields.DEFAULT);
    }

    private EveWriter(ZoneId zone, IntFunction<@Nullable String> portNames, CommonFields common) {
        this.time = new EveTime(zone);
        this.portNames = portNames;
        this.common = common;
    }

    /**
     * Puts the event's line into the buffer.
     *
     * @return its length, line feed included
     * @throws IllegalStateException when the event opens and closes objects in a wrong way: a programmer's error
     */
    public int write(Event event) {
        try {
            begin(event);
            event.writeTo(this);
            finish(event);
        } catch (JsonLine.OversizeException tooLarge) {
            oversize++;
            begin(event);
            put("oversize", true);
            finish(event);
        }
        return line.length();
    }

    /** Writes the event's line to a stream. */
    public void write(Event event, OutputStream out) throws IOException {
        int length = write(event);
        out.write(line.bytes(), 0, length);
    }

    /** The array that holds the last line, from 0 to what {@link #write(Event)} returned. Valid until the next write. */
    public byte[] bytes() {
        return line.bytes();
    }

    /** A copy of the last line without its line feed. */
    public byte[] copyWithoutLineFeed() {
        return Arrays.copyOf(line.bytes(), line.length() - 1);
    }

    /** The last line as a read-only view. Valid until the next write. */
    public ByteBuffer view() {
        return ByteBuffer.wrap(line.bytes(), 0, line.length()).asReadOnlyBuffer();
    }

    /** Events that were longer than {@link #LINE_BYTES_MAX}. */
    public long oversize() {
        return oversize;
    }

    private void begin(Event event) {
        line.clear();
        depth = 0;
        inArray[0] = false;
        filled[0] = false;
        line.raw('{');
        putTime("timestamp", event.epochNanos());
        FlowIdentity identity = event.identity();
        if (identity == null) {
            put("event_type", event.type());
        } else {
            putIdentity(event.type(), identity);
        }
    }

    private void finish(Event event) {
        if (depth != 0) {
            throw new IllegalStateException("event of type " + event.type() + " leaves " + depth + " objects open");
        }
        line.raw('}');
        line.raw('\n');
    }

    private void putIdentity(String type, FlowIdentity identity) {
        if (identity.flowId() != 0) {
            name("flow_id");
            putUnsigned(identity.flowId());
        }
        String port = identity.ingressPort() == Packet.NONE ? null : portNames.apply(identity.ingressPort());
        if (port != null) {
            put("in_iface", port);
        }
        if (identity.captureNumber() != 0) {
            put("pcap_cnt", identity.captureNumber());
        }
        put("event_type", type);
        putVlans(identity);
        if (identity.hasAddresses()) {
            putTuple(identity);
        }
        if (identity.packetSource() != PacketSource.NONE) {
            put("pkt_src", identity.packetSource().eveName());
        }
        if (common.communityIdSeed() != CommonFields.NO_COMMUNITY_ID && identity.hasAddresses()) {
            put("community_id", CommunityId.of(identity, common.communityIdSeed()));
        }
        String capture = common.captureName();
        if (capture != null) {
            put("pcap_filename", capture);
        }
        if (common.ethernet() && (identity.sourceMac() != 0 || identity.destinationMac() != 0)) {
            putMacs(type, identity);
        }
    }

    /** A flow may have had several machines at an end; here it is the first ones that are known. */
    private void putMacs(String type, FlowIdentity identity) {
        object("ether");
        if (type.equals("flow")) {
            array("dest_macs");
            element();
            putMac(identity.destinationMac());
            end();
            array("src_macs");
            element();
            putMac(identity.sourceMac());
            end();
        } else {
            name("src_mac");
            putMac(identity.sourceMac());
            name("dest_mac");
            putMac(identity.destinationMac());
        }
        end();
    }

    private void putUnsigned(long value) {
        if (value >= 0) {
            line.number(value);
        } else {
            line.raw(Long.toUnsignedString(value));
        }
    }

    private void putVlans(FlowIdentity identity) {
        if (identity.vlanCount() > 0) {
            array("vlan");
            for (int i = 0; i < identity.vlanCount(); i++) {
                add(identity.vlanIds() >>> (VLAN_ID_BITS * i) & VLAN_ID_MASK);
            }
            end();
        }
    }

    private void putTuple(FlowIdentity identity) {
        int protocol = identity.protocol();
        boolean ports = IpProtocol.hasPorts(protocol);
        putAddress("src_ip", identity.source());
        if (ports) {
            put("src_port", identity.sourcePort());
        }
        putAddress("dest_ip", identity.destination());
        if (ports) {
            put("dest_port", identity.destinationPort());
        }
        if (protocol != Packet.NONE) {
            put("proto", IpProtocol.eveName(protocol));
        }
        put("ip_v", identity.source().isV4() ? 4 : 6);
        if (IpProtocol.isIcmp(protocol)) {
            put("icmp_type", identity.sourcePort());
            put("icmp_code", identity.destinationPort());
        }
    }

    private void putAddress(String name, Address address) {
        name(name);
        line.raw('"');
        if (address.isV4()) {
            for (int shift = 24; shift >= 0; shift -= 8) {
                line.number(address.low() >>> shift & 0xff);
                dividing(shift, '.');
            }
        } else {
            putGroups(address.high());
            line.raw(':');
            putGroups(address.low());
        }
        line.raw('"');
    }

    /** Four groups of an IPv6 address, none shortened: as {@link Address#toEveString}, without making a string. */
    private void putGroups(long half) {
        for (int shift = 48; shift >= 0; shift -= 16) {
            line.hex(half >>> shift, 4);
            dividing(shift, ':');
        }
    }

    private void dividing(int shift, char divider) {
        if (shift > 0) {
            line.raw(divider);
        }
    }

    private void putMac(long mac) {
        line.raw('"');
        for (int shift = 40; shift >= 0; shift -= 8) {
            line.hex(mac >>> shift, 2);
            dividing(shift, ':');
        }
        line.raw('"');
    }

    @Override
    public EveFields put(String name, String value) {
        name(name);
        line.quoted(value, TEXT_CHARS_MAX);
        return this;
    }

    @Override
    public EveFields put(String name, long value) {
        name(name);
        line.number(value);
        return this;
    }

    @Override
    public EveFields put(String name, double value) {
        name(name);
        if (Double.isFinite(value)) {
            line.raw(Double.toString(value));
        } else {
            line.raw("null"); // JSON has no other word for it (RFC 8259 §6)
        }
        return this;
    }

    @Override
    public EveFields put(String name, boolean value) {
        name(name);
        line.raw(value ? "true" : "false");
        return this;
    }

    @Override
    public EveFields putTime(String name, long epochNanos) {
        name(name);
        line.raw('"');
        time.append(line, epochNanos);
        line.raw('"');
        return this;
    }

    @Override
    public EveFields object(String name) {
        name(name);
        return open('{', false);
    }

    @Override
    public EveFields object() {
        element();
        return open('{', false);
    }

    @Override
    public EveFields array(String name) {
        name(name);
        return open('[', true);
    }

    @Override
    public EveFields add(String value) {
        element();
        line.quoted(value, TEXT_CHARS_MAX);
        return this;
    }

    @Override
    public EveFields add(long value) {
        element();
        line.number(value);
        return this;
    }

    @Override
    public EveFields end() {
        if (depth == 0) {
            throw new IllegalStateException("end() without an object or array that is open");
        }
        line.raw(inArray[depth] ? ']' : '}');
        depth--;
        return this;
    }

    private EveWriter open(char bracket, boolean array) {
        if (depth == DEPTH_MAX) {
            throw new IllegalStateException("objects nested deeper than " + DEPTH_MAX);
        }
        line.raw(bracket);
        depth++;
        inArray[depth] = array;
        filled[depth] = false;
        return this;
    }

    private void name(String name) {
        if (inArray[depth]) {
            throw new IllegalStateException("an element of an array has no name: " + name);
        }
        comma();
        int place = name.hashCode() & NAMES - 1;
        byte[] form = written[place];
        if (form != null && name.equals(names[place])) {
            line.raw(form, form.length);
            return;
        }
        int from = line.length();
        line.quoted(name, TEXT_CHARS_MAX);
        line.raw(':');
        if (form == null && name.length() <= NAME_CHARS_MAX) {
            names[place] = name;
            written[place] = Arrays.copyOfRange(line.bytes(), from, line.length());
        }
    }

    private void element() {
        if (!inArray[depth]) {
            throw new IllegalStateException("a field of an object needs a name");
        }
        comma();
    }

    private void comma() {
        if (filled[depth]) {
            line.raw(',');
        }
        filled[depth] = true;
    }
}
