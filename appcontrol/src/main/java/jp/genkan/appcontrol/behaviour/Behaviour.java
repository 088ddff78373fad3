package jp.genkan.appcontrol.behaviour;

/** What a machine may be seen doing. */
public enum Behaviour {
    /** A flow that has carried much more out than in, for long. */
    LONG_UPLOAD("long-upload", "長時間の送信"),
    /** Short flows to one place, at even intervals. */
    BEACONING("beaconing", "定期的な通信"),
    /** Flows with very many machines outside that nothing else names. */
    MANY_PEERS("many-peers", "多数の相手との通信"),
    /** Flows to very many places of which hardly any answers. */
    SCANNING("scanning", "走査"),
    /** Very many long names below one domain. */
    DNS_TUNNEL("dns-tunnel", "DNSトンネル"),
    /** TLS to an address that no answer of DNS gave. */
    UNRESOLVED_TLS("unresolved-tls", "名前を引かないTLS");

    private final String label;
    private final String japanese;

    Behaviour(String label, String japanese) {
        this.label = label;
        this.japanese = japanese;
    }

    /** The word in events. */
    public String label() {
        return label;
    }

    /** What the owner reads. */
    public String japanese() {
        return japanese;
    }
}
