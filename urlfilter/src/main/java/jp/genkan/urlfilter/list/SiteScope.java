package jp.genkan.urlfilter.list;

/** What an entry of a list takes in. */
public enum SiteScope {
    /** This host alone. */
    HOST,
    /** The host and what is below it, unless strangers have names there. */
    DOMAIN,
    /** The host and what is below it; where strangers have names there, only for lists that do not block. */
    CATEGORY_DOMAIN,
    /** The host and everything below it: the list says so itself. */
    WHOLE_DOMAIN,
    /** Everything below the host, not the host. */
    SUBDOMAINS,
    /** This page: path and query, and where the entry has no query, any query. */
    PAGE,
    /** Every path that begins like this, at the bounds of its parts, on the host and what is below it. */
    PATHS,
    /** The host and everything below it are taken out of this list. */
    EXCEPTION
}
