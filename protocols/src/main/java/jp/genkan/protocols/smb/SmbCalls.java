package jp.genkan.protocols.smb;

import java.util.HashMap;
import java.util.Map;
import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.Progress;
import jp.genkan.protocols.dcerpc.DcerpcCall;
import jp.genkan.protocols.dcerpc.DcerpcDialogue;

/** Makes a transaction of each call in a pipe. No more are open than {@link DcerpcDialogue} lets wait. */
final class SmbCalls implements DcerpcDialogue.Listener {
    private final SmbSession session;
    private final Map<DcerpcCall, SmbTransaction> open = new HashMap<>();

    SmbCalls(SmbSession session) {
        this.session = session;
    }

    @Override
    public void begun(DcerpcCall call) {
        SmbTransaction transaction = session.callTransaction();
        transaction.call = call;
        open.put(call, transaction);
        session.conversation().advance(transaction, Direction.TO_SERVER, Progress.HEADERS);
    }

    @Override
    public void requested(DcerpcCall call) {
        SmbTransaction transaction = open.get(call);
        if (transaction != null) {
            session.conversation().advance(transaction, Direction.TO_SERVER, Progress.COMPLETE);
        }
    }

    @Override
    public void done(DcerpcCall call) {
        SmbTransaction transaction = open.remove(call);
        if (transaction != null) {
            if (!call.response().equals("UNREPLIED")) {
                transaction.status(session.currentStatus(), session.isCurrentStatusDos());
            }
            session.finish(transaction);
        }
    }

    @Override
    public void broken(Direction direction) {
        session.conversation().anomaly(null, direction, "MALFORMED_DATA");
    }
}
