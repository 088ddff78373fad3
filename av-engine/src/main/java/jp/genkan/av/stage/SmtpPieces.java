package jp.genkan.av.stage;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import jp.genkan.av.harmless.Wire;
import jp.genkan.av.harmless.Wire.About;
import jp.genkan.av.harmless.Wire.Kind;
import jp.genkan.av.stage.Piece.Run;
import org.jspecify.annotations.Nullable;

/**
 * Finds the mails in what a client of SMTP says: behind {@code DATA} up to a line with a dot (RFC 5321 §4.5.2), or in chunks behind {@code BDAT} (RFC 3030 §2), several of them and several mails
 * one after the other where the client does not wait for answers (RFC 2920). The command of what comes first may have gone on already.
 *
 * <pre>
 *   [rest of a mail] { command | DATA mail . | BDAT 500 chunk | BDAT 20 LAST chunk }
 * </pre>
 *
 * <p>Thread rule: one call.
 */
final class SmtpPieces {
    /** Places at which the command of a second chunk is looked for, when that of the first one has gone on. */
    private static final int PLACES_MAX = 64;

    /** Chunks of one hold: Exim sends some of 8 KiB each. */
    private static final int CHUNKS_MAX = 10_000;

    private static final String BDAT = "BDAT ";
    private static final String DATA = "DATA\r\n";

    /** What a client says between mails (RFC 5321 §4.1). */
    private static final List<String> COMMANDS =
            List.of("MAIL FROM:", "QUIT\r\n", "RSET\r\n", "NOOP\r\n", "RCPT TO:", "EHLO ", "HELO ");

    private final byte[] octets;

    private SmtpPieces(byte[] octets) {
        this.octets = octets;
    }

    /** The mails; where the octets are not understood, all of them as one. */
    static List<Piece> of(byte[] octets) {
        return new SmtpPieces(octets).all();
    }

    private List<Piece> all() {
        List<Piece> found = read(0, List.of());
        if (found != null) {
            return found;
        }
        int end = WirePieces.endOfMail(octets, 0);
        boolean hasEnd = end < octets.length || WirePieces.endsWithDot(octets);
        List<Piece> behind = hasEnd ? read(end, List.of()) : null;
        if (behind != null) {
            List<Piece> mails = new ArrayList<>();
            mails.add(Piece.of(new Wire(octets, 0, end, Kind.SMTP_DATA, About.NOTHING)));
            mails.addAll(behind);
            return mails;
        }
        int at = 0;
        for (int place = 0; place < PLACES_MAX; place++) {
            at = next(at + 1);
            if (at < 0) {
                break;
            }
            List<Piece> chunks = read(at, List.of(new Run(0, at)));
            if (chunks != null) {
                return chunks;
            }
        }
        return List.of(Piece.of(new Wire(octets, 0, octets.length, Kind.SMTP_BDAT, About.NOTHING)));
    }

    /** Where the next command stands that announces a chunk; -1 when there is none. */
    private int next(int from) {
        for (int at = from; at + BDAT.length() < octets.length; at++) {
            if (octets[at] == 'B' && WirePieces.startsWith(octets, at, BDAT)) {
                return at;
            }
        }
        return -1;
    }

    /**
     * Reads commands, mails and chunks up to the end.
     *
     * @param begun chunks of a mail that is open already
     * @return null when something else stands there
     */
    private @Nullable List<Piece> read(int from, List<Run> begun) {
        List<Piece> mails = new ArrayList<>();
        List<Run> chunks = new ArrayList<>(begun);
        for (int at = from; at < octets.length; ) {
            int line = WirePieces.endOfLine(octets, at);
            if (line < 0) {
                break; // a command that is not whole yet: it lies in no mail
            }
            if (WirePieces.startsWith(octets, at, BDAT) && chunks.size() < CHUNKS_MAX) {
                String[] words = words(at, line);
                long size = words.length < 2 ? -1 : WirePieces.number(words[1], 0);
                if (size < 0) {
                    return null;
                }
                at = (int) Math.min(octets.length, line + size);
                chunks.add(new Run(line, at));
                if (words.length > 2 && words[2].equals("LAST")) {
                    mails.add(Piece.of(octets, chunks, Kind.SMTP_BDAT));
                    chunks.clear();
                }
            } else if (WirePieces.startsWith(octets, at, DATA)) {
                at = WirePieces.endOfMail(octets, line - 2);
                mails.add(Piece.of(new Wire(octets, line, Math.max(line, at), Kind.SMTP_DATA, About.NOTHING)));
            } else if (isCommand(at)) {
                at = line;
            } else {
                return null;
            }
        }
        if (!chunks.isEmpty()) {
            mails.add(Piece.of(octets, chunks, Kind.SMTP_BDAT));
        }
        return mails.isEmpty() && from == 0 ? null : mails;
    }

    private String[] words(int from, int to) {
        return WirePieces.line(octets, from, to)
                .strip()
                .toUpperCase(Locale.ROOT)
                .split(" +", -1);
    }

    private boolean isCommand(int at) {
        for (String command : COMMANDS) {
            if (WirePieces.startsWith(octets, at, command)) {
                return true;
            }
        }
        return false;
    }
}
