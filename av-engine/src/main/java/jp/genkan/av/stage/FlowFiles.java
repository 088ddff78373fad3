package jp.genkan.av.stage;

import java.util.ArrayList;
import java.util.List;
import jp.genkan.av.scan.ScanResult;
import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.TransferredFile;
import jp.genkan.protocols.http.HttpTransaction;
import jp.genkan.protocols.mime.MailSummary;
import org.jspecify.annotations.Nullable;

/**
 * The files of one flow that are being gathered, and the one that waits for its verdict.
 *
 * <p>Thread rule: the worker of the flow.
 */
final class FlowFiles {
    /** Files of one flow that are open at a time: HTTP/2 interleaves up to 100 streams (RFC 9113 §6.5.2 asks for at least so many). */
    static final int OPEN_MAX = 128;

    /** Encrypted archives of one mail that wait for its end: those who send such mails send one. */
    static final int LOCKED_MAX = 4;

    private final List<OpenFile> open = new ArrayList<>(1);

    /** The last request of HTTP, whose answer is awaited; null where HTTP is not spoken. */
    @Nullable
    HttpTransaction asked;

    /** Whether the head of its answer was read. */
    boolean answered;

    /** Whether a parser found the answer odd. */
    boolean isOdd;

    /** The answer of HTTP that a parser found odd, as it comes; null mostly. */
    @Nullable
    OpenFile odd;

    /** The file of which a part comes; null mostly. */
    @Nullable
    OpenFile joining;

    private @Nullable HeldTransfer heldToClient;
    private @Nullable HeldTransfer heldToServer;

    /** Files whose last octets are withheld: mostly none, of several that end at once all. */
    final List<Waiting> waiting = new ArrayList<>(0);

    /** Encrypted archives whose mail goes on, and may bring their password yet. */
    final List<OpenFile> locked = new ArrayList<>(0);

    /** The mail that comes; null where there is none. */
    @Nullable
    MailSummary mail;

    /** Whether all of it has come. */
    boolean mailOver;

    /** A file that waits for the pool. */
    record Waiting(OpenFile file, ScanPool.Job job, long sinceNanos) {}

    /** One file that comes. */
    static final class OpenFile {
        final TransferredFile file;
        final FileMemory.Lease memory;

        /** The mail in which it comes; null when it comes in none. */
        final @Nullable MailSummary mail;

        boolean cutOff;
        boolean grown;
        /** True for an answer with its head, false for a file. */
        boolean isResponse;

        long nextLook = 1;

        /** Passwords that did not open it. */
        List<String> tried = List.of();

        /** Of what a part of it was infected that has gone on, made harmless; null where none was. */
        @Nullable
        ScanResult infection;

        /** Whether that was told with an earlier part of it. */
        boolean wasTold;

        /** Whether octets came since it was last asked for while its mail waits. */
        boolean isNews;

        /** True when it was told already, and is looked at again. */
        boolean again;

        OpenFile(TransferredFile file, FileMemory.Lease memory) {
            this.file = file;
            this.memory = memory;
            this.mail = MailSecrets.mail(file.transaction());
        }
    }

    /** True when a file is gathered, or waits, or something is held. */
    boolean hasFiles() {
        return !open.isEmpty() || !waiting.isEmpty() || isHeld();
    }

    /** What is held in a direction. */
    @Nullable
    HeldTransfer held(Direction direction) {
        return direction.isToServer() ? heldToServer : heldToClient;
    }

    void held(Direction direction, @Nullable HeldTransfer transfer) {
        if (direction.isToServer()) {
            heldToServer = transfer;
        } else {
            heldToClient = transfer;
        }
    }

    boolean isHeld() {
        return heldToClient != null || heldToServer != null;
    }

    /** True when a file of this direction is being gathered, or waits for the pool or for a password of its mail. */
    boolean isOpen(Direction direction) {
        for (int i = 0; i < open.size(); i++) {
            if (open.get(i).file.direction() == direction) {
                return true;
            }
        }
        return !locked.isEmpty() || isWaiting(direction);
    }

    /** True when a file of this direction waits for the pool. */
    boolean isWaiting(Direction direction) {
        for (int i = 0; i < waiting.size(); i++) {
            if (waiting.get(i).file().file.direction() == direction) {
                return true;
            }
        }
        return false;
    }

    void forgetOdd() {
        if (odd != null) {
            odd.memory.giveBack();
            odd = null;
        }
    }

    int count() {
        return open.size();
    }

    OpenFile get(int index) {
        return open.get(index);
    }

    @Nullable
    OpenFile find(TransferredFile file) {
        for (int i = 0; i < open.size(); i++) {
            if (open.get(i).file == file) {
                return open.get(i);
            }
        }
        return null;
    }

    void add(OpenFile file) {
        open.add(file);
    }

    void remove(OpenFile file) {
        open.remove(file);
    }

    /** Nothing is gathered any more; those that wait for the pool are still read there. */
    void giveBack() {
        open.forEach(file -> file.memory.giveBack());
        open.clear();
        forgetOdd();
        joining = null;
        locked.forEach(file -> file.memory.giveBack());
        locked.clear();
    }
}
