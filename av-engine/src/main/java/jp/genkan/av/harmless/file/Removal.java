package jp.genkan.av.harmless.file;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import jp.genkan.av.harmless.Judge;
import jp.genkan.av.harmless.Notice;
import jp.genkan.av.harmless.Replaced;
import jp.genkan.av.harmless.Replaced.Form;
import jp.genkan.av.harmless.explain.Explanation;
import jp.genkan.av.harmless.explain.Sender;
import jp.genkan.av.password.Passwords;
import jp.genkan.av.scan.Detection;
import jp.genkan.av.scan.ScanResult.Finding;
import jp.genkan.av.unpack.LimitException;
import jp.genkan.av.unpack.Members;
import jp.genkan.protocols.mime.Charsets;
import org.jspecify.annotations.Nullable;

/**
 * What is known during one call: whom to ask, what to say, what was replaced so far.
 *
 * <p>Thread rule: one thread.
 */
public final class Removal {
    /** Time for one call: three scans of the largest file, after which a client has given up anyway. */
    public static final Duration TIME_MAX = Duration.ofSeconds(30);

    /** Files that are looked at in one call: a thousand parts or members, each before and after, and what is in them. */
    public static final int LOOKS_MAX = 8_192;

    private final Judge judge;
    private final Notice notice;
    private final Explanation.Carrier carrier;
    private final long deadline = System.nanoTime() + TIME_MAX.toNanos();
    private final List<String> passwords = new ArrayList<>();
    private final List<Replaced> replaced = new ArrayList<>();
    private Sender sender = Sender.NOBODY;
    private boolean terse;
    private int looks;

    /** For one call. */
    public Removal(Judge judge, Notice notice, Explanation.Carrier carrier) {
        this.judge = judge;
        this.notice = notice;
        this.carrier = carrier;
    }

    /**
     * For what a file is infected; null when it is not.
     *
     * @throws LimitException when the call takes too long
     */
    public @Nullable Detection infection(byte[] octets, int from, int to, @Nullable String name, List<String> formats)
            throws LimitException {
        if (looks++ >= LOOKS_MAX) {
            throw new LimitException(Members.Reason.TOO_MANY);
        }
        if (System.nanoTime() - deadline > 0) {
            throw new LimitException(Members.Reason.TOO_LONG);
        }
        Finding finding = judge.look(octets, from, to, name, formats, List.copyOf(passwords))
                .infection();
        return finding == null ? null : finding.detection();
    }

    /** The same for all octets of an array. */
    public @Nullable Detection infection(byte[] octets, @Nullable String name, List<String> formats)
            throws LimitException {
        return infection(octets, 0, octets.length, name, formats);
    }

    /** From whom it comes; the outermost mail says it. */
    public void sender(Sender told) {
        if (sender.equals(Sender.NOBODY)) {
            sender = told;
        }
    }

    /** From here on explanations do not repeat what the sender wrote: it may be what a scanner finds in them. */
    public void beTerse() {
        terse = true;
    }

    /** Looks for passwords in a text of a mail. */
    public void learn(byte[] text) {
        if (text.length > Passwords.OCTETS_MAX) {
            return;
        }
        for (String password : Passwords.find(Charsets.decode(text, ""))) {
            if (passwords.size() < Passwords.CANDIDATES_MAX && !passwords.contains(password)) {
                passwords.add(password);
            }
        }
    }

    /** What is said about a file. */
    public Explanation explanation(Detection detection, @Nullable String name) {
        return new Explanation(
                detection.signature(),
                terse ? null : name,
                terse ? Sender.NOBODY : sender,
                carrier,
                notice.at(),
                notice.zone(),
                notice.box());
    }

    /** What is said wherever a piece of a file was replaced: nothing in it depends on the piece. */
    public Explanation lastingExplanation() {
        return new Explanation("", null, Sender.NOBODY, carrier, null, notice.zone(), notice.box());
    }

    /** Notes that a file was replaced. */
    public void replaced(String path, @Nullable String name, Detection detection, Form form) {
        replaced.add(new Replaced(path, name, detection, form));
    }

    /** Files that were replaced. */
    public List<Replaced> replaced() {
        return replaced;
    }

    /** How many were replaced, to come back to. */
    public int mark() {
        return replaced.size();
    }

    /** Forgets what was replaced since a mark. */
    public void backTo(int mark) {
        replaced.subList(mark, replaced.size()).clear();
    }
}
