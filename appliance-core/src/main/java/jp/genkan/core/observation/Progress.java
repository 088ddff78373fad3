package jp.genkan.core.observation;

/** How far one direction of a transaction has been read. In the order in which they are reached; a step may be passed over. */
public enum Progress {
    /** Nothing of it was read. */
    NONE,
    /** The first line or fixed header is there: an HTTP request line, a command, a query's name. */
    LINE,
    /** All headers or parameters are there. */
    HEADERS,
    /** A part of the body is there; told again with each further part. */
    BODY,
    /** Everything is there, or the rest will not come any more. */
    COMPLETE
}
