package jp.genkan.av.harmless.http;

/**
 * Tells the answers of a connection apart, whose client has not waited for one before it asked for the next (RFC 9112 §9.3.2).
 *
 * <p>Thread rule: no state, any thread.
 */
public final class HttpAnswers {
    private HttpAnswers() {}

    /**
     * Where an answer ends.
     *
     * @param octets that hold it, and those behind it
     * @param from index of the first octet of its head
     * @return index behind its last octet; -1 when no answer that can be read begins there
     */
    public static int end(byte[] octets, int from) {
        HttpHead head = HttpHead.read(octets, from);
        if (head == null || head.status() == 0) {
            return -1;
        }
        if (head.status() == 204 || head.status() == 304) {
            return head.end();
        }
        HttpBody body = HttpBody.of(head, true, octets, head.end());
        return body == null ? -1 : body.end();
    }
}
