package jp.genkan.av.stage;

import java.util.ArrayList;
import java.util.List;
import jp.genkan.av.content.Content;
import jp.genkan.av.password.PasswordBook;
import jp.genkan.av.scan.ScanResult;
import jp.genkan.av.stage.FlowFiles.OpenFile;
import jp.genkan.av.stage.FlowFiles.Waiting;
import jp.genkan.av.unpack.Members.Reason;
import jp.genkan.core.counter.CounterCollector;
import jp.genkan.core.counter.CounterSet;
import jp.genkan.core.event.FlowIdentity;
import jp.genkan.core.frame.IpProtocol;
import jp.genkan.core.frame.Packet;
import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.FileState;
import jp.genkan.core.observation.Transaction;
import jp.genkan.core.observation.TransferredFile;
import jp.genkan.core.pipeline.DropReason;
import jp.genkan.core.pipeline.Flow;
import jp.genkan.core.pipeline.FlowStates;
import jp.genkan.core.pipeline.Stage;
import jp.genkan.core.pipeline.StageContext;
import jp.genkan.core.pipeline.Verdict;
import jp.genkan.protocols.http.HttpTransaction;
import jp.genkan.protocols.mime.MailSummary;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The antivirus: gathers each file as it comes and looks at it before the packet with its last octets goes on.
 *
 * <pre>
 *   onFile        octets are gathered; at its end the file is looked at: here if that is quick, else by the pool while its last octets are withheld
 *   onPacketEnd   what has come of a file that is not over is looked at, in its beginning: who waits for no end is not to have it all
 *   onPacket      a verdict of the pool
 * </pre>
 *
 * <p>An infected transfer is ended: both sides are reset, and the last octets never arrive.
 *
 * <p>Thread rule: one worker.
 */
public final class AvStage implements Stage {
    /** A larger file goes to the pool at once: sums over it would take the worker more than some hundred microseconds. */
    static final int QUICK_OCTETS = 128 << 10;

    /** Up to here what has come is looked at with each packet, then each time it has doubled. */
    static final int LOOK_ALWAYS = 4 << 10;

    /** Beyond this only the end counts. */
    static final int LOOK_MAX = 64 << 10;

    /** Flows with files at a time of a worker; more pass without a look. */
    private static final int FLOWS_MAX = 1 << 16;

    private static final long FAULTS_LOGGED = 100;

    private static final Logger LOG = LoggerFactory.getLogger(AvStage.class);

    private final AvSettings settings;
    private final CounterSet<AvCounter> counters = new CounterSet<>(AvCounter.class);
    private final AvTelling telling;
    private final TransferHolds holds;
    private final FileMemory memory;
    private final WorkerScanner scanner;
    private final FlowStates<FlowFiles> flows = new FlowStates<>(FLOWS_MAX);
    private final MailSecrets secrets;
    private final LateFiles late;
    private final List<Waiting> orphans = new ArrayList<>();
    private final OddAnswers odd;
    private final JoinedFiles joined;
    private long faults;

    /** A stage for one worker. */
    public AvStage(AvSettings settings) {
        this.settings = settings;
        this.telling = new AvTelling(settings.acting(), counters);
        this.holds = new TransferHolds(settings, telling);
        this.memory = new FileMemory(settings.memoryOctets(), settings.fileOctetsMax(), settings.pages());
        this.odd = new OddAnswers(memory, LOOK_MAX);
        this.joined = new JoinedFiles(memory);
        this.scanner = new WorkerScanner(settings, counters);
        this.secrets = new MailSecrets(settings.secrets());
        this.late = new LateFiles(secrets, settings.pool(), telling, counters, scanner::look);
    }

    @Override
    public String name() {
        return "av";
    }

    /** What was counted. */
    public CounterSet<AvCounter> counters() {
        return counters;
    }

    @Override
    public void collect(CounterCollector to) {
        to.add(name(), counters);
    }

    // ---- the flow's files

    private @Nullable FlowFiles begun(Flow flow, StageContext context) {
        FlowFiles known = flows.get(flow, context);
        if (known != null) {
            return known;
        }
        FlowFiles made = new FlowFiles();
        return flows.put(flow, context, made) ? made : null;
    }

    @Override
    public void onFlowEnd(Flow flow, StageContext context) {
        FlowFiles files = flows.get(flow, context);
        if (files != null) {
            forget(files);
            flows.remove(flow, context);
        }
    }

    private void forget(FlowFiles files) {
        files.giveBack();
        orphans.addAll(files.waiting);
        files.waiting.clear();
        TransferHolds.forget(files);
    }

    /** Memory of files whose flow ended before the pool was done with them. */
    private void reclaim() {
        for (int i = orphans.size() - 1; i >= 0; i--) {
            if (orphans.get(i).job().result() != null) {
                orphans.remove(i).file().memory.giveBack();
            }
        }
    }

    // ---- packets

    @Override
    public Verdict onPacket(Packet packet, Flow flow, StageContext context) {
        FlowFiles files = flows.get(flow, context);
        if (files == null) {
            if (settings.signatures().current().isEmpty()) {
                flow.settle(context.stage());
            } else if (flow.isNew() && packet.ipProtocol == IpProtocol.TCP) {
                flow.requestStream(context.stage());
            }
            return Verdict.FORWARD;
        }
        Verdict verdict = Verdict.FORWARD;
        for (int i = files.waiting.size() - 1; i >= 0; i--) {
            verdict = verdict.and(askPool(files, files.waiting.get(i), packet, flow, context));
            if (verdict == Verdict.REJECT) {
                return verdict; // and nothing waits any more
            }
        }
        return verdict;
    }

    /** Asks the pool; until it answers nothing goes on in the file's direction but bare acknowledgments. */
    private Verdict askPool(FlowFiles files, Waiting waiting, Packet packet, Flow flow, StageContext context) {
        ScanResult result = waiting.job().result();
        if (result != null) {
            scanner.count(waiting.job().wasKnown());
            files.waiting.remove(waiting);
            return judged(waiting.file(), result, packet, flow, context);
        }
        if (context.nanos() - waiting.sinceNanos() > settings.patience().toNanos()) {
            files.waiting.remove(waiting);
            orphans.add(waiting);
            counters.increment(AvCounter.TOO_LATE);
            telling.unseen(waiting.file(), Reason.TOO_LONG, packet, flow, context);
            return Verdict.FORWARD;
        }
        boolean bare = packet.payloadLength == 0 && (packet.tcpFlags & (Packet.FIN | Packet.RST)) == 0;
        Direction direction = waiting.file().file.direction();
        if (bare || direction.isToServer() != flow.toServer() || files.held(direction) != null) {
            return Verdict.FORWARD;
        }
        return withhold(packet);
    }

    private Verdict withhold(Packet packet) {
        if (!settings.acting()) {
            return Verdict.FORWARD;
        }
        counters.increment(AvCounter.WITHHELD);
        packet.dropReason = DropReason.SCAN_PENDING.ordinal();
        return Verdict.DROP;
    }

    @Override
    public Verdict onPacketEnd(Packet packet, @Nullable Flow flow, StageContext context) {
        late.poll(context);
        if (flow == null) {
            return Verdict.FORWARD;
        }
        FlowFiles files = flows.get(flow, context);
        if ((files == null || !files.hasFiles()) && context.isReadToEnd(flow)) {
            onFlowEnd(flow, context); // nothing more is kept of it
            if (flow.isEstablished()) {
                flow.settle(context.stage());
            }
            return Verdict.FORWARD;
        }
        if (files == null) {
            return Verdict.FORWARD;
        }
        OpenFile answer = odd.gather(files, packet, flow);
        if (answer != null && WorkerScanner.isDue(answer)) {
            ScanResult result = scanner.look(answer);
            if (result.infection() != null && !isNoted(files, answer, result)) {
                return judged(answer, result, packet, flow, context);
            }
        }
        for (int i = 0; i < files.count(); i++) {
            OpenFile file = files.get(i);
            if (file.grown) {
                file.grown = false;
                HeldTransfer held = files.held(file.file.direction());
                boolean isToEnd = held != null && !held.streams; // then its beginning need not be looked at
                ScanResult result = !isToEnd && WorkerScanner.isDue(file) ? scanner.look(file) : null;
                if (result != null && result.infection() != null) {
                    files.remove(file);
                    return judged(file, result, packet, flow, context);
                }
            }
        }
        return files.isHeld() ? decided(files, packet, flow, context) : Verdict.FORWARD;
    }

    /** True when the answer is held, so that it is enough to note what it has. */
    private boolean isNoted(FlowFiles files, OpenFile answer, ScanResult result) {
        if (!holds.takes(files, answer, result)) {
            return false;
        }
        files.forgetOdd();
        files.answered = true;
        files.isOdd = false;
        return true;
    }

    /** What is held is asked for as time passes, since both ends may be silent until it goes on. */
    @Override
    public Verdict onHeld(Packet packet, Flow flow, StageContext context) {
        FlowFiles files = flows.get(flow, context);
        if (files == null || !files.isHeld()) {
            return Verdict.FORWARD;
        }
        for (int i = files.waiting.size() - 1; i >= 0; i--) {
            Verdict verdict = askPool(files, files.waiting.get(i), packet, flow, context);
            if (verdict == Verdict.REJECT) {
                return verdict;
            }
        }
        return decided(files, packet, flow, context);
    }

    private Verdict decided(FlowFiles files, Packet packet, Flow flow, StageContext context) {
        Verdict verdict = Verdict.REJECT; // what is held must not go because of a fault
        try {
            verdict = lookAtWhatWaits(files, packet, flow, context);
            verdict = verdict == Verdict.REJECT ? verdict : holds.decide(files, packet, flow, context);
        } catch (RuntimeException fault) {
            logFault(fault);
        }
        if (verdict == Verdict.REJECT) {
            forget(files);
            packet.dropReason = DropReason.VIRUS.ordinal();
            flow.dropRest(DropReason.VIRUS);
        }
        return verdict;
    }

    /** The files of a mail that goes on only when what has come so far has arrived: they are looked at as far as they have come. */
    private Verdict lookAtWhatWaits(FlowFiles files, Packet packet, Flow flow, StageContext context) {
        for (int i = 0; i < files.count(); i++) {
            OpenFile file = files.get(i);
            HeldTransfer held = files.held(file.file.direction());
            if (held == null || !held.goesNoFurther() || !file.isNews) {
                continue;
            }
            ScanResult result = scanner.lookSoFar(file);
            if (result != null && !holds.takes(files, file, result)) {
                files.remove(file);
                return judged(file, result, packet, flow, context);
            }
        }
        return Verdict.FORWARD;
    }

    /** A part of a file has come: with what came before of it, it is looked at. */
    private Verdict partEnds(FlowFiles files, Packet packet, Flow flow, StageContext context) {
        OpenFile file = files.joining;
        files.joining = null;
        ScanResult result = file == null || !file.isNews ? null : scanner.lookSoFar(file);
        if (file == null || result == null || holds.takes(files, file, result)) {
            return Verdict.FORWARD;
        }
        joined.remove(file);
        return judged(file, result, packet, flow, context);
    }

    private void logFault(RuntimeException fault) {
        if (faults++ < FAULTS_LOGGED) {
            LOG.error("a file could not be looked at", fault);
        }
    }

    @Override
    public Verdict onMail(
            Flow flow,
            Transaction transaction,
            Direction direction,
            boolean begins,
            Packet packet,
            StageContext context) {
        if (settings.signatures().current().isEmpty()) {
            return Verdict.FORWARD;
        }
        FlowFiles files = begins ? begun(flow, context) : flows.get(flow, context);
        if (files != null) {
            holds.mail(files, transaction, direction, begins, flow, context);
        }
        return Verdict.FORWARD;
    }

    // ---- odd answers of HTTP

    @Override
    public Verdict onTransaction(
            Flow flow, Transaction transaction, Direction direction, Packet packet, StageContext context) {
        if (settings.signatures().current().isEmpty()) {
            return Verdict.FORWARD;
        }
        MailSummary mail = MailSecrets.mail(transaction);
        if (mail != null) {
            return onMail(flow, transaction, direction, mail, packet, context);
        }
        if (!(transaction instanceof HttpTransaction http)) {
            return Verdict.FORWARD;
        }
        FlowFiles files = begun(flow, context);
        if (files != null) {
            odd.read(files, http, direction);
        }
        return Verdict.FORWARD;
    }

    /** An odd answer of HTTP may be something else for its receiver: from here on it is looked at as it comes, too. */
    @Override
    public void onAnomaly(
            Flow flow,
            @Nullable String protocol,
            @Nullable Transaction transaction,
            Direction direction,
            String event,
            Packet packet,
            StageContext context) {
        FlowFiles files = direction.isToServer() ? null : flows.get(flow, context);
        if (files != null && files.asked != null) {
            files.isOdd = true;
        }
    }

    // ---- mails

    /** A mail goes on, or is over: then what it said may open what is encrypted. */
    private Verdict onMail(
            Flow flow,
            Transaction transaction,
            Direction direction,
            MailSummary mail,
            Packet packet,
            StageContext context) {
        FlowFiles files = begun(flow, context);
        if (files == null) {
            return Verdict.FORWARD;
        }
        Verdict verdict = Verdict.FORWARD;
        MailSummary before = files.mail;
        if (before != mail) {
            if (before != null && !files.mailOver) { // IMAP brings several in one transaction
                verdict = mailOver(files, transaction, direction, before, packet, flow, context);
            }
            files.mail = mail;
            files.mailOver = false;
        }
        if (mail.isOver() && !files.mailOver) {
            files.mailOver = true;
            verdict = verdict.and(mailOver(files, transaction, direction, mail, packet, flow, context));
        }
        return verdict;
    }

    private Verdict mailOver(
            FlowFiles files,
            Transaction transaction,
            Direction direction,
            MailSummary mail,
            Packet packet,
            Flow flow,
            StageContext context) {
        FlowIdentity identity = AvTelling.fromSender(direction, packet, flow);
        late.begin(secrets.over(transaction, mail, identity, context.nanos()), context);
        Verdict verdict = Verdict.FORWARD;
        while (!files.locked.isEmpty() && verdict != Verdict.REJECT) {
            OpenFile file = files.locked.removeLast();
            verdict = verdict.and(again(files, file, packet, flow, context));
        }
        return verdict;
    }

    /** Tries what its mail has said since on a file that was told already. */
    private Verdict again(FlowFiles files, OpenFile file, Packet packet, Flow flow, StageContext context) {
        file.again = true;
        List<String> known = candidates(file, packet, flow, context);
        if (file.tried.containsAll(known)) {
            passes(file, packet, flow, context);
            return Verdict.FORWARD;
        }
        return lookAt(files, file, known, packet, flow, context);
    }

    private List<String> candidates(OpenFile file, Packet packet, Flow flow, StageContext context) {
        return secrets.candidates(file, AvTelling.fromSender(file.file.direction(), packet, flow), context.nanos());
    }

    /** Nothing has opened an archive so far. */
    private Verdict locked(FlowFiles files, OpenFile file, Packet packet, Flow flow, StageContext context) {
        boolean goesOn = file.mail != null && !file.mail.isOver();
        boolean fits = file.memory.size() <= PasswordBook.ARCHIVE_OCTETS_MAX;
        if (!file.again && goesOn && fits && files.locked.size() < FlowFiles.LOCKED_MAX) {
            files.locked.add(file);
            return Verdict.FORWARD;
        }
        if (!file.again && !goesOn) {
            return again(files, file, packet, flow, context);
        }
        passes(file, packet, flow, context);
        return Verdict.FORWARD;
    }

    /** An archive goes that nothing opened. */
    private void passes(OpenFile file, Packet packet, Flow flow, StageContext context) {
        secrets.passes(file, AvTelling.past(file, WorkerScanner.context(file), packet, flow), context.nanos());
        file.memory.giveBack();
    }

    // ---- files

    @Override
    public Verdict onFile(
            Flow flow, TransferredFile file, byte[] octets, int from, int to, Packet packet, StageContext context) {
        if (settings.signatures().current().isEmpty()) {
            return Verdict.FORWARD;
        }
        FlowFiles files = begun(flow, context);
        if (files == null) {
            return Verdict.FORWARD;
        }
        try {
            OpenFile open = file.isJoined() ? joined.find(file) : files.find(file);
            if (from < to) {
                if (open == null && !file.isJoined()) {
                    holds.file(files, file, flow, context);
                }
                gather(files, open, file, octets, from, to);
                return Verdict.FORWARD;
            }
            if (open == null || file.state() == FileState.OPEN) {
                return Verdict.FORWARD;
            }
            if (file.isJoined()) {
                joined.remove(open);
                files.joining = null;
            } else {
                files.remove(open);
            }
            Verdict verdict = file.isRange() ? partEnds(files, packet, flow, context) : Verdict.FORWARD;
            return verdict == Verdict.REJECT ? verdict : ended(files, open, packet, flow, context);
        } catch (RuntimeException fault) {
            logFault(fault);
            return Verdict.FORWARD;
        }
    }

    private void gather(
            FlowFiles files, @Nullable OpenFile known, TransferredFile file, byte[] octets, int from, int to) {
        OpenFile open = known;
        if (open == null && file.isJoined()) {
            reclaim();
            open = joined.begin(file);
        } else if (open == null) {
            if (files.count() >= FlowFiles.OPEN_MAX) {
                return;
            }
            reclaim();
            open = new OpenFile(file, memory.lease());
            files.add(open);
        }
        if (file.isJoined()) {
            files.joining = open;
        }
        open.grown = true;
        open.isNews = true;
        if (!open.cutOff && !open.memory.add(octets, from, to - from, settings.fileOctetsMax())) {
            open.cutOff = true;
        }
    }

    private Verdict ended(FlowFiles files, OpenFile file, Packet packet, Flow flow, StageContext context) {
        counters.increment(AvCounter.FILES);
        counters.add(AvCounter.OCTETS, file.memory.size());
        ScanResult infection = file.infection;
        file.wasTold = infection != null;
        return infection != null
                ? judged(file, infection, packet, flow, context)
                : lookAt(files, file, List.of(), packet, flow, context);
    }

    private Verdict lookAt(
            FlowFiles files, OpenFile file, List<String> given, Packet packet, Flow flow, StageContext context) {
        ScanPool pool = settings.pool();
        boolean small = file.memory.size() <= QUICK_OCTETS;
        List<String> passwords = given;
        if (pool == null || small) {
            ScanResult result = scanner.look(file, passwords);
            if (passwords.isEmpty() && MailSecrets.isLocked(result)) {
                passwords = candidates(file, packet, flow, context);
                result = passwords.isEmpty() ? result : scanner.look(file, passwords);
            }
            file.tried = passwords;
            if (pool == null || result.infection() != null || !WorkerScanner.isCutShort(result)) {
                return judged(file, result, packet, flow, context);
            }
        }
        if (passwords.isEmpty()) {
            passwords = candidates(file, packet, flow, context);
            file.tried = passwords;
        }
        ScanResult known = small ? null : scanner.recall(file, passwords);
        if (known != null) {
            return judged(file, known, packet, flow, context);
        }
        ScanPool.Job job = pool.submit(
                new Content(file.memory.octets()),
                file.file.name(),
                WorkerScanner.context(file),
                passwords,
                WorkerScanner.sha256(file));
        if (job == null) {
            counters.increment(AvCounter.QUEUE_FULL);
            telling.unseen(file, Reason.TOO_LONG, packet, flow, context);
            file.memory.giveBack();
            return Verdict.FORWARD;
        }
        counters.increment(AvCounter.HANDED_OVER);
        files.waiting.add(new Waiting(file, job, context.nanos()));
        return files.held(file.file.direction()) == null ? withhold(packet) : Verdict.FORWARD;
    }

    private Verdict judged(OpenFile file, ScanResult result, Packet packet, Flow flow, StageContext context) {
        if (file.cutOff) {
            counters.increment(AvCounter.TOO_LARGE);
        }
        FlowFiles files = flows.get(flow, context);
        if (result.infection() != null && files != null && !file.isResponse && holds.takes(files, file, result)) {
            file.memory.giveBack();
            return Verdict.FORWARD;
        }
        boolean isNews = !file.again || result.infection() != null;
        boolean ends = isNews && telling.tell(file, result, packet, flow, context);
        if (!ends && files != null && file.mail != null && MailSecrets.isLocked(result)) {
            return locked(files, file, packet, flow, context);
        }
        file.memory.giveBack();
        if (!ends) {
            return Verdict.FORWARD;
        }
        if (files != null) {
            forget(files);
        }
        packet.dropReason = DropReason.VIRUS.ordinal();
        flow.dropRest(DropReason.VIRUS);
        return Verdict.REJECT;
    }

    @Override
    public void close() {
        flows.forEach(this::forget);
        joined.clear();
        reclaim();
        scanner.close();
        memory.close();
    }
}
