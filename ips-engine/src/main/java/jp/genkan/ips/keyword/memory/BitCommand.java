package jp.genkan.ips.keyword.memory;

import jp.genkan.ips.rule.RuleException;
import jp.genkan.ips.rule.RuleOption;
import jp.genkan.ips.signature.Memory;

/** What a rule does with a bit. */
enum BitCommand {
    SET("set"),
    UNSET("unset"),
    TOGGLE("toggle"),
    ISSET("isset"),
    ISNOTSET("isnotset");

    /** Longest name: what Suricata's documentation shows, many times over. */
    private static final int NAME_MAX = 256;

    private final String word;

    BitCommand(String word) {
        this.word = word;
    }

    /** True when it happens after the match, false when it is a condition. */
    boolean isEffect() {
        return this == SET || this == UNSET || this == TOGGLE;
    }

    Memory.Use use(Memory.Place place, String name) {
        return new Memory.Use(place, name, !isEffect(), isEffect());
    }

    static BitCommand of(String text, RuleOption option) throws RuleException {
        for (BitCommand command : values()) {
            if (command.word.equals(text)) {
                return command;
            }
        }
        throw option.badValue("\"" + text + "\" is not set, unset, toggle, isset or isnotset");
    }

    /** Checks the name of a bit. */
    static String name(String text, RuleOption option) throws RuleException {
        String name = text.strip();
        if (name.isEmpty()) {
            throw option.badValue("the name is missing");
        }
        if (name.length() > NAME_MAX) {
            throw option.badValue("the name has more than " + NAME_MAX + " characters");
        }
        for (int i = 0; i < name.length(); i++) {
            if (Character.isWhitespace(name.charAt(i))) {
                throw option.badValue("the name has a space in it");
            }
        }
        return name;
    }
}
