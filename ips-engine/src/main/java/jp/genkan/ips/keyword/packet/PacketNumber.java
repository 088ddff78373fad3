package jp.genkan.ips.keyword.packet;

import java.util.Locale;
import java.util.Map;
import jp.genkan.core.frame.Packet;
import jp.genkan.ips.keyword.number.NumberTest;
import jp.genkan.ips.rule.RuleException;
import jp.genkan.ips.rule.RuleOption;
import jp.genkan.ips.signature.Keyword;
import jp.genkan.ips.signature.Signature;
import jp.genkan.ips.signature.SignatureBuilder;

/**
 * A keyword that holds one number of a packet against a {@link NumberTest}.
 *
 * @param field the number
 * @param max largest number that the field can hold
 */
record PacketNumber(Field field, long max) implements Keyword {
    /** The packet has no such number. */
    static final long NONE = Long.MIN_VALUE;

    private static final long OCTET = 0xff;
    private static final long WORD = 0xffff;
    private static final long QUAD = 0xffff_ffffL;

    /** Reads the number. */
    @FunctionalInterface
    interface Field {
        /** The number, or {@link #NONE}. */
        long of(Packet packet);
    }

    static PacketNumber octet(Field field) {
        return new PacketNumber(field, OCTET);
    }

    static PacketNumber word(Field field) {
        return new PacketNumber(field, WORD);
    }

    static PacketNumber quad(Field field) {
        return new PacketNumber(field, QUAD);
    }

    @Override
    public void compile(RuleOption option, SignatureBuilder rule) throws RuleException {
        NumberTest test = parse(option.unquoted(), max, option);
        rule.trait(Signature.Trait.NEEDS_PACKET);
        rule.condition(moment -> {
            long number = field.of(moment.packet());
            return number != NONE && test.test(number);
        });
    }

    /** Reads a test of a number that is at most {@code max}; {@code x1f} is taken for {@code 0x1f}, as {@code tos} always did. */
    static NumberTest parse(String value, long max, RuleOption option) throws RuleException {
        String text = value.strip().toLowerCase(Locale.ROOT);
        boolean not = text.startsWith("!x");
        if (not || text.startsWith("x")) {
            text = (not ? "!0x" : "0x") + text.substring(not ? 2 : 1);
        }
        NumberTest test = NumberTest.parse(text, Map.of(), option);
        if (Long.compareUnsigned(test.first(), max) > 0 || Long.compareUnsigned(test.second(), max) > 0) {
            throw option.badValue("numbers here are at most " + max);
        }
        return test;
    }
}
