package jp.genkan.ips.keyword.tls;

import jp.genkan.ips.inspect.Content;
import jp.genkan.ips.keyword.payload.ContentText;
import jp.genkan.ips.match.Buffer;
import jp.genkan.ips.rule.RuleException;
import jp.genkan.ips.rule.RuleOption;
import jp.genkan.ips.signature.BufferTable;
import jp.genkan.ips.signature.KeywordTable;
import jp.genkan.ips.signature.SignatureBuilder;

/** {@code tls.subject:"CN=example"} and its kin, older than sticky buffers: the text has to be in the field, or must not be. */
final class OldCertificateKeyword {
    private OldCertificateKeyword() {}

    static void register(KeywordTable keywords, BufferTable buffers) {
        add(keywords, buffers, "tls.subject", "tls.cert_subject");
        add(keywords, buffers, "tls.issuerdn", "tls.cert_issuer");
        add(keywords, buffers, "tls.fingerprint", "tls.cert_fingerprint");
    }

    private static void add(KeywordTable keywords, BufferTable buffers, String name, String buffer) {
        keywords.add((option, rule) -> compile(option, rule, buffers.get(buffer)), name);
    }

    private static void compile(RuleOption option, SignatureBuilder rule, Buffer buffer) throws RuleException {
        String text = option.needValue();
        boolean negated = text.startsWith("!");
        if (negated) {
            text = text.substring(1).strip();
        }
        if (text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"")) {
            text = text.substring(1, text.length() - 1);
        }
        byte[] octets = ContentText.octets(text, option);
        if (octets.length == 0) {
            throw option.badValue("the text is empty");
        }
        rule.select(buffer, option);
        Content content =
                new Content(octets, buffer.isCaseless(), negated, Content.Place.ANYWHERE, Content.FastPattern.UNSAID);
        rule.step(() -> content);
    }
}
