package jp.genkan.ips.keyword.memory;

import jp.genkan.ips.match.FlowMemory;
import jp.genkan.ips.rule.RuleException;
import jp.genkan.ips.rule.RuleOption;
import jp.genkan.ips.signature.Memory;
import jp.genkan.ips.signature.SignatureBuilder;

/**
 * {@code flowint}: unsigned numbers of 32 bits of a flow. A number that was never set compares with nothing; as the other operand it is 0, and adding to it begins at 0.
 */
final class FlowInt {
    /** The other operand is no variable. */
    private static final int NO_VARIABLE = -1;

    private static final long VALUE_MAX = 0xffff_ffffL;

    private FlowInt() {}

    private enum Operator {
        SET("="),
        ADD("+"),
        SUBTRACT("-"),
        LESS("<"),
        LESS_OR_EQUAL("<="),
        EQUAL("=="),
        NOT_EQUAL("!="),
        GREATER_OR_EQUAL(">="),
        GREATER(">"),
        ISSET("isset"),
        NOTSET("notset");

        private final String word;

        Operator(String word) {
            this.word = word;
        }

        static Operator of(String text, RuleOption option) throws RuleException {
            for (Operator operator : values()) {
                if (operator.word.equals(text)) {
                    return operator;
                }
            }
            if (text.equals("isnotset")) {
                return NOTSET;
            }
            throw option.badValue("\"" + text + "\" is no operator");
        }

        boolean isEffect() {
            return this == SET || this == ADD || this == SUBTRACT;
        }
    }

    static void compile(RuleOption option, SignatureBuilder rule) throws RuleException {
        String[] parts = option.unquoted().split(",", -1);
        if (parts.length < 2 || parts.length > 3) {
            throw option.badValue("a name, an operator and a number with commas between them are wanted");
        }
        String name = BitCommand.name(parts[0], option);
        Operator operator = Operator.of(parts[1].strip(), option);
        boolean alone = operator == Operator.ISSET || operator == Operator.NOTSET;
        if (alone == (parts.length == 3)) {
            throw option.badValue(operator.word + (alone ? " takes no number" : " needs a number"));
        }
        int number = rule.environment().flowints().number(name);
        rule.use(new Memory.Use(Memory.Place.FLOWINT, name, !operator.isEffect(), operator.isEffect()));
        int variable = NO_VARIABLE;
        int constant = 0;
        if (!alone) {
            String operand = parts[2].strip();
            if (!operand.isEmpty() && Character.isDigit(operand.charAt(0)) || operand.startsWith("-")) {
                constant = constant(operand, option);
            } else {
                variable = rule.environment().flowints().number(BitCommand.name(operand, option));
            }
        }
        add(operator, number, variable, constant, rule);
    }

    private static int constant(String text, RuleOption option) throws RuleException {
        try {
            long value = Long.parseLong(text);
            if (value >= 0 && value <= VALUE_MAX) {
                return (int) value;
            }
        } catch (NumberFormatException notANumber) {
            throw option.badValue("\"" + text + "\" is no number");
        }
        throw option.badValue(text + " is not between 0 and " + VALUE_MAX);
    }

    private static void add(Operator operator, int number, int variable, int constant, SignatureBuilder rule) {
        switch (operator) {
            case SET, ADD, SUBTRACT ->
                rule.effect(moment -> {
                    FlowMemory memory = moment.memory();
                    if (memory != null) {
                        int operand = variable == NO_VARIABLE ? constant : memory.intValue(variable);
                        memory.intValue(number, changed(operator, memory.intValue(number), operand));
                    }
                });
            case ISSET ->
                rule.lateCondition(moment -> {
                    FlowMemory memory = moment.memory();
                    return memory != null && memory.hasInt(number);
                });
            case NOTSET ->
                rule.lateCondition(moment -> {
                    FlowMemory memory = moment.memory();
                    return memory != null && !memory.hasInt(number);
                });
            case LESS, LESS_OR_EQUAL, EQUAL, NOT_EQUAL, GREATER_OR_EQUAL, GREATER ->
                rule.lateCondition(moment -> {
                    FlowMemory memory = moment.memory();
                    if (memory == null || !memory.hasInt(number)) {
                        return false;
                    }
                    int operand = variable == NO_VARIABLE ? constant : memory.intValue(variable);
                    return compares(operator, Integer.compareUnsigned(memory.intValue(number), operand));
                });
        }
    }

    private static int changed(Operator operator, int before, int operand) {
        return switch (operator) {
            case ADD -> before + operand;
            case SUBTRACT -> before - operand;
            default -> operand;
        };
    }

    private static boolean compares(Operator operator, int order) {
        return switch (operator) {
            case LESS -> order < 0;
            case LESS_OR_EQUAL -> order <= 0;
            case EQUAL -> order == 0;
            case NOT_EQUAL -> order != 0;
            case GREATER_OR_EQUAL -> order >= 0;
            case GREATER -> order > 0;
            default -> false;
        };
    }
}
