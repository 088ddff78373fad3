package jp.genkan.core.event;

import jp.genkan.core.frame.Packet;

/**
 * What became of a packet in the end, as EVE's {@code verdict}.
 *
 * @param action {@code alert}, {@code pass} or {@code drop}
 * @param refusal how the ends were told; empty when they were not
 * @param refusedEnds which ends were told, in EVE's words; empty when none was
 */
public record VerdictFields(String action, String refusal, String refusedEnds) {
    /** Nothing but an event. */
    public static final VerdictFields ALERT = new VerdictFields("alert", "", "");

    /** The rules have passed it. */
    public static final VerdictFields PASS = new VerdictFields("pass", "", "");

    /** It was not forwarded. */
    public static final VerdictFields DROP = new VerdictFields("drop", "", "");

    /** It was not forwarded, and ends were told: the client is who sent the packet, as Suricata has it. */
    public static VerdictFields refused(Packet packet) {
        String ends = switch (packet.refusalTo) {
            case Packet.TELL_SENDER -> "to_client";
            case Packet.TELL_RECEIVER -> "to_server";
            default -> "both";
        };
        return new VerdictFields("drop", packet.ipProtocol == IpProtocol.TCP ? "tcp-reset" : "icmp-prohib", ends);
    }

    /** Writes the object. */
    public void writeTo(EveFields out) {
        out.object("verdict");
        out.put("action", action);
        if (!refusal.isEmpty()) {
            out.put("reject-target", refusedEnds);
            out.array("reject").add(refusal).end();
        }
        out.end();
    }
}
