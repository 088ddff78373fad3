package jp.genkan.ips.keyword.payload;

import java.util.Locale;
import jp.genkan.ips.inspect.ByteExtract;
import jp.genkan.ips.inspect.ByteField;
import jp.genkan.ips.inspect.ByteJump;
import jp.genkan.ips.inspect.ByteTest;
import jp.genkan.ips.inspect.Operand;
import jp.genkan.ips.inspect.Step;
import jp.genkan.ips.rule.RuleException;
import jp.genkan.ips.rule.RuleOption;
import jp.genkan.ips.signature.SignatureBuilder;
import org.jspecify.annotations.Nullable;

/** Numbers that lie in the payload: {@code byte_test}, {@code byte_jump}, {@code byte_extract}, {@code byte_math}. */
final class NumberKeywords {
    private static final int BINARY_OCTETS_MAX = 8;
    private static final int DIGITS_MAX = 23;
    private static final long PLACE_MAX = 65_535;

    private NumberKeywords() {}

    static void byteTest(RuleOption option, SignatureBuilder rule) throws RuleException {
        FieldWords words = new FieldWords(option, rule);
        String[] parts = words.split(4);
        String operator = parts[1].strip();
        boolean negated = operator.startsWith("!") && operator.length() > 1;
        if (negated) {
            operator = operator.substring(1).strip();
        }
        ByteTest.Comparison comparison = switch (operator) {
            case "<" -> ByteTest.Comparison.LESS;
            case "<=" -> ByteTest.Comparison.LESS_OR_EQUAL;
            case "=", "!" -> ByteTest.Comparison.EQUAL;
            case ">=" -> ByteTest.Comparison.GREATER_OR_EQUAL;
            case ">" -> ByteTest.Comparison.GREATER;
            case "&" -> ByteTest.Comparison.AND;
            case "^" -> ByteTest.Comparison.XOR;
            default -> throw option.badValue("\"" + operator + "\" is no operator: < <= = >= > & ^, with ! before it");
        };
        boolean not = negated || operator.equals("!");
        Operand value = words.operand(parts[2], Long.MIN_VALUE, Long.MAX_VALUE);
        words.read(parts, 4);
        Step step = new ByteTest(words.field(parts[0], parts[3]), comparison, not, value);
        add(step, rule);
    }

    static void byteJump(RuleOption option, SignatureBuilder rule) throws RuleException {
        FieldWords words = new FieldWords(option, rule);
        String[] parts = words.split(2);
        words.read(parts, 2);
        Step step = new ByteJump(
                words.field(parts[0], parts[1]), words.multiplier, words.aligned, words.origin, words.postOffset);
        add(step, rule);
    }

    static void byteExtract(RuleOption option, SignatureBuilder rule) throws RuleException {
        FieldWords words = new FieldWords(option, rule);
        String[] parts = words.split(3);
        words.read(parts, 3);
        ByteField field = words.field(parts[0], parts[1]);
        ByteExtract.Calculation calculation = new ByteExtract.Calculation(
                ByteExtract.Operator.MULTIPLY, Operand.of(words.multiplier), words.aligned ? words.alignment : 1);
        Step step = new ByteExtract(field, rule.defineLocal(name(parts[2], option), option), calculation);
        add(step, rule);
    }

    static void byteMath(RuleOption option, SignatureBuilder rule) throws RuleException {
        FieldWords words = new FieldWords(option, rule);
        String[] parts = words.split(5);
        words.read(parts, 0);
        if (words.bytes == null
                || words.offset == null
                || words.operator == null
                || words.right == null
                || words.result == null) {
            throw option.badValue("bytes, offset, oper, rvalue and result have to be there");
        }
        ByteExtract.Operator operator = switch (words.operator) {
            case "+" -> ByteExtract.Operator.ADD;
            case "-" -> ByteExtract.Operator.SUBTRACT;
            case "*" -> ByteExtract.Operator.MULTIPLY;
            case "/" -> ByteExtract.Operator.DIVIDE;
            case "<<" -> ByteExtract.Operator.SHIFT_LEFT;
            case ">>" -> ByteExtract.Operator.SHIFT_RIGHT;
            default -> throw option.badValue("\"" + words.operator + "\" is no operator: + - * / << >>");
        };
        Operand right = words.operand(words.right, 0, Long.MAX_VALUE);
        if (operator == ByteExtract.Operator.DIVIDE && right.equals(Operand.ZERO)) {
            throw option.badValue("divides by zero");
        }
        ByteField field = words.field(words.bytes, words.offset);
        Step step = new ByteExtract(
                field,
                rule.defineLocal(name(words.result, option), option),
                new ByteExtract.Calculation(operator, right, 1));
        add(step, rule);
    }

    private static void add(Step step, SignatureBuilder rule) {
        if (step.isRelative()) {
            rule.follow(() -> step);
        } else {
            rule.step(() -> step);
        }
    }

    private static String name(String text, RuleOption option) throws RuleException {
        String name = text.strip();
        if (name.isEmpty() || !Character.isLetter(name.charAt(0))) {
            throw option.badValue("\"" + name + "\" is no name of a variable");
        }
        return name;
    }

    /** The words that these keywords share. */
    private static final class FieldWords {
        private final RuleOption option;
        private final SignatureBuilder rule;
        private boolean relative;
        private boolean little;
        private boolean endianSaid;
        private boolean digits;
        private ByteField.Form digitsForm = ByteField.Form.DECIMAL_DIGITS;
        private boolean dce;
        private long mask;
        private long multiplier = 1;
        private boolean aligned;
        private int alignment = 4;
        private ByteJump.Origin origin = ByteJump.Origin.HERE;
        private Operand postOffset = Operand.ZERO;
        private @Nullable String bytes;
        private @Nullable String offset;
        private @Nullable String operator;
        private @Nullable String right;
        private @Nullable String result;

        FieldWords(RuleOption option, SignatureBuilder rule) {
            this.option = option;
            this.rule = rule;
        }

        String[] split(int least) throws RuleException {
            String[] parts = option.unquoted().split(",");
            if (parts.length < least) {
                throw option.badValue("needs at least " + least + " values with commas between them");
            }
            return parts;
        }

        void read(String[] parts, int from) throws RuleException {
            for (int i = from; i < parts.length; i++) {
                String[] words = parts[i].strip().split("\\s+", 2);
                word(words[0].toLowerCase(Locale.ROOT), words.length == 2 ? words[1].strip() : "");
            }
            if (dce && (digits || endianSaid)) {
                throw option.badValue("dce decides the order of octets by itself");
            }
        }

        private void word(String word, String value) throws RuleException {
            switch (word) {
                case "relative" -> relative = true;
                case "little" -> endian(true);
                case "big" -> endian(false);
                case "endian" -> endian(value.equals("little"));
                case "dce" -> dce = true;
                case "string" -> {
                    digits = true;
                    if (!value.isEmpty()) {
                        digitsForm = form(value);
                    }
                }
                case "hex", "dec", "oct" -> {
                    digits = true;
                    digitsForm = form(word);
                }
                case "bitmask" -> mask = constant(value, 1, 0xffff_ffffL);
                case "multiplier" -> multiplier = constant(value, 1, PLACE_MAX);
                case "align" -> {
                    aligned = true;
                    alignment = value.isEmpty() ? alignment : (int) constant(value, 2, 4);
                }
                case "from_beginning" -> origin = ByteJump.Origin.BEGINNING;
                case "from_end" -> origin = ByteJump.Origin.END;
                case "post_offset" -> postOffset = operand(value, -PLACE_MAX, PLACE_MAX);
                case "bytes" -> bytes = value;
                case "offset" -> offset = value;
                case "oper" -> operator = value;
                case "rvalue" -> right = value;
                case "result" -> result = value;
                default -> throw option.badValue("\"" + word + "\" is not known");
            }
        }

        private void endian(boolean isLittle) throws RuleException {
            if (endianSaid) {
                throw option.badValue("the order of octets is said twice");
            }
            endianSaid = true;
            little = isLittle;
        }

        private ByteField.Form form(String word) throws RuleException {
            return switch (word) {
                case "hex" -> ByteField.Form.HEXADECIMAL_DIGITS;
                case "dec" -> ByteField.Form.DECIMAL_DIGITS;
                case "oct" -> ByteField.Form.OCTAL_DIGITS;
                default -> throw option.badValue("\"" + word + "\" is no form of digits: hex, dec, oct");
            };
        }

        private long constant(String text, long least, long most) throws RuleException {
            try {
                long number = Long.decode(text);
                if (number >= least && number <= most) {
                    return number;
                }
            } catch (NumberFormatException notANumber) {
                // told below
            }
            throw option.badValue("\"" + text + "\" is no number between " + least + " and " + most);
        }

        Operand operand(String text, long least, long most) throws RuleException {
            Operand operand = rule.operand(text.strip());
            if (operand == null
                    || operand.variable() == Operand.NONE
                            && (operand.constant() < least || operand.constant() > most)) {
                throw option.badValue("\"" + text.strip()
                        + "\" is neither a fitting number nor a variable that was extracted before");
            }
            return operand;
        }

        ByteField field(String count, String from) throws RuleException {
            Operand octets = operand(count, 0, digits ? DIGITS_MAX : BINARY_OCTETS_MAX);
            ByteField.Form form =
                    digits ? digitsForm : little || dce ? ByteField.Form.LITTLE_ENDIAN : ByteField.Form.BIG_ENDIAN;
            return new ByteField(octets, operand(from, Integer.MIN_VALUE, Integer.MAX_VALUE), relative, form, mask);
        }
    }
}
