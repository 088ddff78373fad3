package jp.genkan.av.stage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import jp.genkan.av.harmless.Outcome;
import jp.genkan.av.scan.ScanResult;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.Transaction;
import jp.genkan.core.observation.TransferredFile;
import jp.genkan.core.pipeline.Hold;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a flow that is held, from the beginning of a mail or of a file to the verdict on all that came with it.
 *
 * <p>Thread rule: the worker of the flow.
 */
final class HeldTransfer {
    /** Infected files of one hold that are told: a mail has rarely more than one. */
    static final int INFECTIONS_MAX = 64;

    /** What is held. */
    enum Kind {
        MAIL,
        /** An answer of HTTP. */
        ANSWER,
        /** A file by itself, as FTP transfers it. */
        FILE
    }

    /** A file in it that is infected; {@code isTold} when an earlier part of it was told already. */
    record Infection(TransferredFile file, long size, ScanResult result, boolean isTold) {}

    final Hold hold;
    final Kind kind;
    final Direction direction;
    /** The file that is all of it; of a mail, null. */
    final @Nullable TransferredFile file;

    /** Where it begins in the hold. */
    final long start;

    final long since;
    final List<Infection> infections = new ArrayList<>(1);
    /** When octets came last. */
    long grown;
    /** How many had come before those. */
    long before;

    long seen;
    boolean mailIsOpen;
    /** Whether more of the mail comes only when the receiver has had what has come so far. */
    boolean mailWaits;

    /** Of which mail octets came last. */
    @Nullable
    Transaction mail;

    /** Mails, or answers, that have begun in it. */
    int messages = 1;
    /** Mails and answers that have begun or have gone on in it. */
    int begun;
    /** How many there were when it began to be made harmless. */
    int begunAtTask;

    /** What came before the last octets goes on: it is too much, or takes too long. */
    boolean streams;
    /** When the receiver was last given something, lest it gives up. */
    long trickled;

    /** Being made harmless. */
    ScanPool.@Nullable Task<Outcome> task;

    private AppProtocol protocol = AppProtocol.HTTP1;
    /** The octets as they were, and how many of them had gone on before any were replaced. */
    private byte[] sent = {};

    HeldTransfer(Hold hold, Kind kind, Direction direction, @Nullable TransferredFile file, long nanos) {
        this.hold = hold;
        this.kind = kind;
        this.direction = direction;
        this.file = file;
        this.start = hold.size();
        this.since = nanos;
        this.grown = nanos;
        this.trickled = nanos;
        this.before = hold.size();
        this.seen = hold.size();
    }

    /** True when no more of a mail comes before the receiver has had what has come so far, or none at all: its sender has finished in the middle of it. */
    boolean goesNoFurther() {
        return mailWaits || mailIsOpen && hold.isComplete();
    }

    /** What is spoken. */
    AppProtocol protocol() {
        return protocol;
    }

    void protocol(AppProtocol spoken) {
        protocol = spoken;
    }

    /** The octets that have gone on already are not in the hold any more; these are they, as far as they were kept. */
    void trickledOctets(byte[] octets, int count) {
        System.arraycopy(sent, 0, octets, 0, Math.min(count, sent.length));
        sent = Arrays.copyOf(octets, count);
    }

    /** Keeps octets that are about to go on. */
    void keepsSent(int count) {
        byte[] kept = Arrays.copyOf(sent, count);
        hold.read(start + sent.length, kept, sent.length, count - sent.length);
        sent = kept;
    }

    /** Whether other octets begin with those that have gone on. */
    boolean isAsBefore(byte[] octets, int count) {
        return count <= sent.length && Arrays.equals(octets, 0, count, sent, 0, count);
    }

    /** Notes what has come; true when there is more than at the last time. */
    boolean grows(long nanos) {
        long size = hold.size();
        if (size == seen) {
            return false;
        }
        before = seen;
        seen = size;
        grown = nanos;
        return true;
    }

    /** In how many mails or answers something infected was found. */
    int infectedMessages() {
        return (int) infections.stream()
                .map(infection -> infection.file().transaction())
                .distinct()
                .count();
    }

    void infected(TransferredFile what, long size, ScanResult result, boolean isTold) {
        if (infections.size() < INFECTIONS_MAX) {
            infections.add(new Infection(what, size, result, isTold));
        }
    }
}
