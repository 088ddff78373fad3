package jp.genkan.core.observation;

/** The application protocols that the box can tell apart, with Suricata's names for them where it has one. */
public enum AppProtocol {
    HTTP1("http"),
    HTTP2("http2"),
    TLS("tls"),
    QUIC("quic"),
    DNS("dns"),
    MDNS("mdns"),
    LLMNR("llmnr"),
    SMTP("smtp"),
    POP3("pop3"),
    IMAP("imap"),
    FTP("ftp"),
    FTP_DATA("ftp-data"),
    SMB("smb"),
    DCERPC("dcerpc"),
    SSH("ssh"),
    RDP("rdp"),
    SIP("sip"),
    DHCP("dhcp"),
    NTP("ntp"),
    SNMP("snmp"),
    TFTP("tftp"),
    KERBEROS("krb5"),
    LDAP("ldap"),
    MQTT("mqtt"),
    BITTORRENT("bittorrent"),
    BITTORRENT_DHT("bittorrent-dht"),
    RTP("rtp"),
    WEBSOCKET("websocket"),
    RFB("rfb"),
    NFS("nfs"),
    MODBUS("modbus"),
    DNP3("dnp3"),
    ENIP("enip"),
    IKE("ike"),
    TELNET("telnet"),
    PGSQL("pgsql");

    private final String eveName;

    AppProtocol(String eveName) {
        this.eveName = eveName;
    }

    /** The word of {@code app_proto}. */
    public String eveName() {
        return eveName;
    }
}
