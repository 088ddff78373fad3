package jp.genkan.protocols.http.body;

/**
 * Takes one coding off, as octets come.
 *
 * <p>Thread rule: the worker of its flow.
 */
abstract class ContentDecoder {
    /** Takes what was decoded; false when no more is wanted. */
    @FunctionalInterface
    interface Output {
        boolean take(byte[] octets, int from, int to);
    }

    /** Where a decoder stands. */
    enum Condition {
        /** More may come. */
        GOOD,
        /** The coded stream has ended; what follows means nothing. */
        ENDED,
        /** It is not coded as was said, and is given on as it is. */
        PLAIN,
        /** It broke off in the middle; what came out before was good. */
        BROKEN
    }

    private Condition condition = Condition.GOOD;

    /** Decodes a piece. Not called any more once it is broken. */
    abstract void decode(byte[] octets, int from, int to, Output out);

    /** No more input comes: gives out what was waiting. */
    abstract void finish(Output out);

    /** Gives memory back. Told once, last. */
    abstract void close();

    final Condition condition() {
        return condition;
    }

    final void condition(Condition reached) {
        condition = reached;
    }
}
