package jp.genkan.protocols.dcerpc;

import java.util.ArrayList;
import java.util.List;
import jp.genkan.core.event.EveFields;
import jp.genkan.protocols.conversation.OctetBuffer;

/** One call or binding with its answer. Thread rule: its flow's worker until it is done; from then on it never changes. */
public final class DcerpcCall {
    /** Octets of a stub that are kept for rules: as much as the usual first fragments hold. */
    public static final int STUB_KEPT_MAX = 4096;

    private final int callId;
    private final String rpcVersion;
    private String request;
    private String response = "UNREPLIED";
    private int opnum = -1;
    private int requestFragments;
    private int responseFragments;
    private long requestToldSize;
    private long responseToldSize;
    private long requestStubSize;
    private long responseStubSize;
    private final OctetBuffer requestStub = new OctetBuffer(STUB_KEPT_MAX);
    private final OctetBuffer responseStub = new OctetBuffer(STUB_KEPT_MAX);
    private List<DcerpcInterface> interfaces = List.of();

    DcerpcCall(int callId, String rpcVersion, String request) {
        this.callId = callId;
        this.rpcVersion = rpcVersion;
        this.request = request;
    }

    /** By which the ends tell calls apart. */
    public long callId() {
        return callId & 0xffff_ffffL;
    }

    /** What the client sent: REQUEST, BIND, ALTER_CONTEXT, or REQUEST_LOST. */
    public String request() {
        return request;
    }

    /** What the server answered; UNREPLIED when nothing. */
    public String response() {
        return response;
    }

    /** The operation; -1 for a binding. */
    public int opnum() {
        return opnum;
    }

    /** What was bound, or of which interface this is a call; empty when that was not seen. */
    public List<DcerpcInterface> interfaces() {
        return interfaces;
    }

    /** The first octets of the request's stub. */
    public byte[] requestStub() {
        return requestStub.toArray();
    }

    /** The first octets of the response's stub. */
    public byte[] responseStub() {
        return responseStub.toArray();
    }

    public long requestStubSize() {
        return requestStubSize;
    }

    public long responseStubSize() {
        return responseStubSize;
    }

    void requested(int operation) {
        opnum = operation;
        requestFragments++;
    }

    void responded(String type) {
        response = type;
        responseFragments++;
    }

    void lostRequest() {
        request = "REQUEST_LOST";
    }

    /** How EVE counts a stub over TCP: with an object's UUID and the authentication, and of an answer with all behind the common header. */
    void told(boolean toServer, int fragmentLength) {
        if (toServer) {
            requestToldSize += Math.max(0, fragmentLength - DcerpcPdu.REQUEST_LENGTH);
        } else {
            responseToldSize += fragmentLength - DcerpcPdu.HEADER_LENGTH;
        }
    }

    void stub(boolean toServer, byte[] octets, int from, int to) {
        OctetBuffer kept = toServer ? requestStub : responseStub;
        kept.append(octets, from, Math.min(to, from + kept.room()));
        sized(toServer, to - from);
    }

    void sized(boolean toServer, long octets) {
        if (toServer) {
            requestStubSize += octets;
        } else {
            responseStubSize += octets;
        }
    }

    void interfaces(List<DcerpcInterface> bound) {
        interfaces = new ArrayList<>(bound);
    }

    /** The object that SMB's events have in them. */
    public void writeInSmb(EveFields out) {
        out.object("dcerpc");
        out.put("request", request);
        out.put("response", response);
        if (opnum >= 0) {
            out.put("opnum", opnum);
        }
        writeCounts(out, false, requestStubSize, responseStubSize);
        writeInterfaces(out);
        out.put("call_id", callId());
        out.end();
    }

    /** The object of an event of its own. */
    public void writeOverTcp(EveFields out) {
        out.object("dcerpc");
        out.put("request", request);
        out.put("response", response);
        writeCounts(out, true, requestToldSize, responseToldSize);
        writeInterfaces(out);
        out.put("call_id", callId());
        out.put("rpc_version", rpcVersion);
        out.end();
    }

    private void writeCounts(EveFields out, boolean withOpnum, long requestSize, long responseSize) {
        if (requestFragments > 0) {
            out.object("req");
            if (withOpnum) {
                out.put("opnum", opnum);
            }
            out.put("frag_cnt", requestFragments)
                    .put("stub_data_size", requestSize)
                    .end();
        }
        if (responseFragments > 0 && (response.equals("RESPONSE") || response.equals("FAULT"))) {
            out.object("res")
                    .put("frag_cnt", responseFragments)
                    .put("stub_data_size", responseSize)
                    .end();
        }
    }

    private void writeInterfaces(EveFields out) {
        if (interfaces.isEmpty()) {
            return;
        }
        out.array("interfaces");
        for (DcerpcInterface bound : interfaces) {
            out.object().put("uuid", bound.uuid()).put("version", bound.version());
            if (bound.isAnswered()) {
                out.put("ack_result", bound.ackResult());
                out.put("ack_reason", bound.ackReason());
            }
            out.end();
        }
        out.end();
    }
}
