package jp.genkan.ips.signature;

/** Which end of a match is the attacked one, as the rule says ({@code target}). */
public enum Target {
    NONE,
    SOURCE,
    DESTINATION
}
