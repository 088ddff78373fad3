package jp.genkan.ips.keyword.service;

import jp.genkan.ips.signature.BufferTable;
import jp.genkan.ips.signature.Family;
import jp.genkan.ips.signature.KeywordTable;

/** Buffers and keywords of DHCP, Kerberos, LDAP, NTP and SNMP. */
public final class ServiceKeywords implements Family {
    @Override
    public void register(KeywordTable keywords, BufferTable buffers) {}
}
