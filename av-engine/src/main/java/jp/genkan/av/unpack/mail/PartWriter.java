package jp.genkan.av.unpack.mail;

import java.io.IOException;
import java.io.OutputStream;
import jp.genkan.av.unpack.Members;
import jp.genkan.protocols.mime.MailAnomaly;
import jp.genkan.protocols.mime.MailListener;
import jp.genkan.protocols.mime.MailPart;
import org.jspecify.annotations.Nullable;

/**
 * Writes each part of a mail as a member. Only one is open at a time: a part that begins inside another one ends what was told of that.
 *
 * <p>Thread rule: the thread that scans.
 */
final class PartWriter implements MailListener {
    private final Members members;
    private final String prefix;
    private @Nullable MailPart part;
    private @Nullable OutputStream out;
    private @Nullable IOException failure;

    PartWriter(Members members, String prefix) {
        this.members = members;
        this.prefix = prefix;
    }

    /** False when nothing more may be written. */
    boolean goesOn() {
        return failure == null;
    }

    /** Says what went wrong. */
    void finish() throws IOException {
        IOException thrown = failure;
        if (thrown != null) {
            throw thrown;
        }
    }

    @Override
    public void partBegins(MailPart begun) {
        MailPart.Kind kind = begun.kind();
        boolean hasBody = kind != MailPart.Kind.MULTIPART && kind != MailPart.Kind.EMBEDDED;
        if (hasBody && !begun.isEncodedOutside() && failure == null) {
            close();
            part = begun;
        }
    }

    private static String name(MailPart part) {
        String name = part.name();
        if (name != null) {
            return name;
        }
        String type = part.mediaType();
        String ending = type.equals("text/html") ? ".html" : type.startsWith("message/") ? ".eml" : ".txt";
        return "part" + part.path() + (type.startsWith("text/") || type.startsWith("message/") ? ending : "");
    }

    @Override
    public void partOctets(MailPart told, byte[] octets, int from, int to) {
        if (told != part || failure != null) {
            return;
        }
        try {
            OutputStream open = out;
            if (open == null) {
                open = members.begin(prefix + name(told));
                out = open;
            }
            open.write(octets, from, to - from);
        } catch (IOException stopped) {
            fail(stopped);
        }
    }

    private void fail(IOException stopped) {
        if (failure == null) {
            failure = stopped;
        }
        out = null;
        part = null;
    }

    private void close() {
        OutputStream open = out;
        out = null;
        part = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException stopped) {
                fail(stopped);
            }
        }
    }

    @Override
    public void partGap(MailPart told, long missing) {}

    @Override
    public void partEnds(MailPart ended) {
        if (ended == part) {
            close();
        }
    }

    @Override
    public void anomaly(MailAnomaly anomaly) {}
}
