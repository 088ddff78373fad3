package jp.genkan.appliance;

import static jp.genkan.core.config.ConfigKey.key;

import java.util.ArrayList;
import java.util.List;
import jp.genkan.core.config.Config;
import jp.genkan.core.config.ConfigKey;
import jp.genkan.core.config.ConfigSchema;
import jp.genkan.core.frame.Address;
import jp.genkan.urlfilter.page.BlockPage;
import jp.genkan.urlfilter.stage.DnsPolicy;

/**
 * Settings of the URL filter: what people meet where they may not go.
 *
 * @param dns what is done about questions of DNS
 * @param page what people see
 */
public record UrlFilterSettings(DnsPolicy dns, BlockPage page) {
    private static final ConfigKey<DnsPolicy.Kind> DNS = key(
                    "urlfilter.dns.policy",
                    "What a question for a blocked name gets: log lets it pass, so that the browser shows why it is"
                            + " blocked")
            .choice(DnsPolicy.Kind.class)
            .orElse(DnsPolicy.Kind.LOG);
    private static final ConfigKey<List<String>> DNS_ADDRESSES = key(
                    "urlfilter.dns.addresses", "IPv4 and IPv6 addresses that the policy answer gives")
            .strings()
            .orElse(List.of("0.0.0.0", "::"));
    private static final ConfigKey<String> CONTACT = key(
                    "urlfilter.contact", "Whom people ask for release, as the block page says it")
            .string()
            .orElse("");

    /** Its keys. */
    static final ConfigSchema SCHEMA = ConfigSchema.of(DNS, DNS_ADDRESSES, CONTACT);

    /**
     * Reads them.
     *
     * @throws IllegalArgumentException when a value cannot be used
     */
    static UrlFilterSettings of(Config config) {
        DnsPolicy.Kind kind = config.get(DNS);
        List<Address> addresses = new ArrayList<>();
        for (String text : config.get(DNS_ADDRESSES)) {
            try {
                addresses.add(Address.parse(text));
            } catch (IllegalArgumentException bad) {
                throw new IllegalArgumentException("urlfilter.dns.addresses: " + bad.getMessage(), bad);
            }
        }
        String contact = config.get(CONTACT);
        if (contact.length() > BlockPage.CONTACT_MAX) {
            throw new IllegalArgumentException(
                    "urlfilter.contact has more than " + BlockPage.CONTACT_MAX + " characters");
        }
        boolean answers = kind == DnsPolicy.Kind.ANSWER;
        if (answers && addresses.isEmpty()) {
            throw new IllegalArgumentException("urlfilter.dns.addresses is empty, but urlfilter.dns.policy is answer");
        }
        return new UrlFilterSettings(new DnsPolicy(kind, answers ? addresses : List.of()), new BlockPage(contact));
    }
}
