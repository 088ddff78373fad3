package jp.genkan.core.observation;

/** Which way octets go in a flow. Client is the end that began it. */
public enum Direction {
    /** From the client to the server. */
    TO_SERVER,
    /** From the server to the client. */
    TO_CLIENT;

    /** The direction of a packet. */
    public static Direction of(boolean toServer) {
        return toServer ? TO_SERVER : TO_CLIENT;
    }

    /** The other one. */
    public Direction opposite() {
        return this == TO_SERVER ? TO_CLIENT : TO_SERVER;
    }

    /** True from client to server. */
    public boolean isToServer() {
        return this == TO_SERVER;
    }

    /** EVE's word: {@code to_server} or {@code to_client}. */
    public String eveName() {
        return this == TO_SERVER ? "to_server" : "to_client";
    }
}
