package jp.genkan.ips.keyword.industry;

import java.util.Set;
import java.util.function.Predicate;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.Progress;
import jp.genkan.ips.keyword.field.TransactionFields;
import jp.genkan.ips.match.Buffer.Ways;
import jp.genkan.ips.rule.RuleException;
import jp.genkan.ips.rule.RuleOption;
import jp.genkan.ips.signature.BufferTable;
import jp.genkan.ips.signature.Family;
import jp.genkan.ips.signature.KeywordTable;
import jp.genkan.ips.signature.SignatureBuilder;
import jp.genkan.protocols.modbus.ModbusFunction;
import jp.genkan.protocols.modbus.ModbusMessage;
import jp.genkan.protocols.modbus.ModbusTransaction;
import org.jspecify.annotations.Nullable;

/** The keyword of Modbus: about a request's unit, function, or access. Stateless. */
public final class ModbusKeywords implements Family {
    private static final int ALL = 15;
    private static final int FUNCTION_MAX = 255;
    private static final int NUMBER_MAX = 0xffff;

    /** The family. */
    public ModbusKeywords() {}

    @Override
    public void register(KeywordTable keywords, BufferTable buffers) {
        new TransactionFields<>(ModbusTransaction.class, Set.of(AppProtocol.MODBUS), keywords, buffers)
                .tested(Ways.TO_SERVER, Progress.COMPLETE, ModbusKeywords::compile, "modbus");
    }

    /**
     * Numbers that a rule means; both ends excluded unless they are the same.
     *
     * @param low the lower end
     * @param high the upper end
     */
    private record Range(int low, int high) {
        boolean isOne() {
            return low == high;
        }

        boolean has(int number) {
            return meets(number, number);
        }

        /** Is one of these numbers, both ends included, in the range? */
        boolean meets(int first, int last) {
            return isOne() ? low >= first && low <= last : first < high && last > low;
        }
    }

    private static Predicate<ModbusTransaction> compile(RuleOption option, SignatureBuilder rule) throws RuleException {
        Predicate<ModbusMessage> test = message -> true;
        String[] parts = option.unquoted().split(",", -1);
        int at = 0;
        String first = parts[0].strip();
        if (first.startsWith("unit")) {
            Range unit = range(rest(first, "unit"), option);
            test = message -> unit.has(message.unit());
            at = 1;
        }
        if (at < parts.length) {
            String word = parts[at].strip();
            if (word.startsWith("function")) {
                test = test.and(function(parts, at, option));
            } else if (word.startsWith("access")) {
                test = test.and(access(parts, at, option));
            } else {
                throw option.badValue("\"" + word + "\" is neither unit, function nor access");
            }
        }
        Predicate<ModbusMessage> all = test;
        return transaction -> {
            ModbusMessage request = transaction.request();
            return request != null && all.test(request);
        };
    }

    private static String rest(String part, String word) {
        return part.substring(word.length()).strip();
    }

    private static Predicate<ModbusMessage> function(String[] parts, int at, RuleOption option) throws RuleException {
        String value = rest(parts[at].strip(), "function");
        if (value.isEmpty()) {
            throw option.badValue("function wants a number or a category");
        }
        if (!Character.isDigit(value.charAt(0))) {
            refuseMore(parts, at + 1, option);
            boolean negated = value.startsWith("!");
            int category = category(negated ? value.substring(1).strip() : value, option);
            return message -> (message.category() & category) != 0 != negated;
        }
        int function = number(value, FUNCTION_MAX, option);
        if (function == 0) {
            throw option.badValue("there is no function 0");
        }
        if (at + 1 == parts.length) {
            return message -> message.function() == function;
        }
        String sub = parts[at + 1].strip();
        if (!sub.startsWith("subfunction")) {
            throw option.badValue("\"" + sub + "\" is no subfunction");
        }
        refuseMore(parts, at + 2, option);
        int subFunction = number(rest(sub, "subfunction"), NUMBER_MAX, option);
        return message -> message.function() == function && message.subFunction() == subFunction;
    }

    private static int category(String word, RuleOption option) throws RuleException {
        return switch (word) {
            case "assigned" -> ModbusFunction.ASSIGNED;
            case "unassigned" -> ModbusFunction.UNASSIGNED;
            case "public" -> ModbusFunction.ASSIGNED | ModbusFunction.UNASSIGNED;
            case "user" -> ModbusFunction.USER;
            case "reserved" -> ModbusFunction.RESERVED;
            case "all" -> ALL;
            default ->
                throw option.badValue(
                        "\"" + word + "\" is no category: assigned, unassigned, public, user, reserved or all");
        };
    }

    private static Predicate<ModbusMessage> access(String[] parts, int at, RuleOption option) throws RuleException {
        String[] words = rest(parts[at].strip(), "access").split("\\s+", 2);
        int way = switch (words[0]) {
            case "read" -> ModbusFunction.READ;
            case "write" -> ModbusFunction.WRITE;
            default -> throw option.badValue("\"" + words[0] + "\" is neither read nor write");
        };
        int table = words.length == 1 ? 0 : table(words[1].strip(), way, option);
        Range address = at + 1 < parts.length ? range(parts[at + 1], "address", option) : null;
        Range value = at + 2 < parts.length ? range(parts[at + 2], "value", option) : null;
        refuseMore(parts, at + 3, option);
        if (value != null && (way == ModbusFunction.READ || address == null || !address.isOne())) {
            throw option.badValue("a value belongs to write access to one address");
        }
        return message -> (message.access() & way) != 0
                && (table == 0 || (message.access() & table) != 0)
                && isAt(message, address, value);
    }

    private static int table(String word, int way, RuleOption option) throws RuleException {
        int table = switch (word) {
            case "discretes" -> ModbusFunction.DISCRETES;
            case "coils" -> ModbusFunction.COILS;
            case "input" -> ModbusFunction.INPUT;
            case "holding" -> ModbusFunction.HOLDING;
            default -> throw option.badValue("\"" + word + "\" is no table: discretes, coils, input or holding");
        };
        if (way == ModbusFunction.WRITE && (table & (ModbusFunction.DISCRETES | ModbusFunction.INPUT)) != 0) {
            throw option.badValue(word + " can only be read");
        }
        return table;
    }

    private static boolean isAt(ModbusMessage message, @Nullable Range address, @Nullable Range value) {
        if (address == null) {
            return true;
        }
        int first = message.firstAddress();
        if (first < 0 || !address.meets(first, message.lastAddress())) {
            return false;
        }
        if (value == null) {
            return true;
        }
        int written = message.valueAt(address.low());
        return written >= 0 && value.has(written);
    }

    private static void refuseMore(String[] parts, int from, RuleOption option) throws RuleException {
        if (parts.length > from) {
            throw option.badValue("\"" + parts[from].strip() + "\" is too much");
        }
    }

    private static Range range(String part, String word, RuleOption option) throws RuleException {
        String text = part.strip();
        if (!text.startsWith(word)) {
            throw option.badValue("\"" + text + "\" is no " + word);
        }
        return range(rest(text, word), option);
    }

    private static Range range(String text, RuleOption option) throws RuleException {
        int between = text.indexOf("<>");
        if (between > 0) {
            int low = number(text.substring(0, between), NUMBER_MAX, option);
            int high = number(text.substring(between + 2), NUMBER_MAX, option);
            if (low >= high) {
                throw option.badValue("the range " + text + " is empty");
            }
            return new Range(low, high);
        }
        if (text.startsWith("<")) {
            return new Range(-1, number(text.substring(1), NUMBER_MAX, option));
        }
        if (text.startsWith(">")) {
            return new Range(number(text.substring(1), NUMBER_MAX, option), NUMBER_MAX + 1);
        }
        int one = number(text, NUMBER_MAX, option);
        return new Range(one, one);
    }

    private static int number(String text, int most, RuleOption option) throws RuleException {
        try {
            int number = Integer.parseInt(text.strip());
            if (number >= 0 && number <= most) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // told below
        }
        throw option.badValue("\"" + text.strip() + "\" is no number between 0 and " + most);
    }
}
