package jp.genkan.av.unpack.text;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import jp.genkan.av.content.Content;
import jp.genkan.av.unpack.LimitException;
import jp.genkan.av.unpack.Members;
import jp.genkan.protocols.mime.MailAnomaly;
import jp.genkan.protocols.mime.MailListener;
import jp.genkan.protocols.mime.MailParser;
import jp.genkan.protocols.mime.MailPart;
import org.jspecify.annotations.Nullable;

/**
 * Takes what a text holds, and counts it.
 *
 * <p>Thread rule: the thread that scans.
 */
final class Findings {
    /** Most pieces of data of one text: a web page with all its pictures inside has some hundred, a list of certificates as many. */
    static final int MAX = 4096;

    private static final int PIECE = 32_768;

    private final Content content;
    private final Members members;
    private int count;

    Findings(Content content, Members members) {
        this.content = content;
        this.members = members;
    }

    /** Begins a member. */
    OutputStream begin(String kind, long at) throws IOException {
        if (++count > MAX) {
            throw new LimitException(Members.Reason.TOO_MANY);
        }
        return members.begin(kind + at);
    }

    /** Some octets in a coding of mails, decoded as mail programs do. */
    void coded(String kind, @Nullable String name, String coding, long from, long to) throws IOException {
        try (OutputStream out = name == null ? begin(kind, from) : named(name)) {
            Decoded decoded = new Decoded(out);
            MailParser parser = new MailParser(decoded);
            String head = "Content-Type: application/octet-stream\nContent-Transfer-Encoding: " + coding + "\n\n";
            byte[] octets = head.getBytes(StandardCharsets.US_ASCII);
            parser.feed(octets, 0, octets.length);
            for (long at = from; at < to && decoded.failure == null; at += PIECE) {
                byte[] piece = content.bytes(at, (int) Math.min(PIECE, to - at));
                parser.feed(piece, 0, piece.length);
                members.checkTime();
            }
            if (decoded.failure == null) {
                parser.end(true);
            }
            IOException thrown = decoded.failure;
            if (thrown != null) {
                throw thrown;
            }
        }
    }

    private OutputStream named(String name) throws IOException {
        if (++count > MAX) {
            throw new LimitException(Members.Reason.TOO_MANY);
        }
        return members.begin(name);
    }

    private static final class Decoded implements MailListener {
        private final OutputStream out;
        private @Nullable IOException failure;

        Decoded(OutputStream out) {
            this.out = out;
        }

        @Override
        public void partBegins(MailPart part) {}

        @Override
        public void partOctets(MailPart part, byte[] octets, int from, int to) {
            if (part.kind() == MailPart.Kind.LEAF && failure == null) {
                try {
                    out.write(octets, from, to - from);
                } catch (IOException stopped) {
                    failure = stopped;
                }
            }
        }

        @Override
        public void partGap(MailPart part, long missing) {}

        @Override
        public void partEnds(MailPart part) {}

        @Override
        public void anomaly(MailAnomaly anomaly) {}
    }
}
