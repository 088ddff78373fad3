package jp.genkan.ips.engine;

/** What a part of a rule answers. */
enum Answer {
    YES,
    NO,
    /** What it asks for has not come in yet. */
    LATER
}
