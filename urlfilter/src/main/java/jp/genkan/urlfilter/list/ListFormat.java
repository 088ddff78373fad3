package jp.genkan.urlfilter.list;

/** How a list is written. */
public enum ListFormat {
    /** Found out from the file's name and its first lines. */
    AUTO,
    /** {@code 0.0.0.0 bad.example}: an address and the names that it blocks. */
    HOSTS,
    /** A name a line; what is below it is meant too. */
    DOMAINS,
    /** {@code ||bad.example^}, exceptions with {@code @@}. */
    ADBLOCK,
    /** A URL a line. */
    URLS,
    /** Columns with a head that names one of them URL: JPCERT/CC, URLhaus, PhishTank. */
    CSV,
    /** Folders with files {@code domains} and {@code urls}, each a category of the folder's name. */
    UT1,
    /** A response policy zone. */
    RPZ,
    /** Addresses, networks and ranges. */
    ADDRESSES
}
