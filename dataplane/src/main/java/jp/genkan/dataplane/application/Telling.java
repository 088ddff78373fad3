package jp.genkan.dataplane.application;

import java.util.List;
import jp.genkan.core.counter.CounterSet;
import jp.genkan.core.frame.Address;
import jp.genkan.core.frame.Packet;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.FileState;
import jp.genkan.core.observation.Progress;
import jp.genkan.core.observation.ProtocolFrame;
import jp.genkan.core.observation.Transaction;
import jp.genkan.core.observation.TransferredFile;
import jp.genkan.core.pipeline.Verdict;
import jp.genkan.dataplane.flow.FlowView;
import jp.genkan.protocols.conversation.Conversation;
import jp.genkan.protocols.conversation.Frames;
import jp.genkan.protocols.file.FileTracker;
import jp.genkan.protocols.file.HashingPool;
import jp.genkan.protocols.file.RangeJoiner;
import org.jspecify.annotations.Nullable;

/**
 * The conversation that parsers see: one a worker, put over the flow at hand for the length of a call.
 *
 * <p>Thread rule: one worker.
 */
final class Telling implements Conversation, FrameTracker.Listener {
    private static final byte[] NOTHING = {};

    private final ApplicationObserver observer;
    private final Expectations expectations;
    private final CounterSet<ApplicationCounter> counters;
    private final HashingPool hashing;
    private final int responseCodingsMax;
    private final RangeJoiner joiner = new RangeJoiner(RangeJoiner.Limits.DEFAULT);

    @SuppressWarnings("NullAway.Init") // looked at only after begin
    private FlowView flow;

    @SuppressWarnings("NullAway.Init")
    private FlowConversation conversation;

    @SuppressWarnings("NullAway.Init")
    private Packet packet;

    private Verdict verdict = Verdict.FORWARD;
    private boolean settled;
    private boolean handOver;
    private @Nullable AppProtocol handOverTo;

    Telling(
            ApplicationObserver observer,
            Expectations expectations,
            CounterSet<ApplicationCounter> counters,
            ApplicationSettings settings) {
        this.observer = observer;
        this.expectations = expectations;
        this.counters = counters;
        this.hashing = new HashingPool(settings.hashes(), observer::wantsSha1);
        this.responseCodingsMax = settings.responseCodingsMax();
    }

    void begin(FlowView ofFlow, FlowConversation ofConversation, Packet ofPacket) {
        flow = ofFlow;
        conversation = ofConversation;
        packet = ofPacket;
        verdict = Verdict.FORWARD;
        settled = false;
        handOver = false;
    }

    boolean isSettled() {
        return settled;
    }

    boolean takeHandOver() {
        boolean taken = handOver;
        handOver = false;
        return taken;
    }

    @Nullable
    AppProtocol handOverTo() {
        return handOverTo;
    }

    Verdict takeVerdict() {
        return verdict;
    }

    // ---- Conversation

    @Override
    public long epochNanos() {
        return packet.epochNanos == 0 ? flow.lastEpochNanos() : packet.epochNanos;
    }

    @Override
    public int responseCodingsMax() {
        return responseCodingsMax;
    }

    @Override
    public Address clientAddress() {
        return new Address(flow.clientHigh(), flow.clientLow());
    }

    @Override
    public Address serverAddress() {
        return new Address(flow.serverHigh(), flow.serverLow());
    }

    @Override
    public int clientPort() {
        return flow.clientPort();
    }

    @Override
    public int serverPort() {
        return flow.serverPort();
    }

    @Override
    public boolean isMidstream() {
        return flow.isMidstream();
    }

    @Override
    public @Nullable AppProtocol previousProtocol() {
        return conversation.previous;
    }

    @Override
    public void advance(Transaction transaction, Direction direction, Progress reached) {
        transaction.progress(direction, reached);
        verdict = verdict.and(observer.onTransaction(flow, transaction, direction, packet));
    }

    @Override
    public void complete(Transaction transaction) {
        counters.increment(ApplicationCounter.TRANSACTIONS);
        conversation.named |= transaction.namesServer();
        observer.onComplete(flow, transaction, epochNanos(), packet);
    }

    @Override
    public @Nullable Frames frames() {
        return conversation.frames;
    }

    /** The frames of the flow at hand, where somebody asks for them. */
    @Nullable
    FrameTracker track(boolean ofStream) {
        FrameTracker known = conversation.frames;
        if (!observer.wantsFrames()) {
            conversation.frames = null;
            return null;
        }
        if (known == null) {
            AppProtocol spoken = conversation.protocol;
            known = new FrameTracker(
                    spoken == null
                            ? AppProtocol.HTTP1
                            : spoken, // never seen: nothing is told before a protocol is known
                    ofStream,
                    conversation.seenToServer,
                    conversation.seenToClient,
                    this);
            conversation.frames = known;
        }
        return known;
    }

    @Override
    public void frame(ProtocolFrame frame, byte[] octets, int from, int to, long missing) {
        verdict = verdict.and(observer.onFrame(flow, frame, octets, from, to, missing, packet));
    }

    @Override
    public void frameShed() {
        counters.increment(ApplicationCounter.FRAMES_NOT_FOLLOWED);
    }

    @Override
    public void anomaly(@Nullable Transaction transaction, Direction direction, String event) {
        counters.increment(ApplicationCounter.ANOMALIES);
        AppProtocol protocol = conversation.protocol;
        observer.onAnomaly(
                flow, protocol == null ? "failed" : protocol.eveName(), transaction, direction, event, packet);
    }

    @Override
    public void body(Transaction transaction, Direction direction, byte[] octets, int from, int to) {
        if (from < to) {
            verdict = verdict.and(observer.onBody(flow, transaction, direction, octets, from, to, packet));
        }
    }

    @Override
    public void mail(Transaction transaction, Direction direction, boolean begins) {
        verdict = verdict.and(observer.onMail(flow, transaction, direction, begins, packet));
    }

    @Override
    public TransferredFile openFile(Transaction transaction, Direction direction, @Nullable String name) {
        TransferredFile file = new TransferredFile(transaction, direction, ++conversation.filesBegun, name);
        counters.increment(ApplicationCounter.FILES);
        if (conversation.files.size() < ApplicationLimits.FILES_MAX) {
            conversation.files.add(new FollowedFile(new FileTracker(file, hashing)));
        } else {
            counters.increment(ApplicationCounter.FILES_NOT_FOLLOWED);
        }
        return file;
    }

    private @Nullable FollowedFile followed(TransferredFile file) {
        List<FollowedFile> files = conversation.files;
        for (int i = files.size() - 1; i >= 0; i--) {
            if (files.get(i).file() == file) {
                return files.get(i);
            }
        }
        return null;
    }

    @Override
    public void fileOctets(TransferredFile file, byte[] octets, int from, int to) {
        FollowedFile followed = followed(file);
        if (followed == null || to <= from) {
            return;
        }
        if (followed.begins()) {
            followed.part = joined(file);
        }
        followed.tracker.onOctets(octets, from, to);
        tellOctets(file, octets, from, to);
        if (followed.part != null) {
            followed.part.onOctets(octets, from, to, flow.lastNanos());
        }
    }

    /** The whole of which this file is a part; null when it is none, or the whole is not known. */
    private RangeJoiner.@Nullable Part joined(TransferredFile file) {
        boolean part = file.isRange() && file.wholeSize() > file.rangeEnd() - file.rangeStart() + 1;
        String resource = part ? file.transaction().resource() : null;
        if (resource == null) {
            return null;
        }
        Address receiver = file.direction().isToServer() ? serverAddress() : clientAddress();
        return joiner.begin(
                receiver,
                resource,
                file.rangeStart(),
                file.wholeSize(),
                flow.lastNanos(),
                () -> new WholeFile(file, hashing, this));
    }

    @Override
    public void fileGap(TransferredFile file, long missing) {
        FollowedFile followed = followed(file);
        if (followed != null) {
            followed.tracker.onGap(missing);
            if (followed.part != null) {
                followed.part.onGap(missing);
            }
        }
    }

    @Override
    public void closeFile(TransferredFile file, FileState state) {
        FollowedFile followed = followed(file);
        if (followed != null) {
            conversation.files.remove(followed);
            followed.tracker.close(state);
            tellClosed(file);
        }
    }

    /** Tells the stages octets of a file. */
    void tellOctets(TransferredFile file, byte[] octets, int from, int to) {
        verdict = verdict.and(observer.onFile(flow, file, octets, from, to, packet));
    }

    /** Tells the stages, and then everybody, that a file is closed. */
    void tellClosed(TransferredFile file) {
        verdict = verdict.and(observer.onFile(flow, file, NOTHING, 0, 0, packet));
        observer.onFileComplete(flow, file, epochNanos(), packet);
    }

    /** Closes what the parser has left open. */
    void closeFiles() {
        for (FollowedFile followed : conversation.files) {
            followed.tracker.close(FileState.TRUNCATED);
            tellClosed(followed.file());
        }
        conversation.files.clear();
    }

    @Override
    public void handOver(@Nullable AppProtocol next) {
        handOver = true;
        handOverTo = next;
    }

    @Override
    public void expect(Address server, int port, ExpectedParser next) {
        if (!expectations.add(server, port, flow.lastNanos(), next)) {
            counters.increment(ApplicationCounter.EXPECTATIONS_SHED);
        }
    }

    @Override
    public void settle() {
        settled = true;
    }
}
