package jp.genkan.protocols.mime;

import org.jspecify.annotations.Nullable;

/**
 * A multipart or a mail whose end was not seen yet.
 *
 * <p>Thread rule: its parser's.
 */
final class OpenPart {
    final MailPart part;

    /** Null for a mail, which ends with what is around it. */
    final @Nullable Boundaries boundaries;

    int children;

    /** True when one of its delimiters was seen. */
    boolean seen;

    /** True behind its last delimiter. */
    boolean closed;

    OpenPart(MailPart part, @Nullable Boundaries boundaries) {
        this.part = part;
        this.boundaries = boundaries;
    }
}
