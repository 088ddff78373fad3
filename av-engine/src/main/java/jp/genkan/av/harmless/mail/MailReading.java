package jp.genkan.av.harmless.mail;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import jp.genkan.av.harmless.explain.Sender;
import jp.genkan.av.harmless.file.Container.Inside;
import jp.genkan.av.harmless.file.Removal;
import jp.genkan.av.password.Passwords;
import jp.genkan.av.scan.Detection;
import jp.genkan.av.unpack.LimitException;
import jp.genkan.protocols.mime.EncodedWords;
import jp.genkan.protocols.mime.HeaderFields;
import jp.genkan.protocols.mime.MailAnomaly;
import jp.genkan.protocols.mime.MailListener;
import jp.genkan.protocols.mime.MailParser;
import jp.genkan.protocols.mime.MailPart;
import org.jspecify.annotations.Nullable;

/**
 * Reads a mail once and has each of its parts looked at.
 *
 * <p>Thread rule: one thread.
 */
final class MailReading implements MailListener {
    private static final String FORMAT = "mail";

    private final Inside inside;
    private final boolean isBody;
    private final Removal removal;
    private final List<Leaf> infected = new ArrayList<>();
    private final PartBuffer content = new PartBuffer();
    private @Nullable MailPart root;
    private @Nullable MailPart open;
    private @Nullable MailPart firstText;
    private byte[] text = new byte[0];
    private @Nullable LimitException failure;

    private MailReading(Inside inside, boolean isBody, Removal removal) {
        this.inside = inside;
        this.isBody = isBody;
        this.removal = removal;
    }

    /**
     * Reads a mail.
     *
     * @param inside where it lies
     * @param isBody true when its header is not there
     */
    static MailReading of(byte[] mail, Inside inside, boolean isBody, Removal removal) throws LimitException {
        MailReading reading = new MailReading(inside, isBody, removal);
        MailParser parser = isBody ? MailParser.ofBody(reading) : new MailParser(reading);
        parser.feed(mail, 0, mail.length);
        parser.end(true);
        LimitException failed = reading.failure;
        if (failed != null) {
            throw failed;
        }
        return reading;
    }

    /** Parts that are infected, in their order. */
    List<Leaf> infected() {
        return infected;
    }

    /** The mail itself; null when there are no octets. */
    @Nullable
    MailPart root() {
        return root;
    }

    /** The first text that a reader sees and that is not infected, decoded; null when there is none. */
    @Nullable
    MailPart firstText() {
        return firstText;
    }

    /** Octets of {@link #firstText}. */
    byte[] text() {
        return text;
    }

    /** Who says that the mail is from them. */
    Sender sender() {
        MailPart mail = root;
        return mail == null
                ? Sender.NOBODY
                : new Sender(words(mail, "from"), words(mail, "to"), words(mail, "subject"), words(mail, "date"));
    }

    private static String words(MailPart mail, String field) {
        HeaderFields fields = mail.fields();
        String value = fields.first(field);
        return value == null ? "" : EncodedWords.decode(value);
    }

    @Override
    public void partBegins(MailPart part) {
        if (root == null) {
            root = part;
            removal.sender(sender());
        }
        boolean isLeaf = part.kind() != MailPart.Kind.MULTIPART && part.kind() != MailPart.Kind.EMBEDDED;
        if (isLeaf && !part.isEncodedOutside()) {
            content.reset();
            open = part;
        }
    }

    @Override
    public void partOctets(MailPart part, byte[] octets, int from, int to) {
        if (part == open) {
            content.write(octets, from, to - from);
        }
    }

    @Override
    public void partGap(MailPart part, long missing) {}

    @Override
    public void partEnds(MailPart part) {
        if (part != open) {
            return;
        }
        open = null;
        if (content.size() == 0 || failure != null) {
            return;
        }
        boolean isText = part.mediaType().startsWith("text/");
        if (isText && content.size() <= Passwords.OCTETS_MAX) {
            removal.learn(content.toByteArray());
        }
        try {
            Inside place = place(part);
            Detection detection = removal.infection(content.array(), 0, content.size(), place.name(), place.formats());
            if (detection != null) {
                infected.add(new Leaf(part, content.toByteArray(), detection));
            } else if (isText && firstText == null && part.name() == null && part.kind() == MailPart.Kind.LEAF) {
                firstText = part;
                text = content.toByteArray();
            }
        } catch (LimitException over) {
            failure = over;
        }
    }

    /** Where a part lies, with the name under which whoever takes a mail apart knows it. */
    Inside place(MailPart part) {
        Inside member = inside.member(FORMAT, name(part));
        String path = inside.path().isEmpty() ? part.path() : inside.path() + "/" + part.path();
        return new Inside(member.name(), path, member.formats(), member.depth());
    }

    /** The name that somebody gave to a part; null when nobody did. */
    @Nullable
    String fileName(MailPart part) {
        return part.container() == null && isBody ? inside.name() : part.name();
    }

    private String name(MailPart part) {
        String name = fileName(part);
        if (name != null) {
            return name;
        }
        String type = part.mediaType();
        if (type.startsWith("message/")) {
            return "part" + part.path() + ".eml";
        }
        String ending = type.equals("text/html") ? ".html" : type.startsWith("text/") ? ".txt" : "";
        return "part" + part.path() + ending;
    }

    @Override
    public void anomaly(MailAnomaly anomaly) {}

    /** Octets of the part that is read, without a copy for whoever looks at them. */
    private static final class PartBuffer extends ByteArrayOutputStream {
        byte[] array() {
            return buf;
        }
    }
}
