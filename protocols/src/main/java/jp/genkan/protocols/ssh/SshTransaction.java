package jp.genkan.protocols.ssh;

import jp.genkan.core.event.EveFields;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.Transaction;

/** How a connection of SSH begins: EVE's {@code ssh}. */
public final class SshTransaction extends Transaction {
    private final SshPeer client = new SshPeer();
    private final SshPeer server = new SshPeer();

    SshTransaction() {
        super(AppProtocol.SSH, 0);
    }

    /** The client. */
    public SshPeer client() {
        return client;
    }

    /** The server. */
    public SshPeer server() {
        return server;
    }

    SshPeer sender(Direction direction) {
        return direction.isToServer() ? client : server;
    }

    @Override
    public boolean isTold() {
        return client.protocolVersion() != null || server.protocolVersion() != null;
    }

    @Override
    public void writeTo(EveFields out) {
        out.object("ssh");
        client.writeTo(out, "client");
        server.writeTo(out, "server");
        out.end();
    }
}
