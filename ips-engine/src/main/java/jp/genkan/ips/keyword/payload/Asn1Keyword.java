package jp.genkan.ips.keyword.payload;

import jp.genkan.ips.inspect.Asn1;
import jp.genkan.ips.inspect.Step;
import jp.genkan.ips.rule.RuleException;
import jp.genkan.ips.rule.RuleOption;
import jp.genkan.ips.signature.SignatureBuilder;

/** {@code asn1}: oddities of BER in the payload. */
final class Asn1Keyword {
    private Asn1Keyword() {}

    static void compile(RuleOption option, SignatureBuilder rule) throws RuleException {
        boolean bitstring = false;
        boolean real = false;
        long oversize = Asn1.NO_LIMIT;
        long offset = 0;
        boolean relative = false;
        String[] words = option.unquoted().strip().split("[\\s,]+");
        for (int i = 0; i < words.length; i++) {
            switch (words[i]) {
                case "bitstring_overflow" -> bitstring = true;
                case "double_overflow" -> real = true;
                case "oversize_length" -> oversize = number(words, ++i, option);
                case "absolute_offset" -> offset = number(words, ++i, option);
                case "relative_offset" -> {
                    relative = true;
                    offset = number(words, ++i, option);
                }
                default -> throw option.badValue("\"" + words[i] + "\" is not known");
            }
        }
        Step step = new Asn1(bitstring, real, oversize, offset, relative);
        rule.step(() -> step);
    }

    private static long number(String[] words, int at, RuleOption option) throws RuleException {
        if (at < words.length) {
            try {
                return Integer.parseInt(words[at]);
            } catch (NumberFormatException notANumber) {
                // told below
            }
        }
        throw option.badValue("a number is missing");
    }
}
