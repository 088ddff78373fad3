package jp.genkan.ips.keyword.service;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.Progress;
import jp.genkan.core.observation.Transaction;
import jp.genkan.ips.keyword.number.NumberKeyword;
import jp.genkan.ips.match.Buffer;
import jp.genkan.ips.signature.BufferTable;
import jp.genkan.ips.signature.Family;
import jp.genkan.ips.signature.KeywordTable;
import jp.genkan.protocols.dhcp.DhcpMessage;
import jp.genkan.protocols.dhcp.DhcpTransaction;
import jp.genkan.protocols.ntp.NtpTransaction;
import jp.genkan.protocols.snmp.SnmpParser;
import jp.genkan.protocols.snmp.SnmpTransaction;
import org.jspecify.annotations.Nullable;

/** Buffers and keywords of DHCP, Kerberos, LDAP, NTP and SNMP. But for LDAP each message is a transaction, which has only the direction that it went. */
public final class ServiceKeywords implements Family {
    private static final List<String> NTP_MODES = List.of(
            "reserved", "symmetric_active", "symmetric_passive", "client", "server", "broadcast", "control", "private");

    @Override
    public void register(KeywordTable keywords, BufferTable buffers) {
        dhcp(keywords);
        ntp(keywords, buffers);
        snmp(keywords, buffers);
        KerberosKeywords.register(keywords, buffers);
        LdapKeywords.register(keywords, buffers);
    }

    private static void dhcp(KeywordTable keywords) {
        seconds(keywords, "dhcp.leasetime", DhcpMessage.LEASE_TIME);
        seconds(keywords, "dhcp.renewal_time", DhcpTransaction.RENEWAL_TIME);
        seconds(keywords, "dhcp.rebinding_time", DhcpTransaction.REBINDING_TIME);
    }

    private static void seconds(KeywordTable keywords, String name, int dhcpOption) {
        number(
                keywords,
                name,
                AppProtocol.DHCP,
                DhcpTransaction.class,
                dhcp -> {
                    long seconds = dhcp.seconds(dhcpOption);
                    return seconds < 0 ? NumberKeyword.NONE : seconds;
                },
                Map.of());
    }

    private static void ntp(KeywordTable keywords, BufferTable buffers) {
        Map<String, Long> modes = new HashMap<>();
        for (int i = 0; i < NTP_MODES.size(); i++) {
            modes.put(NTP_MODES.get(i), (long) i);
        }
        number(keywords, "ntp.version", AppProtocol.NTP, NtpTransaction.class, NtpTransaction::version, Map.of());
        number(keywords, "ntp.mode", AppProtocol.NTP, NtpTransaction.class, NtpTransaction::mode, modes);
        number(keywords, "ntp.stratum", AppProtocol.NTP, NtpTransaction.class, NtpTransaction::stratum, Map.of());
        octets(keywords, buffers, "ntp.reference_id", AppProtocol.NTP, NtpTransaction.class, ntp -> {
            int id = ntp.referenceId();
            return new byte[] {(byte) (id >>> 24), (byte) (id >>> 16), (byte) (id >>> 8), (byte) id};
        });
    }

    private static void snmp(KeywordTable keywords, BufferTable buffers) {
        Map<String, Long> types = SnmpParser.pduTypes();
        number(
                keywords,
                "snmp.version",
                AppProtocol.SNMP,
                SnmpTransaction.class,
                snmp -> snmp.content().version(),
                Map.of());
        number(
                keywords,
                "snmp.pdu_type",
                AppProtocol.SNMP,
                SnmpTransaction.class,
                snmp -> types.getOrDefault(snmp.content().pduType(), NumberKeyword.NONE),
                types);
        octets(
                keywords,
                buffers,
                "snmp.community",
                AppProtocol.SNMP,
                SnmpTransaction.class,
                snmp -> utf8(snmp.content().community()));
        octets(
                keywords,
                buffers,
                "snmp.usm",
                AppProtocol.SNMP,
                SnmpTransaction.class,
                snmp -> utf8(snmp.content().user()));
    }

    private static byte @Nullable [] utf8(@Nullable String text) {
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }

    /** A number of a message. */
    @FunctionalInterface
    interface Field<T> {
        long of(T transaction);
    }

    static <T extends Transaction> void number(
            KeywordTable keywords,
            String name,
            AppProtocol protocol,
            Class<T> type,
            Field<T> field,
            Map<String, Long> names) {
        keywords.add(
                new NumberKeyword<>(
                        type,
                        Set.of(protocol),
                        Buffer.Ways.BOTH,
                        Progress.COMPLETE,
                        (transaction, toServer) -> field.of(transaction),
                        names),
                name);
    }

    private static <T extends Transaction> void octets(
            KeywordTable keywords,
            BufferTable buffers,
            String name,
            AppProtocol protocol,
            Class<T> type,
            Function<T, byte @Nullable []> field) {
        buffers.add(new Buffer(
                name,
                Buffer.Origin.TRANSACTION,
                Set.of(protocol),
                Buffer.Ways.BOTH,
                Progress.COMPLETE,
                false,
                BufferTable.octets(type, field)));
        keywords.addSticky(buffers, name);
    }
}
