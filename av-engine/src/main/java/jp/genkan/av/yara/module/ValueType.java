package jp.genkan.av.yara.module;

/** The types of values in conditions. */
public enum ValueType {
    /** 64 bits, signed. */
    INTEGER,
    /** IEEE 754, 64 bits. */
    FLOAT,
    /** Octets, as a Latin-1 string. */
    TEXT,
    /** A regular expression: an argument only. */
    REGEX,
    /** The truth of a condition. */
    BOOLEAN
}
