package jp.genkan.urlfilter.site;

import java.util.concurrent.atomic.AtomicReference;

/**
 * The book in force.
 *
 * <p>Thread rule: any thread; the book is replaced by one reference, which each worker takes between packets.
 */
public final class SiteBase {
    private final AtomicReference<SiteBook> current = new AtomicReference<>(SiteBook.EMPTY);

    /** The book in force. */
    public SiteBook current() {
        return current.get();
    }

    /** Puts another book in force. */
    public void replace(SiteBook book) {
        current.set(book);
    }
}
