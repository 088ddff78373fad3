package jp.genkan.ips.keyword;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import jp.genkan.ips.rule.RuleException;
import jp.genkan.ips.signature.TriedRule;

/** Whatever stands behind these keywords is taken or refused, and breaks nothing. */
class OptionsFuzzTest {
    private static final String[] KEYWORDS = {
        "dns.rrtype",
        "dns.rcode",
        "tls.version",
        "ssl_version",
        "ssl_state",
        "tls_cert_notbefore",
        "tls.subject",
        "tls.cert_chain_len",
        "ssh.protoversion",
        "ssh.softwareversion",
        "krb5.ticket_encryption",
        "krb5_msg_type",
        "ldap.responses.operation",
        "ldap.responses.result_code",
        "ntp.mode",
        "snmp.pdu_type",
        "dhcp.leasetime",
    };

    @FuzzTest
    void valuesAreTakenOrRefused(FuzzedDataProvider data) {
        String keyword = data.pickValue(KEYWORDS);
        try {
            TriedRule.of(keyword + ":" + data.consumeString(60) + "; sid:1;").checks();
        } catch (RuleException refused) {
            // as it should be
        }
    }
}
