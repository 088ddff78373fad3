package jp.genkan.av.harmless;

import java.util.Arrays;
import java.util.List;
import jp.genkan.av.harmless.Outcome.State;
import jp.genkan.av.harmless.explain.Explanation.Carrier;
import jp.genkan.av.harmless.file.Container.Inside;
import jp.genkan.av.harmless.file.FileCleaner;
import jp.genkan.av.harmless.file.GzipContainer;
import jp.genkan.av.harmless.file.Pieces;
import jp.genkan.av.harmless.file.Removal;
import jp.genkan.av.harmless.file.TarContainer;
import jp.genkan.av.harmless.file.UuContainer;
import jp.genkan.av.harmless.file.ZipContainer;
import jp.genkan.av.harmless.form.Forms;
import jp.genkan.av.harmless.http.HttpCleaner;
import jp.genkan.av.harmless.mail.MailCleaner;
import jp.genkan.av.harmless.mail.MailCleaner.Extent;
import jp.genkan.av.scan.Detection;
import jp.genkan.av.unpack.LimitException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes octets of a transfer harmless.
 *
 * <p>Thread rule: no state, any thread; each call uses its judge.
 */
public final class Neutraliser {
    /** Most octets that are taken at once: what a stream is held for at most. */
    public static final int OCTETS_MAX = 64 << 20;

    private static final Inside OUTSIDE = new Inside(null, "", List.of(), 0);

    private static final Logger LOG = LoggerFactory.getLogger(Neutraliser.class);

    private final MailCleaner mails = new MailCleaner();
    private final FileCleaner files = new FileCleaner(
            List.of(new ZipContainer(), new TarContainer(), new GzipContainer(), mails, new UuContainer()));
    private final HttpCleaner web = new HttpCleaner(mails, files);

    /**
     * Replaces what is infected.
     *
     * @param wire not changed
     * @param judge asked about each file, and about all of it again afterwards
     * @param notice for the explanations
     */
    public Outcome neutralise(Wire wire, Judge judge, Notice notice) {
        return guarded(wire, judge, notice, null);
    }

    /**
     * Replaces octets of a file, of which it is known from elsewhere that it is infected, whether or not these octets are by themselves: they may be a piece of it. Of a mail all
     * but its header is replaced.
     *
     * @param wire not changed
     * @param known for what the file is infected
     * @param judge asked about what comes of it
     * @param notice for the explanations
     */
    public Outcome replace(Wire wire, Detection known, Judge judge, Notice notice) {
        return guarded(wire, judge, notice, known);
    }

    private Outcome guarded(Wire wire, Judge judge, Notice notice, @Nullable Detection known) {
        try {
            return attempt(wire, judge, notice, known);
        } catch (RuntimeException fault) {
            LOG.error("octets could not be made harmless", fault);
            return Outcome.IMPOSSIBLE;
        }
    }

    /** The same, where a fault of ours is thrown. */
    Outcome attempt(Wire wire, Judge judge, Notice notice, @Nullable Detection known) {
        if (wire.length() > OCTETS_MAX) {
            return Outcome.IMPOSSIBLE;
        }
        boolean isAll = wire.length() == wire.octets().length;
        byte[] octets = isAll ? wire.octets() : Arrays.copyOfRange(wire.octets(), wire.from(), wire.to());
        Removal removal = new Removal(judge, notice, carrier(wire.kind()));
        try {
            byte[] cleaned = known == null ? cleaned(octets, wire, removal) : replaced(octets, wire, known, removal);
            if (cleaned == null || cleaned.length != octets.length) {
                return Outcome.IMPOSSIBLE;
            }
            State state = cleaned == octets ? State.CLEAN : State.HARMLESS;
            return new Outcome(state, cleaned, removal.replaced());
        } catch (LimitException over) {
            return Outcome.IMPOSSIBLE;
        }
    }

    private static Carrier carrier(Wire.Kind kind) {
        return switch (kind) {
            case SMTP_DATA, SMTP_BDAT, POP3, IMAP_LITERAL -> Carrier.MAIL;
            case HTTP_RESPONSE, HTTP_REQUEST -> Carrier.WEB;
            case RAW -> Carrier.OTHER;
        };
    }

    private byte @Nullable [] cleaned(byte[] octets, Wire wire, Removal removal) throws LimitException {
        return switch (wire.kind()) {
            case SMTP_DATA -> mails.cleanStuffed(octets, OUTSIDE, files, removal);
            case SMTP_BDAT -> mails.clean(octets, OUTSIDE, Extent.MAIL, files, removal);
            case POP3 -> pop3(octets, removal);
            case IMAP_LITERAL -> imap(octets, wire.about(), removal);
            case HTTP_RESPONSE, HTTP_REQUEST -> web.clean(wire, octets, null, removal);
            case RAW -> raw(octets, wire.about(), removal);
        };
    }

    private byte @Nullable [] replaced(byte[] octets, Wire wire, Detection known, Removal removal)
            throws LimitException {
        Wire.About about = wire.about();
        return switch (wire.kind()) {
            case SMTP_DATA -> mails.replaceBody(octets, true, OUTSIDE, Extent.MAIL, known, removal);
            case SMTP_BDAT -> mails.replaceBody(octets, false, OUTSIDE, Extent.MAIL, known, removal);
            case POP3 -> {
                int begin = pop3Begin(octets);
                byte[] mail = Arrays.copyOfRange(octets, begin, octets.length);
                byte[] cleaned = mails.replaceBody(mail, true, OUTSIDE, Extent.MAIL, known, removal);
                yield cleaned == null ? null : joined(octets, begin, cleaned);
            }
            case IMAP_LITERAL ->
                isWholeMail(about)
                        ? mails.replaceBody(octets, false, OUTSIDE, Extent.MAIL, known, removal)
                        : mails.replacePiece(octets, about.offset(), inside(about), known, removal);
            case HTTP_RESPONSE, HTTP_REQUEST -> web.clean(wire, octets, known, removal);
            case RAW ->
                isPiece(about, octets.length)
                        ? piece(octets, about, known, removal)
                        : files.replaced(octets, inside(about), about.mediaType(), known, removal);
        };
    }

    private static boolean isWholeMail(Wire.About about) {
        return about.section().isEmpty() && about.offset() == 0;
    }

    private static Inside inside(Wire.About about) {
        return new Inside(about.name(), "", List.of(), 0);
    }

    private static boolean isPiece(Wire.About about, int length) {
        return about.offset() > 0 || about.total() > length;
    }

    private static int pop3Begin(byte[] octets) {
        int begin = 0;
        if (octets.length > 0 && octets[0] == '+') {
            while (begin < octets.length && octets[begin] != '\n') {
                begin++;
            }
            begin = Math.min(octets.length, begin + 1);
        }
        return begin;
    }

    private byte @Nullable [] pop3(byte[] octets, Removal removal) throws LimitException {
        int begin = pop3Begin(octets);
        byte[] mail = begin == 0 ? octets : Arrays.copyOfRange(octets, begin, octets.length);
        byte[] cleaned = mails.cleanStuffed(mail, OUTSIDE, files, removal);
        return cleaned == null ? null : cleaned == mail ? octets : joined(octets, begin, cleaned);
    }

    /** The same octets up to an index, and others behind it. */
    private static byte[] joined(byte[] octets, int begin, byte[] behind) {
        byte[] all = Arrays.copyOf(octets, octets.length);
        System.arraycopy(behind, 0, all, begin, behind.length);
        return all;
    }

    private byte @Nullable [] imap(byte[] octets, Wire.About about, Removal removal) throws LimitException {
        return mails.clean(octets, inside(about), isWholeMail(about) ? Extent.MAIL : Extent.BODY, files, removal);
    }

    private byte @Nullable [] raw(byte[] octets, Wire.About about, Removal removal) throws LimitException {
        Inside inside = inside(about);
        Detection detection = removal.infection(octets, about.name(), inside.formats());
        if (detection == null) {
            return octets;
        }
        return isPiece(about, octets.length)
                ? piece(octets, about, detection, removal)
                : files.clean(octets, inside, about.mediaType(), detection, removal);
    }

    private static byte @Nullable [] piece(byte[] octets, Wire.About about, Detection detection, Removal removal)
            throws LimitException {
        Replaced.Form wanted = Forms.wanted(about.name(), about.mediaType(), new byte[0]);
        Forms.Made made = Pieces.of(wanted, removal.lastingExplanation(), about.offset(), octets.length, about.total());
        removal.replaced("", about.name(), detection, made.form());
        return removal.infection(made.octets(), about.name(), List.of()) == null ? made.octets() : null;
    }
}
