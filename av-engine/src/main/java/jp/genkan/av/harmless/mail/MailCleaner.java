package jp.genkan.av.harmless.mail;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import jp.genkan.av.content.Content;
import jp.genkan.av.harmless.Replaced.Form;
import jp.genkan.av.harmless.file.Container;
import jp.genkan.av.harmless.file.FileCleaner;
import jp.genkan.av.harmless.file.Removal;
import jp.genkan.av.scan.Detection;
import jp.genkan.av.scan.FileFacts;
import jp.genkan.av.unpack.LimitException;
import jp.genkan.av.unpack.mail.MailUnpacker;
import jp.genkan.protocols.mime.MailPart;
import org.jspecify.annotations.Nullable;

/**
 * Makes mails harmless.
 *
 * <pre>
 *   read      each part is looked at, decoded
 *   replace   an infected one: its infected members, else all of it by a text, its header by one that says so
 *   verify    what a receiver makes of the result is looked at again, part by part, as a whole, and its body as it lies there
 *   else      all of the body becomes a text, with the mail's own text if that is clean
 * </pre>
 *
 * <p>Thread rule: no state, any thread.
 */
public final class MailCleaner implements Container {
    private static final int LOOK = 16 << 10;

    /** What there is of a mail. */
    public enum Extent {
        /** All of it. */
        MAIL,
        /** A body, or the beginning of one, without its header. */
        BODY,
        /** Parts behind a header that cannot be changed. */
        PARTS
    }

    @Override
    public String format() {
        return "mail";
    }

    @Override
    public boolean recognises(byte[] file, @Nullable String name) {
        try (Arena arena = Arena.ofConfined()) {
            int length = Math.min(file.length, LOOK);
            MemorySegment head = arena.allocate(Math.max(1, length)).asSlice(0, length);
            MemorySegment.copy(file, 0, head, ValueLayout.JAVA_BYTE, 0, length);
            FileFacts facts = new FileFacts(name, null, List.of(), List.of(), List.of(), System.nanoTime());
            return new MailUnpacker().recognises(new Content(head), facts);
        }
    }

    @Override
    public byte @Nullable [] clean(byte[] file, Inside inside, FileCleaner files, Removal removal)
            throws LimitException {
        byte[] cleaned = clean(MailOctets.plain(file), inside, Extent.MAIL, files, removal);
        return cleaned == file ? null : cleaned;
    }

    /** A mail whose dots are stuffed. */
    public byte @Nullable [] cleanStuffed(byte[] wire, Inside inside, FileCleaner files, Removal removal)
            throws LimitException {
        return clean(MailOctets.stuffed(wire), inside, Extent.MAIL, files, removal);
    }

    /**
     * A mail, or a piece of one, as it is.
     *
     * @return as many octets, or the same array when nothing is infected; null when it cannot be made harmless
     */
    public byte @Nullable [] clean(byte[] octets, Inside inside, Extent extent, FileCleaner files, Removal removal)
            throws LimitException {
        return clean(MailOctets.plain(octets), inside, extent, files, removal);
    }

    /**
     * Replaces all of a mail but its header, as it is known to be infected.
     *
     * @param isStuffed whether its dots are
     * @return as many octets; null when it cannot be made harmless
     */
    public byte @Nullable [] replaceBody(
            byte[] wire, boolean isStuffed, Inside inside, Extent extent, Detection found, Removal removal)
            throws LimitException {
        MailOctets mail = isStuffed ? MailOctets.stuffed(wire) : MailOctets.plain(wire);
        MailReading reading = MailReading.of(mail.mail(), inside, extent == Extent.BODY, removal);
        return fallBack(mail, reading, inside, extent, found, removal.mark(), removal);
    }

    /**
     * Replaces a piece out of the middle of a mail or a part that is known to be infected.
     *
     * @param offset of its first octet in what it is fetched from
     * @return as many octets; null when they are still infected
     */
    public byte @Nullable [] replacePiece(byte[] piece, long offset, Inside inside, Detection found, Removal removal)
            throws LimitException {
        byte[] out = MailPiece.replaced(piece, offset, removal.lastingExplanation());
        MailReading reading = MailReading.of(out, inside, true, removal);
        if (!reading.infected().isEmpty() || removal.infection(out, inside.name(), inside.formats()) != null) {
            return null;
        }
        removal.replaced(inside.path(), inside.name(), found, Form.TEXT);
        return out;
    }

    private static byte @Nullable [] clean(
            MailOctets mail, Inside inside, Extent extent, FileCleaner files, Removal removal) throws LimitException {
        MailReading reading = MailReading.of(mail.mail(), inside, extent == Extent.BODY, removal);
        Detection whole = removal.infection(mail.mail(), inside.name(), inside.formats());
        if (reading.infected().isEmpty() && whole == null) {
            return mail.wire();
        }
        int mark = removal.mark();
        if (!reading.infected().isEmpty()) {
            byte[] out = Arrays.copyOf(mail.wire(), mail.wire().length);
            PartReplacement replacement = new PartReplacement(mail, out, reading, extent, files, removal);
            for (Leaf leaf : reading.infected()) {
                replacement.replace(leaf);
            }
            if (isHarmless(mail.with(out), inside, extent, removal)) {
                return out;
            }
        }
        Detection found = reading.infected().isEmpty()
                ? whole
                : reading.infected().getFirst().detection();
        return found == null || extent == Extent.PARTS
                ? null
                : fallBack(mail, reading, inside, extent, found, mark, removal);
    }

    /** All of the body becomes a text: first with the mail's own text, then without anything that its sender wrote. */
    private static byte @Nullable [] fallBack(
            MailOctets mail,
            MailReading reading,
            Inside inside,
            Extent extent,
            Detection found,
            int mark,
            Removal removal)
            throws LimitException {
        for (boolean isLast : new boolean[] {false, true}) {
            removal.backTo(mark);
            if (isLast) {
                removal.beTerse();
            }
            byte[] out = Arrays.copyOf(mail.wire(), mail.wire().length);
            new WholeBody(mail, out, reading, extent, removal)
                    .replace(found, isLast ? WholeBody.Text.DROPPED : WholeBody.Text.KEPT);
            removal.replaced(inside.path(), inside.name(), found, Form.TEXT);
            if (isHarmless(mail.with(out), inside, extent, removal)) {
                return out;
            }
        }
        removal.backTo(mark);
        return null;
    }

    private static boolean isHarmless(MailOctets mail, Inside inside, Extent extent, Removal removal)
            throws LimitException {
        byte[] octets = mail.mail();
        MailReading again = MailReading.of(octets, inside, extent == Extent.BODY, removal);
        if (!again.infected().isEmpty()) {
            return false;
        }
        if (removal.infection(octets, inside.name(), inside.formats()) != null) {
            return false;
        }
        MailPart root = again.root();
        int body = root == null ? 0 : (int) root.bodyBegin();
        List<String> formats = inside.member("mail", null).formats();
        return removal.infection(octets, Math.min(body, octets.length), octets.length, null, formats) == null;
    }
}
