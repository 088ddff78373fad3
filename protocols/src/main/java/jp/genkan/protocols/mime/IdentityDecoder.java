package jp.genkan.protocols.mime;

/** Nothing to undo. */
final class IdentityDecoder extends BodyDecoder {
    @Override
    void decode(byte[] octets, int from, int to, Sink sink) {
        if (to > from) {
            sink.octets(octets, from, to);
        }
    }
}
