package jp.genkan.ips.keyword.memory;

import jp.genkan.ips.match.Condition;
import jp.genkan.ips.match.FlowMemory;
import jp.genkan.ips.rule.RuleException;
import jp.genkan.ips.rule.RuleOption;
import jp.genkan.ips.signature.Memory;
import jp.genkan.ips.signature.Signature;
import jp.genkan.ips.signature.SignatureBuilder;

/** {@code flowbits}: bits of a flow. A packet without flow has none, and none that are missing either. */
final class FlowBits {
    /** Most bits in one option: each is asked at each evaluation. */
    private static final int ALTERNATIVES_MAX = 64;

    private FlowBits() {}

    static void compile(RuleOption option, SignatureBuilder rule) throws RuleException {
        String text = option.unquoted().strip();
        if (text.equals("noalert")) {
            rule.trait(Signature.Trait.NO_ALERT);
            return;
        }
        int comma = text.indexOf(',');
        if (comma < 0) {
            throw option.badValue("a command and a name with a comma between them are wanted");
        }
        BitCommand command = BitCommand.of(text.substring(0, comma).strip(), option);
        String[] names = text.substring(comma + 1).split("\\|", -1);
        if (names.length > ALTERNATIVES_MAX) {
            throw option.badValue("more than " + ALTERNATIVES_MAX + " names");
        }
        if (names.length > 1 && command.isEffect()) {
            throw option.badValue("several names only go with isset and isnotset");
        }
        int[] bits = new int[names.length];
        for (int i = 0; i < names.length; i++) {
            String name = BitCommand.name(names[i], option);
            bits[i] = rule.environment().flowbits().number(name);
            rule.use(command.use(Memory.Place.FLOWBIT, name));
        }
        add(command, bits, rule);
    }

    private static void add(BitCommand command, int[] bits, SignatureBuilder rule) {
        int bit = bits[0];
        switch (command) {
            case ISSET -> rule.lateCondition(any(bits, true));
            case ISNOTSET -> rule.lateCondition(any(bits, false));
            case SET ->
                rule.effect(moment -> {
                    FlowMemory memory = moment.memory();
                    if (memory != null) {
                        memory.set(bit);
                    }
                });
            case UNSET ->
                rule.effect(moment -> {
                    FlowMemory memory = moment.memory();
                    if (memory != null) {
                        memory.clear(bit);
                    }
                });
            case TOGGLE ->
                rule.effect(moment -> {
                    FlowMemory memory = moment.memory();
                    if (memory != null) {
                        memory.toggle(bit);
                    }
                });
        }
    }

    /** At least one of the bits is as wanted. */
    private static Condition any(int[] bits, boolean wanted) {
        return moment -> {
            FlowMemory memory = moment.memory();
            if (memory == null) {
                return false;
            }
            for (int bit : bits) {
                if (memory.has(bit) == wanted) {
                    return true;
                }
            }
            return false;
        };
    }
}
