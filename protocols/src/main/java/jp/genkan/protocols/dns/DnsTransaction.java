package jp.genkan.protocols.dns;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import jp.genkan.core.event.EveFields;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.Transaction;
import org.jspecify.annotations.Nullable;

/**
 * One message: a request or a response, each is a transaction of its own as in EVE. It keeps a copy of the message, up to {@link #entries} it is
 * not taken apart.
 *
 * <p>Thread rule: immutable from its making on.
 */
public final class DnsTransaction extends Transaction {
    /** Octets of names that are taken out of one message: compression lets 64 KiB name a megabyte. Entries beyond are passed over. */
    static final int NAME_OCTETS_MAX = 1 << 17;

    private static final int QR = 0x8000;

    private final Direction direction;
    private final byte[] message;
    private @Nullable Map<DnsSection, List<DnsEntry>> sections;

    DnsTransaction(AppProtocol protocol, long number, Direction direction, byte[] message) {
        super(protocol, number);
        this.direction = direction;
        this.message = message;
    }

    /** The message. Not to be changed. */
    byte[] octets() {
        return message;
    }

    private int u16(int at) {
        return (message[at] & 0xff) << 8 | message[at + 1] & 0xff;
    }

    public int id() {
        return u16(0);
    }

    /** Flags and codes of the header, RFC 1035 §4.1.1. */
    public int flags() {
        return u16(2);
    }

    public int opcode() {
        return flags() >>> 11 & 15;
    }

    /** The four bits of the header. */
    public int responseCode() {
        return flags() & 15;
    }

    public boolean isResponse() {
        return (flags() & QR) != 0;
    }

    /** Octets of the message. */
    public int length() {
        return message.length;
    }

    @Override
    public Direction eventDirection() {
        return direction;
    }

    /** The entries of a section, in order, up to the limits. */
    public List<DnsEntry> entries(DnsSection section) {
        Map<DnsSection, List<DnsEntry>> all = sections;
        if (all == null) {
            all = takeApart();
            sections = all;
        }
        return all.getOrDefault(section, List.of());
    }

    private Map<DnsSection, List<DnsEntry>> takeApart() {
        Map<DnsSection, List<DnsEntry>> all = new EnumMap<>(DnsSection.class);
        EntryWalk walk = new EntryWalk();
        NameWalk name = new NameWalk();
        walk.begin(message, 0, message.length);
        int octets = 0;
        while (octets < NAME_OCTETS_MAX && walk.next() == EntryWalk.Step.ENTRY) {
            name.read(message, 0, message.length, walk.nameAt());
            octets += name.length();
            all.computeIfAbsent(walk.section(), _ -> new ArrayList<>()).add(new DnsEntry(message, name, walk));
        }
        return all;
    }

    /** The name that is asked for, as an event shows it; empty when nothing is asked. */
    public String question() {
        List<DnsEntry> questions = entries(DnsSection.QUESTION);
        return questions.isEmpty() ? "" : questions.getFirst().name();
    }

    /** True when the sender speaks EDNS (RFC 6891). */
    public boolean hasEdns() {
        return entries(DnsSection.ADDITIONAL).stream().anyMatch(entry -> entry.type() == DnsType.OPT);
    }

    @Override
    public void writeTo(EveFields out) {
        DnsEve.write(this, out);
    }

    /** Writes a question of a request in EVE's version 2. */
    public void writeOldQuery(int question, EveFields out) {
        DnsEve.writeOldQuery(this, question, out);
    }

    /** Writes a response in EVE's version 2. */
    public void writeOldAnswer(EveFields out) {
        DnsEve.writeOldAnswer(this, out);
    }
}
