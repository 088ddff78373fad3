package jp.genkan.protocols.dns;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import jp.genkan.core.event.EveFields;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.protocols.dns.DnsEntry.Soa;

/** Writes a message as EVE's {@code dns} object of version 3, or 2 on request; {@code mdns} and {@code llmnr} have the fields of 3 without a version. */
final class DnsEve {
    private static final int VERSION = 3;
    private static final int OLD_VERSION = 2;

    // Bits of the header, RFC 1035 §4.1.1
    private static final int AA = 0x0400;
    private static final int TC = 0x0200;
    private static final int RD = 0x0100;
    private static final int RA = 0x0080;
    private static final int Z = 0x0040;

    /** Octets of record data that one event shows; with {@link DnsTransaction#NAME_OCTETS_MAX} it stays within an event's limit. */
    private static final int DATA_OCTETS_MAX = 1 << 15;

    private final EveFields out;
    private int dataOctets;

    private DnsEve(EveFields out) {
        this.out = out;
    }

    static void write(DnsTransaction message, EveFields out) {
        new DnsEve(out).write(message);
    }

    private void write(DnsTransaction message) {
        out.object(message.protocol().eveName());
        if (message.protocol() == AppProtocol.DNS) {
            out.put("version", VERSION);
        }
        out.put("type", message.isResponse() ? "response" : "request");
        out.put("tx_id", message.number());
        out.put("id", message.id());
        flags(message);
        out.put("opcode", message.opcode());
        out.put("rcode", DnsType.responseCode(message.responseCode()));
        questions(message.entries(DnsSection.QUESTION));
        List<DnsEntry> answers = message.entries(DnsSection.ANSWER);
        records(DnsSection.ANSWER, answers);
        if (message.isResponse()) {
            grouped(answers);
        }
        records(DnsSection.AUTHORITY, message.entries(DnsSection.AUTHORITY));
        records(DnsSection.ADDITIONAL, message.entries(DnsSection.ADDITIONAL));
        out.end();
    }

    /** Version 2 has an event for each question, which stands in the object itself. */
    static void writeOldQuery(DnsTransaction message, int question, EveFields out) {
        out.object(message.protocol().eveName());
        out.put("type", "query").put("id", message.id());
        new DnsEve(out).name(message.entries(DnsSection.QUESTION).get(question));
        out.put("tx_id", message.number()).put("opcode", message.opcode());
        out.end();
    }

    static void writeOldAnswer(DnsTransaction message, EveFields out) {
        new DnsEve(out).oldAnswer(message);
    }

    private void oldAnswer(DnsTransaction message) {
        out.object(message.protocol().eveName());
        out.put("version", OLD_VERSION).put("type", "answer").put("id", message.id());
        flags(message);
        out.put("opcode", message.opcode());
        List<DnsEntry> questions = message.entries(DnsSection.QUESTION);
        if (!questions.isEmpty()) {
            name(questions.getFirst());
        }
        out.put("rcode", DnsType.responseCode(message.responseCode()));
        List<DnsEntry> answers = message.entries(DnsSection.ANSWER);
        records(DnsSection.ANSWER, answers);
        grouped(answers);
        records(DnsSection.AUTHORITY, message.entries(DnsSection.AUTHORITY));
        records(DnsSection.ADDITIONAL, message.entries(DnsSection.ADDITIONAL));
        out.end();
    }

    private void flags(DnsTransaction message) {
        int flags = message.flags();
        out.put("flags", Integer.toHexString(flags));
        if (message.isResponse()) {
            out.put("qr", true);
        }
        flag("aa", flags & AA);
        flag("tc", flags & TC);
        flag("rd", flags & RD);
        flag("ra", flags & RA);
        flag("z", flags & Z);
    }

    private void flag(String name, int bit) {
        if (bit != 0) {
            out.put(name, true);
        }
    }

    private void questions(List<DnsEntry> entries) {
        if (entries.isEmpty()) {
            return;
        }
        out.array(DnsSection.QUESTION.eveName());
        for (DnsEntry entry : entries) {
            out.object();
            name(entry);
            out.end();
        }
        out.end();
    }

    private void name(DnsEntry entry) {
        out.put("rrname", entry.name());
        if (entry.isNameTruncated()) {
            out.put("rrname_truncated", true);
        }
        out.put("rrtype", entry.typeName());
    }

    private void records(DnsSection section, List<DnsEntry> entries) {
        if (entries.isEmpty()) {
            return;
        }
        out.array(section.eveName());
        for (DnsEntry entry : entries) {
            out.object();
            name(entry);
            out.put("ttl", entry.timeToLive());
            data(entry);
            out.end();
        }
        out.end();
    }

    private void data(DnsEntry entry) {
        if (!hasRoomFor(entry)) {
            return;
        }
        String shown = entry.shown();
        if (shown != null) {
            out.put("rdata", shown);
            return;
        }
        switch (entry.type()) {
            case DnsType.SOA, DnsType.SSHFP, DnsMessage.SRV -> {
                if (hasObject(entry)) {
                    out.object(entry.typeName().toLowerCase(Locale.ROOT));
                    object(entry);
                }
            }
            case DnsType.OPT -> options(entry);
            default -> {}
        }
    }

    private boolean hasRoomFor(DnsEntry entry) {
        if (dataOctets + entry.dataLength() > DATA_OCTETS_MAX) {
            return false;
        }
        String target = entry.target();
        Soa soa = entry.soa();
        int names = target == null ? 0 : target.length();
        names += soa == null ? 0 : soa.primary().length() + soa.mailbox().length();
        dataOctets += Math.max(entry.dataLength(), names);
        return true;
    }

    private static boolean hasObject(DnsEntry entry) {
        return entry.soa() != null || entry.sshAlgorithm() >= 0 || entry.port() >= 0;
    }

    /** The fields of an object that is open, and its end. */
    private void object(DnsEntry entry) {
        Soa soa = entry.soa();
        if (soa != null) {
            out.put("mname", soa.primary()).put("rname", soa.mailbox()).put("serial", soa.serial());
            out.put("refresh", soa.refresh()).put("retry", soa.retry()).put("expire", soa.expire());
            out.put("minimum", soa.minimum());
        } else if (entry.type() == DnsType.SSHFP) {
            out.put("fingerprint", entry.sshFingerprint());
            out.put("algo", entry.sshAlgorithm()).put("type", entry.sshFingerprintType());
        } else {
            String target = entry.target();
            out.put("priority", entry.priority()).put("weight", entry.weight()).put("port", entry.port());
            out.put("name", target == null ? "" : target);
        }
        out.end();
    }

    private void options(DnsEntry entry) {
        out.array("opt");
        entry.options(
                (data, code) -> out.object().put("code", code).put("data", data).end());
        out.end();
    }

    private void grouped(List<DnsEntry> answers) {
        Map<String, List<DnsEntry>> groups = new LinkedHashMap<>();
        for (DnsEntry answer : answers) {
            if (answer.shown() != null || hasObject(answer)) {
                groups.computeIfAbsent(answer.typeName(), _ -> new ArrayList<>())
                        .add(answer);
            }
        }
        if (groups.isEmpty()) {
            return;
        }
        out.object("grouped");
        groups.forEach((type, entries) -> {
            out.array(type);
            entries.forEach(this::element);
            out.end();
        });
        out.end();
    }

    private void element(DnsEntry entry) {
        if (!hasRoomFor(entry)) {
            return;
        }
        String shown = entry.shown();
        if (shown != null) {
            out.add(shown);
        } else {
            out.object();
            object(entry);
        }
    }
}
