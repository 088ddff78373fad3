package jp.genkan.protocols;

import java.util.List;
import java.util.function.Supplier;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.protocols.bittorrent.DhtParser;
import jp.genkan.protocols.bittorrent.PeerParser;
import jp.genkan.protocols.conversation.DatagramParser;
import jp.genkan.protocols.conversation.Recogniser;
import jp.genkan.protocols.conversation.StreamParser;
import jp.genkan.protocols.dcerpc.DcerpcParser;
import jp.genkan.protocols.dcerpc.DcerpcRecogniser;
import jp.genkan.protocols.dhcp.DhcpParser;
import jp.genkan.protocols.dnp3.Dnp3Parser;
import jp.genkan.protocols.dns.DnsDatagramParser;
import jp.genkan.protocols.dns.DnsRecogniser;
import jp.genkan.protocols.dns.DnsStreamParser;
import jp.genkan.protocols.enip.EnipDatagramParser;
import jp.genkan.protocols.enip.EnipParser;
import jp.genkan.protocols.enip.EnipRecogniser;
import jp.genkan.protocols.ftp.FtpParser;
import jp.genkan.protocols.ftp.FtpRecogniser;
import jp.genkan.protocols.http.HttpParser;
import jp.genkan.protocols.http.HttpRecogniser;
import jp.genkan.protocols.http2.Http2Parser;
import jp.genkan.protocols.http2.Http2Recogniser;
import jp.genkan.protocols.ike.IkeParser;
import jp.genkan.protocols.imap.ImapParser;
import jp.genkan.protocols.imap.ImapRecogniser;
import jp.genkan.protocols.kerberos.KerberosDatagramParser;
import jp.genkan.protocols.kerberos.KerberosStreamParser;
import jp.genkan.protocols.ldap.LdapDatagramParser;
import jp.genkan.protocols.ldap.LdapParser;
import jp.genkan.protocols.modbus.ModbusParser;
import jp.genkan.protocols.mqtt.MqttParser;
import jp.genkan.protocols.nfs.NfsDatagramParser;
import jp.genkan.protocols.nfs.NfsParser;
import jp.genkan.protocols.nfs.NfsRecogniser;
import jp.genkan.protocols.ntp.NtpParser;
import jp.genkan.protocols.pgsql.PgsqlParser;
import jp.genkan.protocols.pop3.Pop3Parser;
import jp.genkan.protocols.pop3.Pop3Recogniser;
import jp.genkan.protocols.quic.QuicParser;
import jp.genkan.protocols.quic.QuicRecogniser;
import jp.genkan.protocols.rdp.RdpParser;
import jp.genkan.protocols.rdp.RdpRecogniser;
import jp.genkan.protocols.rfb.RfbParser;
import jp.genkan.protocols.rtp.RtpParser;
import jp.genkan.protocols.sip.SipDatagramParser;
import jp.genkan.protocols.sip.SipRecogniser;
import jp.genkan.protocols.sip.SipStreamParser;
import jp.genkan.protocols.smb.SmbParser;
import jp.genkan.protocols.smb.SmbRecogniser;
import jp.genkan.protocols.smtp.SmtpParser;
import jp.genkan.protocols.smtp.SmtpRecogniser;
import jp.genkan.protocols.snmp.SnmpParser;
import jp.genkan.protocols.ssh.SshParser;
import jp.genkan.protocols.ssh.SshRecogniser;
import jp.genkan.protocols.telnet.TelnetParser;
import jp.genkan.protocols.tftp.TftpParser;
import jp.genkan.protocols.tls.TlsParser;
import jp.genkan.protocols.tls.TlsRecogniser;
import jp.genkan.protocols.websocket.WebSocketParser;

/**
 * Every protocol that the box reads, in the order in which they are asked whether a flow is theirs. Adding one is its package and a line here.
 *
 * <p>Thread rule: immutable.
 */
public final class Protocols {
    private Protocols() {}

    /**
     * A protocol over TCP.
     *
     * @param protocol which
     * @param recogniser knows it by its first octets
     * @param parser makes a parser for one connection
     */
    public record OverTcp(AppProtocol protocol, Recogniser recogniser, Supplier<StreamParser> parser) {}

    /**
     * A protocol over UDP.
     *
     * @param protocol which
     * @param recogniser knows it by its first datagrams
     * @param parser makes a parser for one flow
     */
    public record OverUdp(AppProtocol protocol, Recogniser recogniser, Supplier<DatagramParser> parser) {}

    /** The protocols over TCP. */
    public static List<OverTcp> overTcp() {
        return List.of(
                new OverTcp(AppProtocol.TLS, new TlsRecogniser(), TlsParser::new),
                new OverTcp(AppProtocol.SSH, new SshRecogniser(), SshParser::new),
                new OverTcp(AppProtocol.RDP, new RdpRecogniser(), RdpParser::new),
                new OverTcp(AppProtocol.HTTP2, new Http2Recogniser(), Http2Parser::new),
                new OverTcp(AppProtocol.HTTP1, new HttpRecogniser(), HttpParser::new),
                new OverTcp(AppProtocol.FTP, new FtpRecogniser(), FtpParser::new),
                new OverTcp(AppProtocol.SMTP, new SmtpRecogniser(), SmtpParser::new),
                new OverTcp(AppProtocol.SIP, SipRecogniser.streams(), SipStreamParser::new),
                new OverTcp(AppProtocol.SMB, new SmbRecogniser(), SmbParser::new),
                new OverTcp(AppProtocol.WEBSOCKET, WebSocketParser.recogniser(), WebSocketParser::new),
                new OverTcp(AppProtocol.RFB, RfbParser.recogniser(), RfbParser::new),
                new OverTcp(AppProtocol.POP3, new Pop3Recogniser(), Pop3Parser::new),
                new OverTcp(AppProtocol.IMAP, new ImapRecogniser(), ImapParser::new),
                new OverTcp(AppProtocol.MQTT, MqttParser.recogniser(), MqttParser::new),
                new OverTcp(AppProtocol.BITTORRENT, PeerParser.recogniser(), PeerParser::new),
                new OverTcp(AppProtocol.KERBEROS, KerberosStreamParser.recogniser(), KerberosStreamParser::new),
                new OverTcp(AppProtocol.LDAP, LdapParser.recogniser(), LdapParser::new),
                new OverTcp(AppProtocol.DCERPC, new DcerpcRecogniser(), DcerpcParser::new),
                new OverTcp(AppProtocol.DNP3, Dnp3Parser.recogniser(), Dnp3Parser::new),
                new OverTcp(AppProtocol.PGSQL, PgsqlParser.recogniser(), PgsqlParser::new),
                new OverTcp(AppProtocol.TELNET, TelnetParser.recogniser(), TelnetParser::new),
                new OverTcp(AppProtocol.MODBUS, ModbusParser.recogniser(), ModbusParser::new),
                new OverTcp(AppProtocol.ENIP, EnipRecogniser.streams(), EnipParser::new),
                new OverTcp(AppProtocol.NFS, NfsRecogniser.streams(), NfsParser::new),
                // least certain last
                new OverTcp(AppProtocol.DNS, DnsRecogniser.streams(), DnsStreamParser::new));
    }

    /** The protocols over UDP. */
    public static List<OverUdp> overUdp() {
        return List.of(
                new OverUdp(AppProtocol.QUIC, new QuicRecogniser(), QuicParser::new),
                new OverUdp(AppProtocol.MDNS, DnsRecogniser.multicast(), () -> new DnsDatagramParser(AppProtocol.MDNS)),
                new OverUdp(
                        AppProtocol.LLMNR, DnsRecogniser.linkLocal(), () -> new DnsDatagramParser(AppProtocol.LLMNR)),
                new OverUdp(AppProtocol.DHCP, DhcpParser.recogniser(), DhcpParser::new),
                new OverUdp(AppProtocol.SIP, SipRecogniser.datagrams(), SipDatagramParser::new),
                new OverUdp(AppProtocol.SNMP, SnmpParser.recogniser(), SnmpParser::new),
                new OverUdp(AppProtocol.TFTP, TftpParser.recogniser(), TftpParser::new),
                new OverUdp(AppProtocol.BITTORRENT_DHT, DhtParser.recogniser(), DhtParser::new),
                new OverUdp(AppProtocol.LDAP, LdapDatagramParser.recogniser(), LdapDatagramParser::new),
                new OverUdp(AppProtocol.KERBEROS, KerberosDatagramParser.recogniser(), KerberosDatagramParser::new),
                new OverUdp(AppProtocol.ENIP, EnipRecogniser.datagrams(), EnipDatagramParser::new),
                new OverUdp(AppProtocol.IKE, IkeParser.recogniser(), IkeParser::new),
                new OverUdp(AppProtocol.NFS, NfsRecogniser.datagrams(), NfsDatagramParser::new),
                // least certain last
                new OverUdp(AppProtocol.NTP, NtpParser.recogniser(), NtpParser::new),
                new OverUdp(AppProtocol.DNS, DnsRecogniser.datagrams(), () -> new DnsDatagramParser(AppProtocol.DNS)),
                new OverUdp(AppProtocol.RTP, RtpParser.recogniser(), RtpParser::new));
    }
}
