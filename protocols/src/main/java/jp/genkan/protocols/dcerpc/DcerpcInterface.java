package jp.genkan.protocols.dcerpc;

/**
 * An interface that a client asked for.
 *
 * @param contextId by which calls name it
 * @param uuid in its usual form
 * @param version as "major.minor"
 * @param isAnswered true when the server has said whether it takes it
 * @param ackResult 0 when it does
 * @param ackReason why not
 */
public record DcerpcInterface(
        int contextId, String uuid, String version, boolean isAnswered, int ackResult, int ackReason) {
    /** The part of the version before the point. */
    public int majorVersion() {
        return Integer.parseInt(version, 0, version.indexOf('.'), 10);
    }

    DcerpcInterface answered(int result, int reason) {
        return new DcerpcInterface(contextId, uuid, version, true, result, reason);
    }
}
