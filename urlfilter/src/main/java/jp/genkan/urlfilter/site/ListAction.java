package jp.genkan.urlfilter.site;

/** What a hit in a list leads to; the later constant is the stronger one. */
public enum ListAction {
    /** The visit is told, and goes on. */
    LOG,
    /** The visit ends, and is told. */
    BLOCK
}
