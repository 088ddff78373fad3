package jp.genkan.ips.rule;

/** Why a rule is refused: stable codes, for messages and statistics. */
public enum RuleCode {
    /** The text is no rule: a bracket, the arrow or the end is missing. */
    SYNTAX("E001"),
    /** The action is not known. */
    UNKNOWN_ACTION("E002"),
    /** The protocol is not known. */
    UNKNOWN_PROTOCOL("E003"),
    /** An address or address list cannot be read. */
    BAD_ADDRESS("E004"),
    /** A port or port list cannot be read. */
    BAD_PORT("E005"),
    /** A variable is not defined. */
    UNKNOWN_VARIABLE("E006"),
    /** The keyword is not known. */
    UNKNOWN_KEYWORD("E007"),
    /** A keyword has no value though it needs one. */
    MISSING_VALUE("E008"),
    /** A keyword has a value though it takes none. */
    UNEXPECTED_VALUE("E009"),
    /** A keyword's value cannot be read. */
    BAD_VALUE("E010"),
    /** Keywords contradict one another, or stand where they have no meaning. */
    CONFLICT("E011"),
    /** Another rule has the same sid. */
    DUPLICATE_SID("E012"),
    /** The rule has no sid. */
    MISSING_SID("E013"),
    /** A regular expression cannot be compiled. */
    BAD_EXPRESSION("E014"),
    /** The rule needs something that is left out on purpose: Lua, firewall mode. */
    NOT_SUPPORTED("E015"),
    /** A file that the rule names cannot be used. */
    BAD_FILE("E016"),
    /** A bound on the size of rules is reached. */
    TOO_LARGE("E017"),
    /** The rule asks for an engine version or feature that is not there: passed over, no error. */
    REQUIRES("E018");

    private final String code;

    RuleCode(String code) {
        this.code = code;
    }

    /** As messages spell it. */
    public String code() {
        return code;
    }
}
