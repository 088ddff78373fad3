package jp.genkan.dataplane.application;

import java.util.List;
import jp.genkan.core.counter.CounterSet;
import jp.genkan.core.frame.Address;
import jp.genkan.core.frame.Packet;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.FileState;
import jp.genkan.core.observation.Progress;
import jp.genkan.core.observation.Transaction;
import jp.genkan.core.observation.TransferredFile;
import jp.genkan.core.pipeline.Verdict;
import jp.genkan.dataplane.flow.FlowView;
import jp.genkan.protocols.conversation.Conversation;
import jp.genkan.protocols.file.FileTracker;
import jp.genkan.protocols.file.HashChoice;
import jp.genkan.protocols.file.HashingPool;
import org.jspecify.annotations.Nullable;

/**
 * The conversation that parsers see: one a worker, put over the flow at hand for the length of a call.
 *
 * <p>Thread rule: one worker.
 */
final class Telling implements Conversation {
    private static final byte[] NOTHING = {};

    private final ApplicationObserver observer;
    private final Expectations expectations;
    private final CounterSet<ApplicationCounter> counters;
    private final HashingPool hashing;

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
            HashChoice hashes) {
        this.observer = observer;
        this.expectations = expectations;
        this.counters = counters;
        this.hashing = new HashingPool(hashes);
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
        observer.onComplete(flow, transaction, epochNanos(), packet);
    }

    @Override
    public void anomaly(@Nullable Transaction transaction, Direction direction, String event) {
        counters.increment(ApplicationCounter.ANOMALIES);
        AppProtocol protocol = conversation.protocol;
        observer.onAnomaly(flow, protocol == null ? "failed" : protocol.eveName(), transaction, event, packet);
    }

    @Override
    public TransferredFile openFile(Transaction transaction, Direction direction, @Nullable String name) {
        TransferredFile file = new TransferredFile(transaction, direction, ++conversation.filesBegun, name);
        counters.increment(ApplicationCounter.FILES);
        if (conversation.files.size() < ApplicationLimits.FILES_MAX) {
            conversation.files.add(new FileTracker(file, hashing));
        } else {
            counters.increment(ApplicationCounter.FILES_NOT_FOLLOWED);
        }
        return file;
    }

    private @Nullable FileTracker tracker(TransferredFile file) {
        List<FileTracker> files = conversation.files;
        for (int i = files.size() - 1; i >= 0; i--) {
            if (files.get(i).file() == file) {
                return files.get(i);
            }
        }
        return null;
    }

    @Override
    public void fileOctets(TransferredFile file, byte[] octets, int from, int to) {
        FileTracker tracker = tracker(file);
        if (tracker != null && to > from) {
            tracker.onOctets(octets, from, to);
            verdict = verdict.and(observer.onFile(flow, file, octets, from, to, packet));
        }
    }

    @Override
    public void fileGap(TransferredFile file, long missing) {
        FileTracker tracker = tracker(file);
        if (tracker != null) {
            tracker.onGap(missing);
        }
    }

    @Override
    public void closeFile(TransferredFile file, FileState state) {
        FileTracker tracker = tracker(file);
        if (tracker != null) {
            conversation.files.remove(tracker);
            close(tracker, state);
        }
    }

    private void close(FileTracker tracker, FileState state) {
        tracker.close(state);
        verdict = verdict.and(observer.onFile(flow, tracker.file(), NOTHING, 0, 0, packet));
        observer.onFileComplete(flow, tracker.file(), epochNanos(), packet);
    }

    /** Closes what the parser has left open. */
    void closeFiles() {
        for (FileTracker tracker : conversation.files) {
            close(tracker, FileState.TRUNCATED);
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
