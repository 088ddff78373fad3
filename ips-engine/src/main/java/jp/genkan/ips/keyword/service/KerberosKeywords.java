package jp.genkan.ips.keyword.service;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.Progress;
import jp.genkan.ips.keyword.number.NumberKeyword;
import jp.genkan.ips.match.Buffer;
import jp.genkan.ips.match.BufferSink;
import jp.genkan.ips.rule.RuleException;
import jp.genkan.ips.rule.RuleOption;
import jp.genkan.ips.signature.BufferTable;
import jp.genkan.ips.signature.Check;
import jp.genkan.ips.signature.KeywordTable;
import jp.genkan.ips.signature.SignatureBuilder;
import jp.genkan.protocols.kerberos.KerberosMessage;
import jp.genkan.protocols.kerberos.KerberosTransaction;
import org.jspecify.annotations.Nullable;

/** Buffers and keywords of Kerberos. */
final class KerberosKeywords {
    private static final long ERROR = 30; // RFC 4120 §5.10

    private static final Map<String, Long> TYPES = Map.of(
            "as_req",
            10L,
            "as_rep",
            11L,
            "tgs_req",
            12L,
            "tgs_rep",
            13L,
            "ap_req",
            14L,
            "ap_rep",
            15L,
            "error",
            ERROR,
            "krb_error",
            ERROR);

    private KerberosKeywords() {}

    static void register(KeywordTable keywords, BufferTable buffers) {
        ServiceKeywords.number(
                keywords,
                "krb5_msg_type",
                AppProtocol.KERBEROS,
                KerberosTransaction.class,
                krb5 -> krb5.message().type(),
                TYPES);
        ServiceKeywords.number(
                keywords,
                "krb5_err_code",
                AppProtocol.KERBEROS,
                KerberosTransaction.class,
                krb5 -> krb5.message().type() == ERROR ? krb5.message().error() : NumberKeyword.NONE,
                Map.of());
        names(keywords, buffers, "krb5.cname", "krb5_cname", KerberosMessage::client);
        names(keywords, buffers, "krb5.sname", "krb5_sname", KerberosMessage::server);
        keywords.add(KerberosKeywords::ticketEncryption, "krb5.ticket_encryption");
    }

    /** A principal of a message. */
    @FunctionalInterface
    private interface Principal {
        @Nullable
        String of(KerberosMessage message);
    }

    /** Each part of a principal's name is an instance. */
    private static void names(
            KeywordTable keywords, BufferTable buffers, String name, String old, Principal principal) {
        buffers.add(new Buffer(
                name,
                Buffer.Origin.TRANSACTION,
                Set.of(AppProtocol.KERBEROS),
                Buffer.Ways.TO_CLIENT,
                Progress.COMPLETE,
                true,
                BufferTable.reading(
                        KerberosTransaction.class, (krb5, toServer, out) -> parts(principal.of(krb5.message()), out))));
        keywords.addSticky(buffers, name, name, old);
    }

    private static void parts(@Nullable String name, BufferSink out) {
        if (name != null) {
            for (String part : name.split("/", -1)) {
                out.add(part);
            }
        }
    }

    /** {@code weak}, or a list of types by number or name. */
    private static void ticketEncryption(RuleOption option, SignatureBuilder rule) throws RuleException {
        String text = option.unquoted().strip();
        boolean negated = text.startsWith("!");
        String rest = negated ? text.substring(1).strip() : text;
        if (rest.equals("weak")) {
            check(option, rule, type -> KerberosTransaction.isWeak(type) != negated);
            return;
        }
        Set<Integer> wanted = new TreeSet<>();
        Map<String, Long> names = KerberosTransaction.encryptionTypes();
        for (String word : rest.split("[,\\s]+", 0)) {
            Long named = names.get(word.toLowerCase(Locale.ROOT));
            try {
                wanted.add(named == null ? Integer.parseInt(word) : named.intValue());
            } catch (NumberFormatException notANumber) {
                throw option.badValue(
                        "\"" + word + "\" is no type of encryption: weak, a number, or a name as rc4-hmac");
            }
        }
        Set<Integer> list = Set.copyOf(wanted);
        check(option, rule, type -> list.contains(type) != negated);
    }

    /** What is asked of a type of encryption. */
    @FunctionalInterface
    private interface Test {
        boolean holds(int type);
    }

    private static void check(RuleOption option, SignatureBuilder rule, Test test) throws RuleException {
        rule.check(
                new Check.OfValue(
                        option.name(),
                        Set.of(AppProtocol.KERBEROS),
                        Buffer.Ways.TO_CLIENT,
                        Progress.COMPLETE,
                        false,
                        moment -> {
                            if (!(moment.transaction() instanceof KerberosTransaction krb5)) {
                                return false;
                            }
                            int type = krb5.message().ticketEncryption();
                            return type != 0 && test.holds(type);
                        }),
                option);
    }
}
