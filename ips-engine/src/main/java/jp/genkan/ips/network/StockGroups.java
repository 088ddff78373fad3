package jp.genkan.ips.network;

import java.util.Map;

/** The groups of the configuration that Suricata comes with: the names that published rules rely on. */
final class StockGroups {
    private static final String HOME = "$HOME_NET";

    private StockGroups() {}

    static Map<String, String> addresses() {
        return Map.ofEntries(
                Map.entry("HOME_NET", "[192.168.0.0/16,10.0.0.0/8,172.16.0.0/12]"),
                Map.entry("EXTERNAL_NET", "!$HOME_NET"),
                Map.entry("HTTP_SERVERS", HOME),
                Map.entry("SMTP_SERVERS", HOME),
                Map.entry("SQL_SERVERS", HOME),
                Map.entry("DNS_SERVERS", HOME),
                Map.entry("TELNET_SERVERS", HOME),
                Map.entry("AIM_SERVERS", "$EXTERNAL_NET"),
                Map.entry("DC_SERVERS", HOME),
                Map.entry("DNP3_SERVER", HOME),
                Map.entry("DNP3_CLIENT", HOME),
                Map.entry("MODBUS_CLIENT", HOME),
                Map.entry("MODBUS_SERVER", HOME),
                Map.entry("ENIP_CLIENT", HOME),
                Map.entry("ENIP_SERVER", HOME));
    }

    static Map<String, String> ports() {
        return Map.ofEntries(
                Map.entry("HTTP_PORTS", "80"),
                Map.entry("SHELLCODE_PORTS", "!80"),
                Map.entry("ORACLE_PORTS", "1521"),
                Map.entry("SSH_PORTS", "22"),
                Map.entry("DNP3_PORTS", "20000"),
                Map.entry("MODBUS_PORTS", "502"),
                Map.entry("FILE_DATA_PORTS", "[$HTTP_PORTS,110,143]"),
                Map.entry("FTP_PORTS", "21"),
                Map.entry("GENEVE_PORTS", "6081"),
                Map.entry("VXLAN_PORTS", "4789"),
                Map.entry("TEREDO_PORTS", "3544"),
                Map.entry("SIP_PORTS", "[5060,5061]"));
    }
}
