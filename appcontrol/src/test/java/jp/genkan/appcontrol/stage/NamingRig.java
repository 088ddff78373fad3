package jp.genkan.appcontrol.stage;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import jp.genkan.appcontrol.behaviour.BehaviourWatch;
import jp.genkan.appcontrol.definition.DefinitionBase;
import jp.genkan.appcontrol.usage.UsageBook;
import jp.genkan.core.event.Event;
import jp.genkan.core.event.EventNote;
import jp.genkan.core.frame.Address;
import jp.genkan.core.frame.Packet;
import jp.genkan.core.frame.Side;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.pipeline.DropReason;
import jp.genkan.core.pipeline.Flow;
import jp.genkan.core.pipeline.StageContext;
import org.jspecify.annotations.Nullable;

/** A stage with one flow in plain fields; packets go in, the name comes out. */
final class NamingRig implements Flow, StageContext {
    private static final DefinitionBase BASE = new DefinitionBase(null);

    final UsageBook usage = new UsageBook(ZoneId.of("UTC"));
    final AppStage stage = new AppStage(BASE, new FlowWatcher(usage, new BehaviourWatch()));
    final List<Event> events = new ArrayList<>();
    int protocol = 17;
    int clientPort = 40_000;
    int serverPort = 40_001;
    boolean settled;

    @Nullable
    AppProtocol recognised;

    @Nullable
    String resolved;

    private Address server = Address.parse("198.51.100.1");
    private final Address client = Address.parse("192.0.2.7");
    private final Packet packet = new Packet();
    private boolean toServer = true;
    private long slot;
    private @Nullable EventNote note;

    static NamingRig udp(int serverPort) {
        NamingRig rig = new NamingRig();
        rig.serverPort = serverPort;
        return rig;
    }

    static NamingRig tcp(int serverPort) {
        NamingRig rig = udp(serverPort);
        rig.protocol = 6;
        return rig;
    }

    /** The same stage meets another flow of the same ends. */
    NamingRig anotherFlow() {
        slot = 0;
        note = null;
        settled = false;
        return this;
    }

    NamingRig server(String address) {
        server = Address.parse(address);
        return this;
    }

    NamingRig client(String hex) {
        return packet(true, HexFormat.of().parseHex(hex.replace(" ", "")));
    }

    NamingRig answer(String hex) {
        return packet(false, HexFormat.of().parseHex(hex.replace(" ", "")));
    }

    NamingRig clientText(String text) {
        return packet(true, text.getBytes(StandardCharsets.ISO_8859_1));
    }

    NamingRig answerText(String text) {
        return packet(false, text.getBytes(StandardCharsets.ISO_8859_1));
    }

    NamingRig packet(boolean fromClient, byte[] payload) {
        toServer = fromClient;
        packet.wrap(MemorySegment.ofArray(payload), 0, payload.length);
        packet.payloadOffset = 0;
        packet.payloadLength = payload.length;
        packet.destinationHigh = fromClient ? server.high() : client.high();
        packet.destinationLow = fromClient ? server.low() : client.low();
        stage.onPacketEnd(packet, this, this);
        return this;
    }

    /** Shows the stage the last packet again, as if another one had come. */
    void inspectAgain() {
        stage.onPacketEnd(packet, this, this);
    }

    /** Ends the flow; its name, {@code Unknown} when it has none. */
    String name() {
        stage.onFlowEnd(this, this);
        return note instanceof AppNote named ? named.name() : AppStage.UNKNOWN;
    }

    /** How the name was found. */
    @Nullable
    Confidence confidence() {
        return note instanceof AppNote named ? named.confidence() : null;
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
        return Side.INSIDE;
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
        return false;
    }

    @Override
    public boolean isMidstream() {
        return false;
    }

    @Override
    public long slot(int stage) {
        return slot;
    }

    @Override
    public void slot(int stage, long value) {
        slot = value;
    }

    @Override
    public void settle(int stage) {
        settled = true;
    }

    @Override
    public void requestStream(int stage) {
        throw new AssertionError("naming never holds a stream back");
    }

    @Override
    public void dropRest(DropReason reason) {
        throw new AssertionError("naming never drops");
    }

    @Override
    public long nanos() {
        return 0;
    }

    @Override
    public long epochNanos() {
        return 0;
    }

    @Override
    public int stage() {
        return 0;
    }

    @Override
    public @Nullable AppProtocol application(Flow flow) {
        return recognised;
    }

    @Override
    public boolean isReadToEnd(Flow flow) {
        return false;
    }

    @Override
    public @Nullable String resolvedName(Flow flow) {
        return resolved;
    }

    @Override
    public void noteFlow(EventNote note) {
        this.note = note;
    }

    @Override
    public boolean emit(Event event) {
        return events.add(event);
    }
}
