package jp.genkan.protocols.dcerpc;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jp.genkan.core.observation.Direction;
import jp.genkan.protocols.conversation.OctetBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the PDUs of one association, both directions, in pieces of any size. Stubs are passed over; {@link DcerpcCall} keeps their first octets.
 *
 * <p>Thread rule: the worker of its flow.
 */
public final class DcerpcDialogue {
    /** Most octets of a PDU that are kept to read it: the largest fragment that Windows sends is 5,840. */
    static final int PDU_KEPT_MAX = 8192;

    /** Most calls that wait for an answer: one connection usually has one. The oldest is told unanswered. */
    static final int CALLS_MAX = 64;

    /** Most interfaces of one association that are remembered: clients bind a handful. Further ones are not named. */
    static final int INTERFACES_MAX = 64;

    /** Who is told of the calls. */
    public interface Listener {
        /** The first fragment of a request or binding is there. */
        void begun(DcerpcCall call);

        /** The last fragment of a request or binding is there. */
        default void requested(DcerpcCall call) {}

        /** It is answered, or never will be. */
        void done(DcerpcCall call);

        /**
         * The header of a fragment is there.
         *
         * @param behind index behind the header in the octets at hand
         * @param length of the fragment, its header included
         */
        default void fragment(Direction direction, int behind, int length) {}

        /** The octets break the rules; nothing more is read of this direction. */
        void broken(Direction direction);
    }

    private final Map<Integer, DcerpcCall> calls = new LinkedHashMap<>();
    private final List<DcerpcInterface> interfaces = new ArrayList<>();
    private final Reader toServer = new Reader(Direction.TO_SERVER);
    private final Reader toClient = new Reader(Direction.TO_CLIENT);

    private static final class Reader {
        final Direction direction;
        final OctetBuffer kept = new OctetBuffer(PDU_KEPT_MAX);
        int need = DcerpcPdu.HEADER_LENGTH;
        int left; // of the fragment behind what is kept
        int stubLeft; // of that, how much is stub
        boolean isOpen; // the kept part was read, the rest is on its way
        boolean isLast;
        boolean isLost;

        @Nullable
        DcerpcCall call;

        Reader(Direction direction) {
            this.direction = direction;
        }
    }

    /** Octets of one direction. */
    public void onOctets(Direction direction, byte[] octets, int from, int to, Listener listener) {
        Reader reader = direction.isToServer() ? toServer : toClient;
        int at = from;
        while (at < to && !reader.isLost) {
            at = reader.isOpen ? rest(reader, octets, at, to, listener) : keep(reader, octets, at, to, listener);
        }
    }

    private int keep(Reader reader, byte[] octets, int from, int to, Listener listener) {
        int count = Math.min(reader.need - reader.kept.length(), to - from);
        reader.kept.append(octets, from, from + count);
        if (reader.kept.length() == reader.need) {
            if (reader.need == DcerpcPdu.HEADER_LENGTH) {
                header(reader, from + count, listener);
            } else {
                body(reader, listener);
            }
        }
        return from + count;
    }

    private void header(Reader reader, int behind, Listener listener) {
        byte[] octets = reader.kept.array();
        int begin = reader.kept.begin();
        int type = octets[begin + DcerpcPdu.TYPE_AT];
        int length = DcerpcPdu.u16(octets, begin + DcerpcPdu.FRAGMENT_LENGTH_AT, isLittle(octets, begin));
        if (octets[begin] != 5 || !DcerpcPdu.isType(type) || length < DcerpcPdu.HEADER_LENGTH) {
            reader.isLost = true;
            reader.kept.clear();
            listener.broken(reader.direction);
            return;
        }
        int need = switch (type) {
            case DcerpcPdu.REQUEST ->
                DcerpcPdu.REQUEST_LENGTH
                        + ((octets[begin + DcerpcPdu.FLAGS_AT] & DcerpcPdu.OBJECT_UUID) != 0
                                ? DcerpcPdu.OBJECT_LENGTH
                                : 0);
            case DcerpcPdu.RESPONSE, DcerpcPdu.FAULT -> DcerpcPdu.REQUEST_LENGTH;
            case DcerpcPdu.BIND, DcerpcPdu.BIND_ACK, DcerpcPdu.ALTER_CONTEXT, DcerpcPdu.ALTER_CONTEXT_RESPONSE ->
                PDU_KEPT_MAX;
            default -> DcerpcPdu.HEADER_LENGTH;
        };
        listener.fragment(reader.direction, behind, length);
        reader.need = Math.min(need, length);
        if (reader.need == DcerpcPdu.HEADER_LENGTH) {
            body(reader, listener);
        }
    }

    private static boolean isLittle(byte[] octets, int begin) {
        return (octets[begin + DcerpcPdu.DREP_AT] & 0x10) != 0;
    }

    private void body(Reader reader, Listener listener) {
        byte[] octets = reader.kept.array();
        int begin = reader.kept.begin();
        int end = reader.kept.end();
        boolean little = isLittle(octets, begin);
        int flags = octets[begin + DcerpcPdu.FLAGS_AT];
        int length = DcerpcPdu.u16(octets, begin + DcerpcPdu.FRAGMENT_LENGTH_AT, little);
        int auth = DcerpcPdu.u16(octets, begin + DcerpcPdu.AUTH_LENGTH_AT, little);
        int type = octets[begin + DcerpcPdu.TYPE_AT];
        reader.left = length - (end - begin);
        // an authentication verifier has eight octets before it, and is no part of the stub
        reader.stubLeft = Math.max(0, reader.left - (auth > 0 ? auth + 8 : 0));
        reader.isLast = (flags & DcerpcPdu.LAST_FRAGMENT) != 0;
        reader.call = reader.direction.isToServer()
                ? request(type, octets, begin, end, little, listener)
                : response(type, octets, begin, end, little, listener);
        if (reader.call != null) {
            reader.call.told(reader.direction.isToServer(), length);
        }
        reader.kept.clear();
        reader.isOpen = true;
        if (reader.left == 0) {
            endOfFragment(reader, listener);
        }
    }

    private @Nullable DcerpcCall request(
            int type, byte[] octets, int begin, int end, boolean little, Listener listener) {
        int callId = DcerpcPdu.u32(octets, begin + DcerpcPdu.CALL_ID_AT, little);
        boolean isBinding = type == DcerpcPdu.BIND || type == DcerpcPdu.ALTER_CONTEXT;
        if (!isBinding && (type != DcerpcPdu.REQUEST || end - begin < DcerpcPdu.REQUEST_LENGTH)) {
            return null;
        }
        DcerpcCall call = calls.get(callId);
        boolean isFirst = (octets[begin + DcerpcPdu.FLAGS_AT] & DcerpcPdu.FIRST_FRAGMENT) != 0;
        if (call != null && (isFirst || isBinding)) {
            finish(call, listener);
            call = null;
        }
        boolean isNew = call == null;
        if (call == null) {
            call = add(callId, octets[begin] + "." + octets[begin + 1], DcerpcPdu.name(type), listener);
        }
        if (isBinding) {
            call.interfaces(bind(octets, begin, end, little));
        } else {
            call.requested(DcerpcPdu.u16(octets, begin + DcerpcPdu.OPNUM_AT, little));
            int context = DcerpcPdu.u16(octets, begin + DcerpcPdu.CONTEXT_AT, little);
            call.interfaces(interfaces.stream()
                    .filter(one -> one.contextId() == context)
                    .toList());
        }
        if (isNew) {
            listener.begun(call);
        }
        return call;
    }

    private DcerpcCall add(int callId, String version, String request, Listener listener) {
        if (calls.size() >= CALLS_MAX) {
            finish(calls.values().iterator().next(), listener);
        }
        DcerpcCall call = new DcerpcCall(callId, version, request);
        calls.put(callId, call);
        return call;
    }

    private List<DcerpcInterface> bind(byte[] octets, int begin, int end, boolean little) {
        List<DcerpcInterface> asked = new ArrayList<>();
        int at = begin + DcerpcPdu.BIND_LENGTH;
        int count = at <= end ? octets[begin + 24] & 0xff : 0;
        for (int index = 0; index < count && at + 24 <= end && asked.size() < INTERFACES_MAX; index++) {
            String version = DcerpcPdu.u16(octets, at + 20, little) + "." + DcerpcPdu.u16(octets, at + 22, little);
            DcerpcInterface one = new DcerpcInterface(
                    DcerpcPdu.u16(octets, at, little), DcerpcPdu.uuid(octets, at + 4, little), version, false, 0, 0);
            asked.add(one);
            interfaces.removeIf(had -> had.contextId() == one.contextId());
            if (interfaces.size() < INTERFACES_MAX) {
                interfaces.add(one);
            }
            at += 24 + 20 * (octets[at + 2] & 0xff);
        }
        return asked;
    }

    private @Nullable DcerpcCall response(
            int type, byte[] octets, int begin, int end, boolean little, Listener listener) {
        boolean isBinding =
                type == DcerpcPdu.BIND_ACK || type == DcerpcPdu.ALTER_CONTEXT_RESPONSE || type == DcerpcPdu.BIND_NAK;
        if (!isBinding && type != DcerpcPdu.RESPONSE && type != DcerpcPdu.FAULT) {
            return null;
        }
        int callId = DcerpcPdu.u32(octets, begin + DcerpcPdu.CALL_ID_AT, little);
        DcerpcCall call = calls.get(callId);
        if (call == null) {
            call = add(callId, octets[begin] + "." + octets[begin + 1], "REQUEST", listener);
            call.lostRequest();
            listener.begun(call);
        }
        call.responded(DcerpcPdu.name(type));
        if (isBinding && type != DcerpcPdu.BIND_NAK) {
            call.interfaces(answer(call.interfaces(), octets, begin, end, little));
        }
        return call;
    }

    private List<DcerpcInterface> answer(
            List<DcerpcInterface> asked, byte[] octets, int begin, int end, boolean little) {
        int at = begin + 24;
        if (at + 2 > end) {
            return asked;
        }
        at += 2 + DcerpcPdu.u16(octets, at, little);
        at += -(at - begin) & 3;
        int count = at + 4 <= end ? octets[at] & 0xff : 0;
        at += 4;
        List<DcerpcInterface> answered = new ArrayList<>(asked);
        for (int index = 0; index < count && index < asked.size() && at + 24 <= end; index++) {
            DcerpcInterface one =
                    asked.get(index).answered(DcerpcPdu.u16(octets, at, little), DcerpcPdu.u16(octets, at + 2, little));
            answered.set(index, one);
            interfaces.replaceAll(had -> had.contextId() == one.contextId() ? one : had);
            at += 24;
        }
        return answered;
    }

    private int rest(Reader reader, byte[] octets, int from, int to, Listener listener) {
        int count = Math.min(reader.left, to - from);
        int stub = Math.min(reader.stubLeft, count);
        if (reader.call != null && stub > 0) {
            reader.call.stub(reader.direction.isToServer(), octets, from, from + stub);
        }
        passed(reader, count, stub, listener);
        return from + count;
    }

    private void passed(Reader reader, int count, int stub, Listener listener) {
        reader.left -= count;
        reader.stubLeft -= stub;
        if (reader.left == 0) {
            endOfFragment(reader, listener);
        }
    }

    private void endOfFragment(Reader reader, Listener listener) {
        DcerpcCall call = reader.call;
        if (call != null && reader.isLast) {
            if (reader.direction.isToServer()) {
                listener.requested(call);
            } else {
                finish(call, listener);
            }
        }
        reader.call = null;
        reader.isOpen = false;
        reader.need = DcerpcPdu.HEADER_LENGTH;
    }

    private void finish(DcerpcCall call, Listener listener) {
        if (calls.remove((int) call.callId(), call)) {
            if (toServer.call == call) {
                toServer.call = null;
            }
            if (toClient.call == call) {
                toClient.call = null;
            }
            listener.done(call);
        }
    }

    /** Octets of one direction are missing. Within a stub that does not matter; elsewhere nothing more is read of this direction. */
    public void onGap(Direction direction, long missing, Listener listener) {
        Reader reader = direction.isToServer() ? toServer : toClient;
        if (reader.isOpen && missing <= reader.left) {
            int stub = (int) Math.min(reader.stubLeft, missing);
            if (reader.call != null) {
                reader.call.sized(direction.isToServer(), stub);
            }
            passed(reader, (int) missing, stub, listener);
        } else {
            reader.isLost = true;
            reader.kept.clear();
        }
    }

    /** No more octets will come: what is open is done. */
    public void onEnd(Listener listener) {
        Iterator<DcerpcCall> open = List.copyOf(calls.values()).iterator();
        while (open.hasNext()) {
            finish(open.next(), listener);
        }
    }
}
