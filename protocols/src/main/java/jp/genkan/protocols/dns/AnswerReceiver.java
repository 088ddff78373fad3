package jp.genkan.protocols.dns;

import jp.genkan.core.frame.Address;

/** Is told which name gave which address to whom. */
@FunctionalInterface
public interface AnswerReceiver {
    /**
     * This name gave this address to this host.
     *
     * @param timeToLiveSeconds as the record has it
     * @param nowNanos any clock, always the same
     */
    void put(Address host, Address address, String name, long timeToLiveSeconds, long nowNanos);
}
