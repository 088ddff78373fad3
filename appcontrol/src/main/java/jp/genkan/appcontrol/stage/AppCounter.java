package jp.genkan.appcontrol.stage;

/** What the stage counts. */
public enum AppCounter {
    /** Flows that got a name by their octets. */
    NAMED_BY_OCTETS,
    /** Flows that got a name by the name of their server's address. */
    NAMED_BY_HOST,
    /** Flows that got a name by their port. */
    NAMED_BY_PORT,
    /** Flows that got a name by their server's address. */
    NAMED_BY_ADDRESS,
    /** Flows that got none. */
    UNNAMED,
    /** Packets that were looked at. */
    PACKETS_INSPECTED,
    /** Flows whose octets were not looked at because too many others were being looked at. */
    MEMORIES_EXHAUSTED,
    /** Notes of {@link jp.genkan.appcontrol.stage.AppStage}'s own faults; more than 0 is an error in the program. */
    FAULTS
}
