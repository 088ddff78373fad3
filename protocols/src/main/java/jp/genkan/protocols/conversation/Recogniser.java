package jp.genkan.protocols.conversation;

/** Recognises a protocol from the first octets of a flow. Stateless; any thread. */
@FunctionalInterface
public interface Recogniser {
    /** Asked again whenever octets have come, until no protocol may be meant any more or one says yes. */
    Recognition recognise(Opening opening);
}
