package jp.genkan.dataplane.application;

import jp.genkan.core.observation.AppProtocol;
import org.jspecify.annotations.Nullable;

/** How far the box could look into a flow. */
public enum Sight {
    /** What was said could be read: clear text of a protocol that it knows. */
    INSPECTED,
    /** Encrypted, but the name of the server was said. */
    NAME_ONLY,
    /** Encrypted without a name, or in a language that it does not know. */
    OPAQUE;

    /**
     * What holds for a flow.
     *
     * @param protocol that it speaks; null when unknown
     * @param named true when the name of the server was said
     */
    static Sight of(@Nullable AppProtocol protocol, boolean named) {
        return switch (protocol) {
            case null -> OPAQUE;
            case TLS, QUIC -> named ? NAME_ONLY : OPAQUE;
            case SSH, RDP, RTP, BITTORRENT, RFB, IKE -> OPAQUE;
            case HTTP1,
                    HTTP2,
                    DNS,
                    MDNS,
                    LLMNR,
                    SMTP,
                    POP3,
                    IMAP,
                    FTP,
                    FTP_DATA,
                    SMB,
                    DCERPC,
                    SIP,
                    DHCP,
                    NTP,
                    SNMP,
                    TFTP,
                    KERBEROS,
                    LDAP,
                    MQTT,
                    WEBSOCKET,
                    NFS,
                    MODBUS,
                    DNP3,
                    ENIP,
                    TELNET,
                    PGSQL,
                    BITTORRENT_DHT -> INSPECTED;
        };
    }
}
