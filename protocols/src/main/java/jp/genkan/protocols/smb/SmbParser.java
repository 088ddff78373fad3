package jp.genkan.protocols.smb;

import jp.genkan.core.observation.Direction;
import jp.genkan.protocols.conversation.Conversation;
import jp.genkan.protocols.conversation.StreamParser;

/** Reads a connection of SMB 1, 2 or 3. What is encrypted is passed over; when the server has asked for it for everything, the connection settles. */
public final class SmbParser implements StreamParser {
    private final SmbSession session = new SmbSession();
    private final Smb1Commands version1 = new Smb1Commands(session);
    private final Smb2Commands version2 = new Smb2Commands(session);
    private final SmbReader toServer = new SmbReader(Direction.TO_SERVER, session, version1, version2);
    private final SmbReader toClient = new SmbReader(Direction.TO_CLIENT, session, version1, version2);
    private boolean isSettled;

    /** A connection of which nothing was read. */
    public SmbParser() {}

    @Override
    public int onOctets(Direction direction, byte[] octets, int from, int to, Conversation conversation) {
        if (isSettled) {
            return to;
        }
        session.enter(conversation);
        (direction.isToServer() ? toServer : toClient).onOctets(octets, from, to);
        if (version2.isSettled()) {
            isSettled = true;
            session.end();
            conversation.settle();
        }
        session.leave();
        return to;
    }

    @Override
    public void onGap(Direction direction, long missing, Conversation conversation) {
        if (!isSettled) {
            session.enter(conversation);
            (direction.isToServer() ? toServer : toClient).onGap(missing);
            session.leave();
        }
    }

    @Override
    public void onFlowEnd(Conversation conversation) {
        session.enter(conversation);
        session.end();
        session.leave();
    }
}
