package jp.genkan.protocols.dcerpc;

import java.util.HashMap;
import java.util.Map;
import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.Progress;
import jp.genkan.protocols.conversation.Conversation;
import jp.genkan.protocols.conversation.Frames;
import jp.genkan.protocols.conversation.StreamParser;

/** Reads a connection of DCE/RPC, of the end point mapper or of any service that it names. */
public final class DcerpcParser implements StreamParser {
    private final DcerpcDialogue dialogue = new DcerpcDialogue();
    private final Map<DcerpcCall, DcerpcTransaction> open = new HashMap<>(); // as many as the dialogue lets wait
    private long transactions;

    /** A connection of which nothing was read. */
    public DcerpcParser() {}

    /** Tells the conversation of the calls, for as long as one call of the parser lasts. */
    private final class Teller implements DcerpcDialogue.Listener {
        private final Conversation conversation;
        private final int from;

        Teller(Conversation conversation, int from) {
            this.conversation = conversation;
            this.from = from;
        }

        @Override
        public void fragment(Direction direction, int behind, int length) {
            Frames frames = conversation.frames();
            if (frames != null) {
                long data = frames.origin() + behind - from;
                long begin = data - DcerpcPdu.HEADER_LENGTH;
                frames.tell(direction, "pdu", begin, length, null);
                frames.tell(direction, "hdr", begin, DcerpcPdu.HEADER_LENGTH, null);
                frames.tell(direction, "data", data, length - DcerpcPdu.HEADER_LENGTH, null);
            }
        }

        @Override
        public void begun(DcerpcCall call) {
            DcerpcTransaction transaction = new DcerpcTransaction(transactions++, call);
            open.put(call, transaction);
            conversation.advance(transaction, Direction.TO_SERVER, Progress.HEADERS);
        }

        @Override
        public void requested(DcerpcCall call) {
            DcerpcTransaction transaction = open.get(call);
            if (transaction != null) {
                conversation.advance(transaction, Direction.TO_SERVER, Progress.COMPLETE);
            }
        }

        @Override
        public void done(DcerpcCall call) {
            DcerpcTransaction transaction = open.remove(call);
            if (transaction != null) {
                if (transaction.progress(Direction.TO_SERVER) != Progress.COMPLETE) {
                    conversation.advance(transaction, Direction.TO_SERVER, Progress.COMPLETE);
                }
                conversation.advance(transaction, Direction.TO_CLIENT, Progress.COMPLETE);
                conversation.complete(transaction);
            }
        }

        @Override
        public void broken(Direction direction) {
            conversation.anomaly(null, direction, "MALFORMED_DATA");
        }
    }

    @Override
    public int onOctets(Direction direction, byte[] octets, int from, int to, Conversation conversation) {
        dialogue.onOctets(direction, octets, from, to, new Teller(conversation, from));
        return to;
    }

    @Override
    public void onGap(Direction direction, long missing, Conversation conversation) {
        dialogue.onGap(direction, missing, new Teller(conversation, 0));
    }

    @Override
    public void onFlowEnd(Conversation conversation) {
        dialogue.onEnd(new Teller(conversation, 0));
    }
}
