package jp.genkan.ips.keyword.identity;

import java.util.Locale;
import jp.genkan.core.observation.Transaction;
import jp.genkan.ips.match.FlowMemory;
import jp.genkan.ips.rule.RuleCode;
import jp.genkan.ips.rule.RuleException;
import jp.genkan.ips.rule.RuleOption;
import jp.genkan.ips.signature.BufferTable;
import jp.genkan.ips.signature.Family;
import jp.genkan.ips.signature.KeywordTable;
import jp.genkan.ips.signature.Reference;
import jp.genkan.ips.signature.Signature;
import jp.genkan.ips.signature.SignatureBuilder;
import jp.genkan.ips.signature.Target;

/**
 * What a rule is called and how it is counted. Properties that are set, by their keyword: {@code msg} and {@code classtype} a String, {@code sid} and {@code gid} a Long, {@code rev} and {@code
 * priority} an Integer, {@code target} a {@link Target}.
 */
public final class IdentityKeywords implements Family {
    private static final long NUMBER_MAX = 0xffff_ffffL;

    @Override
    public void register(KeywordTable keywords, BufferTable buffers) {
        keywords.add(IdentityKeywords::message, "msg");
        keywords.add((option, rule) -> rule.property(option, number(option, 1, NUMBER_MAX)), "sid");
        keywords.add((option, rule) -> rule.property(option, number(option, 0, NUMBER_MAX)), "gid");
        keywords.add((option, rule) -> rule.property(option, (int) number(option, 0, Integer.MAX_VALUE)), "rev");
        keywords.add(IdentityKeywords::classtype, "classtype");
        keywords.add((option, rule) -> rule.property(option, (int) number(option, 0, Integer.MAX_VALUE)), "priority");
        keywords.add(IdentityKeywords::reference, "reference");
        keywords.add(IdentityKeywords::metadata, "metadata");
        keywords.add(IdentityKeywords::target, "target");
        keywords.add((option, rule) -> trait(option, rule, Signature.Trait.NO_ALERT), "noalert");
        keywords.add((option, rule) -> trait(option, rule, Signature.Trait.ALERT), "alert");
        keywords.add((option, rule) -> trait(option, rule, Signature.Trait.BYPASS), "bypass");
        keywords.add((option, rule) -> option.refuseValue(), "prefilter"); // a wish about speed, not about what matches
        keywords.add((option, rule) -> Requirements.parse(option).demand(keywords, option), "requires");
        keywords.add(IdentityKeywords::config, "config");
    }

    private static void trait(RuleOption option, SignatureBuilder rule, Signature.Trait trait) throws RuleException {
        option.refuseValue();
        rule.trait(trait);
    }

    private static long number(RuleOption option, long least, long most) throws RuleException {
        String text = option.unquoted().strip();
        try {
            long number = Long.parseLong(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            throw option.badValue("\"" + text + "\" is no number");
        }
        throw option.badValue(text + " is not between " + least + " and " + most);
    }

    // ---- texts

    private static void message(RuleOption option, SignatureBuilder rule) throws RuleException {
        String text = option.needValue();
        if (text.length() < 2 || !text.startsWith("\"") || !text.endsWith("\"")) {
            throw option.badValue("the text has to stand in quotes");
        }
        rule.property(option, withoutBackslashes(text.substring(1, text.length() - 1)));
    }

    /** A backslash only says that the character behind it is meant as it is. */
    private static String withoutBackslashes(String text) {
        if (text.indexOf('\\') < 0) {
            return text;
        }
        StringBuilder plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length()) {
                plain.append(text.charAt(++i));
            } else if (c != '\\') {
                plain.append(c);
            }
        }
        return plain.toString();
    }

    /** A class that the table lacks is no error, as in Suricata: the rule has then no category. */
    private static void classtype(RuleOption option, SignatureBuilder rule) throws RuleException {
        String name = option.unquoted().strip();
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (!Character.isLetterOrDigit(c) && c != '-' && c != '_') {
                throw option.badValue("\"" + name + "\" is no name of a class");
            }
        }
        if (rule.property("classtype") == null) {
            rule.property(option, name);
        }
    }

    private static void reference(RuleOption option, SignatureBuilder rule) throws RuleException {
        String text = option.unquoted();
        int comma = text.indexOf(',');
        if (comma < 0) {
            throw option.badValue("a system and an id with a comma between them are wanted");
        }
        String system = text.substring(0, comma).strip().toLowerCase(Locale.ROOT);
        String id = text.substring(comma + 1).strip();
        if (id.startsWith("\"") && id.endsWith("\"") && id.length() > 1) {
            id = id.substring(1, id.length() - 1);
        }
        if (system.isEmpty() || id.isEmpty()) {
            throw option.badValue("a system and an id with a comma between them are wanted");
        }
        rule.reference(new Reference(system, withoutBackslashes(id)));
    }

    private static void metadata(RuleOption option, SignatureBuilder rule) throws RuleException {
        String text = option.unquoted();
        int from = 0;
        while (from <= text.length()) {
            int comma = text.indexOf(',', from);
            int end = comma < 0 ? text.length() : comma;
            String pair = text.substring(from, end).strip();
            int space = firstSpace(pair);
            if (space > 0) {
                rule.metadata(
                        pair.substring(0, space), pair.substring(space + 1).strip());
            }
            from = end + 1;
        }
    }

    private static int firstSpace(String pair) {
        for (int i = 0; i < pair.length(); i++) {
            if (Character.isWhitespace(pair.charAt(i))) {
                return i;
            }
        }
        return -1;
    }

    /** The events of the transaction, or of it and those after it in its flow, are switched off; the event of the flow itself never is. */
    private static void config(RuleOption option, SignatureBuilder rule) throws RuleException {
        LoggingSwitch off = LoggingSwitch.parse(option);
        if (off.type() != LoggingSwitch.Thing.TRANSACTION) {
            throw new RuleException(
                    RuleCode.NOT_SUPPORTED,
                    option.valueColumn(),
                    "config: flows are always told; only \"type tx\" is honoured");
        }
        rule.effect(moment -> {
            Transaction matched = moment.transaction();
            if (matched != null) {
                matched.silence();
            }
            FlowMemory memory = moment.memory();
            if (memory != null && off.scope() == LoggingSwitch.Thing.FLOW) {
                memory.silenced = true;
            }
        });
    }

    private static void target(RuleOption option, SignatureBuilder rule) throws RuleException {
        switch (option.unquoted().strip()) {
            case "src_ip" -> rule.attribute("target", Target.SOURCE); // said twice, the last one holds
            case "dest_ip" -> rule.attribute("target", Target.DESTINATION);
            default ->
                throw new RuleException(
                        RuleCode.BAD_VALUE, option.valueColumn(), "target: src_ip or dest_ip is wanted", "dest_ip");
        }
    }
}
