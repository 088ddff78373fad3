package jp.genkan.urlfilter.compiled;

/** What a key in the table says for a list. Four bits of a mark; the order is part of the file's format. */
enum EntryKind {
    /** The name or address itself. */
    SELF,
    /** The name, and what is below it where the list only logs: strangers have names there. */
    PLATFORM,
    /** The name and what is below it. */
    DOMAIN,
    /** What is below the name. */
    BELOW,
    /** The key is a page's. */
    PAGE,
    /** The key is that of the beginning of a path. */
    PATHS,
    /** The name and what is below it are taken out of the list. */
    EXCEPTION,
    /** Pages of the name are in the list. */
    HAS_PAGES,
    /** Beginnings of paths on the name are in the list. */
    HAS_PATHS;

    private static final int BITS = 4;
    private static final EntryKind[] ALL = values();

    /** The mark of this kind for a list. */
    int mark(int list) {
        return list << BITS | ordinal();
    }

    static EntryKind of(int mark) {
        return ALL[mark & (1 << BITS) - 1];
    }

    static boolean isMark(int mark, int lists) {
        return (mark & (1 << BITS) - 1) < ALL.length && list(mark) >= 0 && list(mark) < lists;
    }

    static int list(int mark) {
        return mark >>> BITS;
    }
}
