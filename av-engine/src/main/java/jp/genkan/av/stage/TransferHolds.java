package jp.genkan.av.stage;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import jp.genkan.av.harmless.Judge;
import jp.genkan.av.harmless.Neutraliser;
import jp.genkan.av.harmless.Notice;
import jp.genkan.av.harmless.Outcome;
import jp.genkan.av.harmless.ScannerJudge;
import jp.genkan.av.harmless.Wire;
import jp.genkan.av.scan.Detection;
import jp.genkan.av.scan.FileScanner;
import jp.genkan.av.scan.ScanResult;
import jp.genkan.av.stage.FlowFiles.OpenFile;
import jp.genkan.core.frame.Packet;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.Transaction;
import jp.genkan.core.observation.TransferredFile;
import jp.genkan.core.pipeline.Flow;
import jp.genkan.core.pipeline.Hold;
import jp.genkan.core.pipeline.StageContext;
import jp.genkan.core.pipeline.Verdict;
import jp.genkan.protocols.mime.MailSummary;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which transfers are held, how long, and what becomes of them.
 *
 * <pre>
 *   mail, file   something begins: its direction is held
 *   infected     a file of it is infected: noted
 *   decide       nothing is open any more ─ clean: all goes on ─ infected: made harmless, then all goes on ─ impossible: the connection is cut
 *                too much, or too slow: what came before the last octets goes on, and of an infected transfer these never arrive
 * </pre>
 *
 * <p>Thread rule: one worker.
 */
final class TransferHolds {
    /** Octets of a mail that are held: more than providers take (Gmail 50 MB with its encoding), less than half of what a worker has. */
    static final long MAIL_MAX = 48L << 20;

    /** Octets of a download: longer ones are to be seen to come. */
    static final long FILE_MAX = 16L << 20;

    /** Of the room of a worker this much stays free, for what has begun already. */
    static final long ROOM_MIN = 4L << 20;

    private static final long MILLISECOND = 1_000_000L;

    /** A download that pauses for so long, or takes so long, is not held any more: it may be one that never ends, or somebody watches it. */
    static final long PAUSE_MAX = 1_500 * MILLISECOND;

    static final long DOWNLOAD_MAX = 10_000 * MILLISECOND;

    /** Behind a chunk of a mail the next one comes within this time, or when the server has answered: the round trip of a client that waits for an answer is longer already. */
    static final long CHUNK_PAUSE = 100 * MILLISECOND;

    /** A client of mail that has waited for so long gets a few octets of the header now and then: they give up after a minute without any. */
    static final long TRICKLE_AFTER = 20_000 * MILLISECOND;

    static final long TRICKLE_EVERY = 5_000 * MILLISECOND;
    private static final int TRICKLE_OCTETS = 8;
    private static final int TRICKLE_MAX = 256;

    /** What nothing runs, and what never ends: it is looked at as it passes. */
    private static final List<String> MEDIA =
            List.of("image/", "audio/", "video/", "font/", "text/event-stream", "multipart/x-mixed-replace");

    private static final List<String> MAIL = List.of("mail");

    private static final Logger LOG = LoggerFactory.getLogger(TransferHolds.class);

    private final AvSettings settings;
    private final AvTelling telling;

    TransferHolds(AvSettings settings, AvTelling telling) {
        this.settings = settings;
        this.telling = telling;
    }

    // ---- beginnings

    /** A mail begins or goes on, or is over or waits. */
    void mail(
            FlowFiles files,
            Transaction transaction,
            Direction direction,
            boolean begins,
            Flow flow,
            StageContext context) {
        HeldTransfer held = files.held(direction);
        if (begins && held == null) {
            held = begin(files, HeldTransfer.Kind.MAIL, direction, null, flow, context);
        } else if (begins && held != null) {
            held.messages += held.mail == transaction ? 0 : 1;
            held.begun++;
        }
        if (held != null && held.kind == HeldTransfer.Kind.MAIL) {
            MailSummary mail = MailSecrets.mail(transaction);
            held.mail = transaction;
            held.mailIsOpen = begins;
            held.mailWaits = !begins && mail != null && !mail.isOver();
            held.protocol(transaction.protocol());
        }
    }

    /** A file begins that may be held by itself. */
    void file(FlowFiles files, TransferredFile file, Flow flow, StageContext context) {
        Direction direction = file.direction();
        HeldTransfer known = files.held(direction);
        if (known != null) {
            boolean other = known.file != null && known.file.transaction() != file.transaction();
            known.messages += other ? 1 : 0;
            known.begun += other ? 1 : 0;
            return;
        }
        AppProtocol protocol = file.transaction().protocol();
        boolean fits = file.announcedSize() <= FILE_MAX; // a larger one would only stream past, through the box's hands
        if (protocol == AppProtocol.HTTP1 && fits && !direction.isToServer() && !isMedia(file)) {
            begin(files, HeldTransfer.Kind.ANSWER, direction, file, flow, context);
        } else if (protocol == AppProtocol.FTP_DATA) {
            begin(files, HeldTransfer.Kind.FILE, direction, file, flow, context);
        }
    }

    private static boolean isMedia(TransferredFile file) {
        String type = file.declaredType();
        String lower = type == null ? "" : type.toLowerCase(Locale.ROOT);
        return MEDIA.stream().anyMatch(lower::startsWith);
    }

    private @Nullable HeldTransfer begin(
            FlowFiles files,
            HeldTransfer.Kind kind,
            Direction direction,
            @Nullable TransferredFile file,
            Flow flow,
            StageContext context) {
        if (!settings.holds() || !settings.acting() || flow.toServer() != direction.isToServer()) {
            return null;
        }
        Hold hold = context.hold(flow, direction);
        if (hold == null) {
            return null;
        }
        HeldTransfer held = new HeldTransfer(hold, kind, direction, file, context.nanos());
        files.held(direction, held);
        return held;
    }

    // ---- verdicts

    /** An infected file of a transfer that is held whole: true when the rest is done here. */
    boolean takes(FlowFiles files, OpenFile file, ScanResult result) {
        HeldTransfer held = files.held(file.file.direction());
        if (held == null || held.streams || held.hold.isOver()) {
            return false;
        }
        if ((file.isResponse || file.file.isRange()) && !held.infections.isEmpty()) {
            return true; // the same, read in another way, or a part of it
        }
        held.infected(file.file, file.memory.size(), result, file.wasTold);
        return true;
    }

    /** The stage has seen a packet, or time has passed. */
    Verdict decide(FlowFiles files, Packet packet, Flow flow, StageContext context) {
        Verdict verdict = Verdict.FORWARD;
        HeldTransfer toClient = files.held(Direction.TO_CLIENT);
        if (toClient != null) {
            verdict = decide(files, toClient, packet, flow, context);
        }
        HeldTransfer toServer = files.held(Direction.TO_SERVER);
        return toServer == null ? verdict : verdict.and(decide(files, toServer, packet, flow, context));
    }

    private Verdict decide(FlowFiles files, HeldTransfer held, Packet packet, Flow flow, StageContext context) {
        long now = context.nanos();
        boolean grown = held.grows(now);
        if (held.hold.isOver()) {
            files.held(held.direction, null);
            return held.infections.isEmpty() ? Verdict.FORWARD : cut(files, held, packet, flow, context);
        }
        if (isUnfinished(files, held, now)) {
            return waits(files, held, grown, now) ? Verdict.FORWARD : cut(files, held, packet, flow, context);
        }
        if (held.infections.isEmpty()) {
            held.hold.end();
            files.held(held.direction, null);
            return Verdict.FORWARD;
        }
        return makeHarmless(files, held, packet, flow, context);
    }

    private static boolean isUnfinished(FlowFiles files, HeldTransfer held, long now) {
        if (held.goesNoFurther()) {
            boolean mayGoOn =
                    held.protocol() == AppProtocol.SMTP && !held.hold.isComplete() && now - held.grown < CHUNK_PAUSE;
            return mayGoOn || files.isWaiting(held.direction);
        }
        return held.mailIsOpen || files.isOpen(held.direction);
    }

    /** More is to come, or the pool still looks. False when that cannot be waited for, and it is infected already. */
    private static boolean waits(FlowFiles files, HeldTransfer held, boolean grown, long now) {
        long size = held.hold.size() - held.start;
        boolean mail = held.kind == HeldTransfer.Kind.MAIL;
        boolean tooMuch = size > (mail ? MAIL_MAX : FILE_MAX) || held.hold.room() < ROOM_MIN;
        boolean asks = files.isWaiting(held.direction);
        boolean tooSlow = !mail && !asks && (now - held.grown > PAUSE_MAX || now - held.since > DOWNLOAD_MAX);
        if (tooMuch || tooSlow) {
            if (!held.infections.isEmpty()) {
                return false;
            }
            held.streams = true;
        }
        if (held.streams) {
            if (grown && !asks) {
                held.hold.release(held.before);
            } else if (!grown && !asks && now - held.grown > PAUSE_MAX) {
                held.hold.release(held.hold.size());
            }
        } else if (mail
                && !held.direction.isToServer()
                && now - held.since > TRICKLE_AFTER
                && now - held.trickled > TRICKLE_EVERY) {
            held.trickled = now;
            long gone = held.hold.released();
            long upTo = Math.min(gone + TRICKLE_OCTETS, held.start + Math.min(size / 4, TRICKLE_MAX));
            if (upTo > gone) {
                held.keepsSent((int) (upTo - held.start));
                held.hold.release(upTo);
            }
        }
        return true;
    }

    // ---- harmless

    private Verdict makeHarmless(FlowFiles files, HeldTransfer held, Packet packet, Flow flow, StageContext context) {
        ScanPool.Task<Outcome> task = held.begunAtTask == held.begun ? held.task : null;
        ScanPool pool = settings.pool();
        if (task == null && pool != null && pool.isFull()) {
            return isLate(held, context) ? cut(files, held, packet, flow, context) : Verdict.FORWARD;
        }
        if (task == null) {
            held.begunAtTask = held.begun;
            task = new ScanPool.Task<>(neutralising(held, context), Outcome.IMPOSSIBLE);
            held.task = task;
            if (pool == null) {
                try (FileScanner scanner = settings.newScanner()) {
                    task.run(scanner);
                }
            } else if (!pool.submit(task)) {
                held.task = null; // another worker was faster
                return Verdict.FORWARD;
            }
        }
        Outcome outcome = task.result();
        if (outcome == null) {
            return isLate(held, context) ? cut(files, held, packet, flow, context) : Verdict.FORWARD;
        }
        return outcome.state() == Outcome.State.HARMLESS && puts(held, outcome.octets())
                ? delivered(files, held, packet, flow, context)
                : cut(files, held, packet, flow, context);
    }

    private boolean isLate(HeldTransfer held, StageContext context) {
        return context.nanos() - held.grown
                > settings.patience().toNanos() + settings.limits().time().toNanos();
    }

    private ScanPool.Work<Outcome> neutralising(HeldTransfer held, StageContext context) {
        byte[] octets = new byte[(int) (held.hold.size() - held.start)];
        long gone = held.hold.released();
        int known = (int) Math.max(0, gone - held.start);
        held.hold.read(held.start + known, octets, known, octets.length - known);
        held.trickledOctets(octets, known);
        Notice notice =
                new Notice(Instant.ofEpochSecond(0, context.epochNanos()), ZoneId.systemDefault(), settings.boxName());
        List<Piece> pieces = WirePieces.of(held, octets);
        ScanResult.Finding found = held.infections.getFirst().result().infection();
        boolean isPiece = held.kind == HeldTransfer.Kind.FILE
                || held.file != null && held.file.isRange()
                || held.protocol() == AppProtocol.IMAP;
        Detection detection = isPiece && found != null ? found.detection() : null;
        boolean isOne =
                held.messages == 1 || held.protocol() == AppProtocol.IMAP; // found in a whole of other pieces, too
        int infected = isOne ? 1 : held.infectedMessages();
        return scanner -> neutralise(octets, pieces, infected, detection, new ScannerJudge(scanner), notice);
    }

    /**
     * Makes the pieces harmless, and looks at what lies between them.
     *
     * @param infected how many pieces are infected at least: one in which nothing is found was misread
     * @param known for what a file is infected of which the transfer may be a piece that does not show it; null where one that looks clean was misread
     */
    static Outcome neutralise(
            byte[] octets, List<Piece> pieces, int infected, @Nullable Detection known, Judge judge, Notice notice) {
        Neutraliser neutraliser = new Neutraliser();
        List<Outcome> outcomes = new ArrayList<>();
        boolean isShown = false;
        for (Piece piece : pieces) {
            Outcome outcome = neutraliser.neutralise(piece.wire(), judge, notice);
            isShown |= outcome.state() == Outcome.State.HARMLESS;
            outcomes.add(outcome);
        }
        boolean isOne = pieces.size() == 1 && pieces.getFirst().isAll(octets);
        byte[] made = isOne ? octets : octets.clone();
        int covered = 0;
        int harmless = 0;
        for (int i = 0; i < pieces.size(); i++) {
            Piece piece = pieces.get(i);
            Wire wire = piece.wire();
            Outcome outcome = outcomes.get(i);
            boolean isPart = wire.kind() != Wire.Kind.IMAP_LITERAL
                    || !isShown && wire.about().offset() > 0;
            if (outcome.state() == Outcome.State.CLEAN && known != null && isPart) {
                outcome = neutraliser.replace(wire, known, judge, notice);
            }
            if (outcome.state() == Outcome.State.IMPOSSIBLE) {
                return Outcome.IMPOSSIBLE;
            }
            for (Piece.Run run : piece.runs()) {
                if (isInfected(octets, covered, run.from(), judge)) {
                    return Outcome.IMPOSSIBLE;
                }
                covered = run.to();
            }
            harmless += outcome.state() == Outcome.State.HARMLESS ? 1 : 0;
            if (isOne) {
                made = outcome.octets();
            } else {
                piece.put(outcome.octets(), made);
            }
        }
        boolean all = harmless >= infected && !isInfected(octets, covered, octets.length, judge);
        return all ? new Outcome(Outcome.State.HARMLESS, made, List.of()) : Outcome.IMPOSSIBLE;
    }

    /** Whether octets that belong to no piece are more than the protocol's own. */
    private static boolean isInfected(byte[] octets, int from, int to, Judge judge) {
        return from < to && judge.look(octets, from, to, null, MAIL, List.of()).infection() != null;
    }

    /** Puts the new octets in place; false when some have gone on that would have to be others. */
    private static boolean puts(HeldTransfer held, byte[] octets) {
        int gone = (int) Math.max(0, held.hold.released() - held.start);
        if (!held.isAsBefore(octets, gone)) {
            LOG.info("a transfer cannot be made harmless: its beginning has gone on");
            return false;
        }
        held.hold.replace(held.start + gone, octets, gone, octets.length);
        return true;
    }

    private Verdict delivered(FlowFiles files, HeldTransfer held, Packet packet, Flow flow, StageContext context) {
        for (HeldTransfer.Infection infection : held.infections) {
            if (!infection.isTold()) {
                telling.infected(infection, AvEvent.Action.NEUTRALISED, packet, flow, context);
            }
        }
        held.hold.end();
        files.held(held.direction, null);
        return Verdict.FORWARD;
    }

    private Verdict cut(FlowFiles files, HeldTransfer held, Packet packet, Flow flow, StageContext context) {
        for (HeldTransfer.Infection infection : held.infections) {
            telling.infected(infection, AvEvent.Action.BLOCKED, packet, flow, context);
        }
        files.held(held.direction, null);
        return Verdict.REJECT;
    }

    /** Nothing is left of a flow's holds. */
    static void forget(FlowFiles files) {
        files.held(Direction.TO_CLIENT, null);
        files.held(Direction.TO_SERVER, null);
    }
}
