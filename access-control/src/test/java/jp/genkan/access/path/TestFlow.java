package jp.genkan.access.path;

import jp.genkan.core.frame.Address;
import jp.genkan.core.frame.Packet;
import jp.genkan.core.frame.Side;
import jp.genkan.core.pipeline.DropReason;
import jp.genkan.core.pipeline.Flow;

/** A flow in plain fields. */
public final class TestFlow implements Flow {
    public int protocol = 6;
    public boolean toServer = true;
    public Side clientSide = Side.INSIDE;
    public Address client;
    public Address server;
    public int clientPort = 40_000;
    public int serverPort = 443;
    public boolean isNew = true;
    public boolean midstream;
    public boolean settled;
    public DropReason dropped = DropReason.NONE;
    private final long[] slots = new long[8];

    public TestFlow(String client, String server) {
        this.client = Address.parse(client);
        this.server = Address.parse(server);
    }

    /** A packet of this flow in the direction that is set. */
    public Packet packet() {
        Address source = toServer ? client : server;
        Address destination = toServer ? server : client;
        Packet packet = new Packet();
        packet.ipVersion = client.isV4() ? 4 : 6;
        packet.ipProtocol = protocol;
        packet.sourceHigh = source.high();
        packet.sourceLow = source.low();
        packet.destinationHigh = destination.high();
        packet.destinationLow = destination.low();
        packet.sourcePort = toServer ? clientPort : serverPort;
        packet.destinationPort = toServer ? serverPort : clientPort;
        packet.tcpFlags = Packet.ACK;
        packet.side = toServer == (clientSide == Side.INSIDE) ? Side.INSIDE : Side.OUTSIDE;
        return packet;
    }

    @Override
    public long id() {
        return 7;
    }

    @Override
    public int protocol() {
        return protocol;
    }

    @Override
    public boolean toServer() {
        return toServer;
    }

    @Override
    public Side clientSide() {
        return clientSide;
    }

    @Override
    public long clientHigh() {
        return client.high();
    }

    @Override
    public long clientLow() {
        return client.low();
    }

    @Override
    public long serverHigh() {
        return server.high();
    }

    @Override
    public long serverLow() {
        return server.low();
    }

    @Override
    public int clientPort() {
        return clientPort;
    }

    @Override
    public int serverPort() {
        return serverPort;
    }

    @Override
    public long vlanIds() {
        return 0;
    }

    @Override
    public boolean isNew() {
        return isNew;
    }

    @Override
    public boolean isMidstream() {
        return midstream;
    }

    @Override
    public long slot(int stage) {
        return slots[stage];
    }

    @Override
    public void slot(int stage, long value) {
        slots[stage] = value;
    }

    @Override
    public void settle(int stage) {
        settled = true;
    }

    @Override
    public void requestStream(int stage) {
        throw new AssertionError("no stage here needs the stream");
    }

    @Override
    public void dropRest(DropReason reason) {
        dropped = reason;
    }
}
