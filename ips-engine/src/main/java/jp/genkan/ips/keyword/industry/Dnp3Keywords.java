package jp.genkan.ips.keyword.industry;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.Progress;
import jp.genkan.ips.keyword.field.TransactionFields;
import jp.genkan.ips.keyword.number.NumberTest;
import jp.genkan.ips.match.Buffer.Ways;
import jp.genkan.ips.rule.RuleException;
import jp.genkan.ips.rule.RuleOption;
import jp.genkan.ips.signature.BufferTable;
import jp.genkan.ips.signature.Family;
import jp.genkan.ips.signature.KeywordTable;
import jp.genkan.ips.signature.SignatureBuilder;
import jp.genkan.protocols.dnp3.Dnp3Transaction;

/** Keywords of DNP3. Each message is a transaction, which has only the direction that it went. Stateless. */
public final class Dnp3Keywords implements Family {
    private static final int OCTET = 0xff;

    /** The family. */
    public Dnp3Keywords() {}

    @Override
    public void register(KeywordTable keywords, BufferTable buffers) {
        TransactionFields<Dnp3Transaction> dnp3 =
                new TransactionFields<>(Dnp3Transaction.class, Set.of(AppProtocol.DNP3), keywords, buffers);
        dnp3.number(
                Ways.BOTH,
                Progress.COMPLETE,
                (message, toServer) -> message.function(),
                Dnp3Transaction.functions(),
                "dnp3_func",
                "dnp3.func");
        dnp3.octets(Ways.BOTH, Progress.COMPLETE, Dnp3Transaction::fragment, "dnp3_data", "dnp3.data");
        dnp3.tested(Ways.TO_CLIENT, Progress.COMPLETE, Dnp3Keywords::indications, "dnp3_ind", "dnp3.ind");
        dnp3.tested(Ways.BOTH, Progress.COMPLETE, Dnp3Keywords::object, "dnp3_obj", "dnp3.obj");
    }

    /** One of the listed indications is set; or a number test of all of them together. */
    private static Predicate<Dnp3Transaction> indications(RuleOption option, SignatureBuilder rule)
            throws RuleException {
        Map<String, Long> names = Dnp3Transaction.indicationBits();
        String text = option.unquoted().strip();
        if (text.isEmpty() || !Character.isLetter(text.charAt(0))) {
            NumberTest test = NumberTest.parse(text, Map.of(), option);
            return message -> message.indications() >= 0 && test.test(message.indications());
        }
        long mask = 0;
        for (String word : text.split(",", -1)) {
            Long bit = names.get(word.strip().toLowerCase(Locale.ROOT));
            if (bit == null) {
                throw option.badValue("\"" + word.strip() + "\" is no internal indication");
            }
            mask |= bit;
        }
        long wanted = mask;
        return message -> message.indications() >= 0 && (message.indications() & wanted) != 0;
    }

    /** Group and variation. */
    private static Predicate<Dnp3Transaction> object(RuleOption option, SignatureBuilder rule) throws RuleException {
        String[] parts = option.unquoted().split(",", -1);
        if (parts.length != 2) {
            throw option.badValue("a group and a variation are wanted: 60,2");
        }
        int group = octet(parts[0], option);
        int variation = octet(parts[1], option);
        return message -> message.objects().stream()
                .anyMatch(object -> object.group() == group && object.variation() == variation);
    }

    private static int octet(String text, RuleOption option) throws RuleException {
        try {
            int number = Integer.decode(text.strip());
            if (number >= 0 && number <= OCTET) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // told below
        }
        throw option.badValue("\"" + text.strip() + "\" is no number between 0 and 255");
    }
}
