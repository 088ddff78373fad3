package jp.genkan.ips.keyword.dns;

import java.util.List;
import java.util.Map;
import java.util.Set;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.Progress;
import jp.genkan.ips.keyword.number.NumberKeyword;
import jp.genkan.ips.keyword.number.NumbersKeyword;
import jp.genkan.ips.match.Buffer;
import jp.genkan.ips.match.BufferSink;
import jp.genkan.ips.signature.BufferTable;
import jp.genkan.ips.signature.Family;
import jp.genkan.ips.signature.KeywordTable;
import jp.genkan.protocols.dns.DnsEntry;
import jp.genkan.protocols.dns.DnsSection;
import jp.genkan.protocols.dns.DnsTransaction;
import jp.genkan.protocols.dns.DnsType;

/** Buffers and keywords of DNS, multicast DNS and LLMNR. A message is a transaction; its buffers are those of the direction that it went. */
public final class DnsKeywords implements Family {
    @Override
    public void register(KeywordTable keywords, BufferTable buffers) {
        add(
                buffers,
                AppProtocol.DNS,
                "dns.query",
                Buffer.Ways.TO_SERVER,
                (message, toServer, out) -> names(message, DnsSection.QUESTION, out));
        keywords.addSticky(buffers, "dns.query", "dns.query", "dns_query");
        for (AppProtocol protocol : List.of(AppProtocol.DNS, AppProtocol.MDNS, AppProtocol.LLMNR)) {
            sections(keywords, buffers, protocol);
        }
        keywords.add(header(DnsTransaction::opcode, Map.of()), "dns.opcode");
        keywords.add(header(DnsTransaction::responseCode, DnsType.responseCodes()), "dns.rcode");
        keywords.add(
                new NumbersKeyword<>(
                        DnsTransaction.class,
                        Set.of(AppProtocol.DNS),
                        Buffer.Ways.BOTH,
                        Progress.COMPLETE,
                        new Types(),
                        DnsType.numbers()),
                "dns.rrtype");
    }

    private static void sections(KeywordTable keywords, BufferTable buffers, AppProtocol protocol) {
        String prefix = protocol.eveName();
        section(keywords, buffers, protocol, prefix + ".queries.rrname", DnsSection.QUESTION);
        section(keywords, buffers, protocol, prefix + ".answers.rrname", DnsSection.ANSWER);
        section(keywords, buffers, protocol, prefix + ".authorities.rrname", DnsSection.AUTHORITY);
        section(keywords, buffers, protocol, prefix + ".additionals.rrname", DnsSection.ADDITIONAL);
        // multicast answers go to a group, so that either direction may have them
        Buffer.Ways ways = protocol == AppProtocol.DNS ? Buffer.Ways.TO_CLIENT : Buffer.Ways.BOTH;
        String name = prefix + ".response.rrname";
        add(buffers, protocol, name, ways, (message, toServer, out) -> {
            if (protocol == AppProtocol.DNS || message.isResponse()) {
                everyName(message, out);
            }
        });
        keywords.addSticky(buffers, name);
    }

    private static void section(
            KeywordTable keywords, BufferTable buffers, AppProtocol protocol, String name, DnsSection section) {
        add(buffers, protocol, name, Buffer.Ways.BOTH, (message, toServer, out) -> names(message, section, out));
        keywords.addSticky(buffers, name);
    }

    private static void add(
            BufferTable buffers,
            AppProtocol protocol,
            String name,
            Buffer.Ways ways,
            BufferTable.Reader<DnsTransaction> reader) {
        buffers.add(new Buffer(
                name,
                Buffer.Origin.TRANSACTION,
                Set.of(protocol),
                ways,
                Progress.COMPLETE,
                true,
                BufferTable.reading(DnsTransaction.class, (message, toServer, out) -> {
                    if (wentTo(message, toServer)) {
                        reader.read(message, toServer, out);
                    }
                })));
    }

    private static boolean wentTo(DnsTransaction message, boolean toServer) {
        return message.eventDirection() == Direction.of(toServer);
    }

    private static void names(DnsTransaction message, DnsSection section, BufferSink out) {
        for (DnsEntry entry : message.entries(section)) {
            out.add(entry.nameOctets());
        }
    }

    /** Names of all entries, and the names that their data hold. */
    private static void everyName(DnsTransaction message, BufferSink out) {
        for (DnsSection section : DnsSection.values()) {
            for (DnsEntry entry : message.entries(section)) {
                out.add(entry.nameOctets());
                if (section != DnsSection.QUESTION) {
                    out.add(entry.hostOctets());
                }
            }
        }
    }

    /** Reads a number of the header. */
    @FunctionalInterface
    private interface HeaderField {
        int of(DnsTransaction message);
    }

    private static NumberKeyword<DnsTransaction> header(HeaderField field, Map<String, Long> names) {
        return new NumberKeyword<>(
                DnsTransaction.class,
                Set.of(AppProtocol.DNS),
                Buffer.Ways.BOTH,
                Progress.COMPLETE,
                (message, toServer) -> wentTo(message, toServer) ? field.of(message) : NumberKeyword.NONE,
                names);
    }

    /** What a request asks for, and what a response has. */
    private static final class Types implements NumbersKeyword.Numbers<DnsTransaction> {
        @Override
        public int count(DnsTransaction message, boolean toServer) {
            return wentTo(message, toServer) ? entries(message, toServer).size() : 0;
        }

        @Override
        public long at(DnsTransaction message, boolean toServer, int place) {
            return entries(message, toServer).get(place).type();
        }

        private static List<DnsEntry> entries(DnsTransaction message, boolean toServer) {
            return message.entries(toServer ? DnsSection.QUESTION : DnsSection.ANSWER);
        }
    }
}
