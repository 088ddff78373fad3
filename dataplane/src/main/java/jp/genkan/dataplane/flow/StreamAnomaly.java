package jp.genkan.dataplane.flow;

/**
 * What is odd about a TCP segment or a stream. The Javadoc is the operator's manual; {@link #eveName} stands in anomaly events and counters and
 * is Suricata's stream event where it has one. None of them stops a frame by itself.
 */
public enum StreamAnomaly {
    /** A SYN-ACK that acknowledges something other than the client's SYN. */
    SYN_ACK_WRONG_ACK("stream.3whs_synack_with_wrong_ack"),
    /** A second SYN with another sequence number during the handshake: the client began again, or somebody guesses. */
    SYN_RESENT_OTHER_SEQUENCE("stream.3whs_syn_resend_diff_seq_on_syn_recv"),
    /** More and more SYNs with ever new sequence numbers that nobody answers. */
    SYN_FLOOD("stream.3whs_syn_flood"),
    /** A second SYN-ACK with another sequence number. */
    SYN_ACK_RESENT_OTHER_SEQUENCE("stream.3whs_synack_resend_with_diff_seq"),
    /** Both ends sent a SYN to each other at the same time. Legal, and hardly ever seen. */
    SIMULTANEOUS_OPEN("stream.simultaneous_open"),
    /** The client's last segment of the handshake acknowledges the wrong number: an old trick to fool an inspector. */
    HANDSHAKE_WRONG_ACK("stream.3whs_right_seq_wrong_ack_evasion"),
    /** A SYN that carries data (TCP Fast Open does; so do some scanners). */
    SYN_WITH_DATA("stream.syn_with_data"),
    /** SYN together with FIN or RST. */
    SYN_BAD_FLAGS("stream.syn_bad_flags"),
    /** A SYN in an established connection. */
    SYN_ON_ESTABLISHED("stream.est_syn_resend_diff_seq"),
    /** A SYN-ACK in an established connection. */
    SYN_ACK_ON_ESTABLISHED("stream.est_synack_resend_with_diff_seq"),
    /** A segment outside of the receiver's window. */
    OUT_OF_WINDOW("stream.est_packet_out_of_window"),
    /** A segment far before what was already acknowledged. */
    BEFORE_LAST_ACK("stream.est_pkt_before_last_ack"),
    /** An acknowledgment of octets that the other end was never allowed to send, or a far too old one. */
    INVALID_ACK("stream.pkt_invalid_ack"),
    /** A segment without the ACK flag after the handshake. */
    NO_ACK_FLAG("stream.pkt_broken_ack"),
    /** An acknowledgment of octets that passed without being seen: packet loss at the box, or an acknowledgment that lies. */
    ACK_OF_UNSEEN("stream.est_ack_of_unseen_data"),
    /** A FIN as the first packet of a flow. */
    FIN_BUT_NO_SESSION("stream.fin_but_no_session"),
    /** A FIN at another place than the one before. */
    FIN_MOVED("stream.fin_out_of_window"),
    /** Octets after the end that a FIN has set. */
    DATA_AFTER_FIN("stream.data_after_fin"),
    /** A RST as the first packet of a flow. */
    RST_BUT_NO_SESSION("stream.rst_but_no_session"),
    /** A RST whose sequence or acknowledgment number must not close the connection. */
    RST_INVALID("stream.rst_invalid_ack"),
    /** The end that seemed to reset the connection went on: somebody else sent that RST. */
    SUSPECTED_RST_INJECT("stream.suspected_rst_inject"),
    /** Octets that were sent before: packet loss somewhere. Counted only. */
    RETRANSMISSION("stream.pkt_retransmission"),
    /** Octets that were sent before though their receiver has acknowledged them already. Counted only. */
    SPURIOUS_RETRANSMISSION("stream.pkt_spurious_retransmission"),
    /** A segment from the side where its receiver is. */
    WRONG_SIDE("stream.wrong_side"),
    /** Octets that differ from those seen before at the same place: broken sender, or an attempt to get past an inspector. */
    OVERLAP_DIFFERENT("stream.reassembly_overlap_different_data"),
    /** Octets are missing in the stream: they passed unseen, or were lost in the capture. */
    GAP("stream.reassembly_seq_gap"),
    /** Urgent data. */
    URGENT("stream.urgent_data"),
    /** A segment outside of the window after the client has ended its stream. */
    CLOSE_WAIT_ACK_OUT_OF_WINDOW("stream.closewait_ack_out_of_window"),
    /** A FIN outside of the window after the client has ended its stream. */
    CLOSE_WAIT_FIN_OUT_OF_WINDOW("stream.closewait_fin_out_of_window"),
    /** A segment far before what was acknowledged, after the client has ended its stream. */
    CLOSE_WAIT_BEFORE_LAST_ACK("stream.closewait_pkt_before_last_ack"),
    /** An impossible acknowledgment after the client has ended its stream. */
    CLOSE_WAIT_INVALID_ACK("stream.closewait_invalid_ack"),
    /** A segment outside of the window while the server waits for its FIN to be acknowledged. */
    FIN1_ACK_WRONG_SEQUENCE("stream.fin1_ack_wrong_seq"),
    /** A FIN outside of the window while the server waits for its FIN to be acknowledged. */
    FIN1_FIN_WRONG_SEQUENCE("stream.fin1_fin_wrong_seq"),
    /** An impossible acknowledgment while the server waits for its FIN to be acknowledged. */
    FIN1_INVALID_ACK("stream.fin1_invalid_ack"),
    /** A segment outside of the window after the server has ended its stream. */
    FIN2_ACK_WRONG_SEQUENCE("stream.fin2_ack_wrong_seq"),
    /** A FIN outside of the window after the server has ended its stream. */
    FIN2_FIN_WRONG_SEQUENCE("stream.fin2_fin_wrong_seq"),
    /** An impossible acknowledgment after the server has ended its stream. */
    FIN2_INVALID_ACK("stream.fin2_invalid_ack"),
    /** A segment outside of the window while both ends wait for the last acknowledgment. */
    CLOSING_ACK_WRONG_SEQUENCE("stream.closing_ack_wrong_seq"),
    /** An impossible acknowledgment while both ends wait for the last one. */
    CLOSING_INVALID_ACK("stream.closing_invalid_ack"),
    /** A segment outside of the window while the server waits for the last acknowledgment. */
    LAST_ACK_WRONG_SEQUENCE("stream.lastack_ack_wrong_seq"),
    /** An impossible acknowledgment while the server waits for the last one. */
    LAST_ACK_INVALID_ACK("stream.lastack_invalid_ack"),
    /** A segment outside of the window after both ends have closed. */
    TIME_WAIT_WRONG_SEQUENCE("stream.timewait_ack_wrong_seq"),
    /** An impossible acknowledgment after both ends have closed. */
    TIME_WAIT_INVALID_ACK("stream.timewait_invalid_ack"),
    /** An impossible acknowledgment in an established connection. */
    ESTABLISHED_INVALID_ACK("stream.est_invalid_ack"),
    /** A SYN while the connection is being closed. */
    SHUTDOWN_SYN("stream.shutdown_syn_resend"),
    /** A limit of reassembly was reached; its counter says which. */
    LIMIT("stream.reassembly_limit");

    private static final StreamAnomaly[] VALUES = values();

    private final String eveName;

    StreamAnomaly(String eveName) {
        this.eveName = eveName;
    }

    /** The name in events and counters. */
    public String eveName() {
        return eveName;
    }

    /** This anomaly as a bit. */
    public long bit() {
        return 1L << ordinal();
    }

    /** The anomaly with this ordinal, without allocating. */
    public static StreamAnomaly of(int ordinal) {
        return VALUES[ordinal];
    }

    /** True when it is worth an event, not only a counter: retransmissions and probes are everyday life. */
    public boolean isReported() {
        return this != RETRANSMISSION && this != SPURIOUS_RETRANSMISSION && this != SYN_WITH_DATA && this != URGENT;
    }
}
