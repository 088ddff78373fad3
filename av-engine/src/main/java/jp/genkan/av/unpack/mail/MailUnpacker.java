package jp.genkan.av.unpack.mail;

import java.io.IOException;
import jp.genkan.av.content.Content;
import jp.genkan.av.scan.FileFacts;
import jp.genkan.av.unpack.Members;
import jp.genkan.av.unpack.Unpacker;
import jp.genkan.protocols.mime.MailParser;

/**
 * A mail (RFC 5322, MIME), or a mailbox file of many, each of which begins with a line {@code From}. What is a mail inside a mail is taken apart with it;
 * what is encoded inside a part is left to whoever looks at that part.
 *
 * <p>Thread rule: no state, any thread.
 */
public final class MailUnpacker implements Unpacker {
    /** Octets that are read at a time. */
    private static final int PIECE = 65_536;

    /** Blank octets before a mail that are passed over. */
    private static final int LEADING_MAX = 1024;

    @Override
    public String format() {
        return "mail";
    }

    @Override
    public boolean recognises(Content content, FileFacts facts) {
        return MailLook.isMail(content, blanks(content), facts.extension());
    }

    private static long blanks(Content content) {
        long at = content.startsWith(0, "\u00ef\u00bb\u00bf") ? 3 : 0;
        while (at < LEADING_MAX && content.u8(at) >= 0 && content.u8(at) <= ' ') {
            at++;
        }
        return at;
    }

    @Override
    public void unpack(Content content, FileFacts facts, Members members) throws IOException {
        long begin = blanks(content);
        boolean mailbox = MailLook.isEnvelope(content, begin);
        int mails = 0;
        while (begin < content.size()) {
            long end = mailbox ? MailLook.nextEnvelope(content, begin + 1, members) : content.size();
            mail(content, begin, end, mailbox ? "mail" + ++mails + "/" : "", members);
            begin = end;
        }
    }

    private static void mail(Content content, long begin, long end, String prefix, Members members) throws IOException {
        PartWriter writer = new PartWriter(members, prefix);
        MailParser parser = new MailParser(writer);
        for (long at = begin; at < end && writer.goesOn(); at += PIECE) {
            byte[] piece = content.bytes(at, (int) Math.min(PIECE, end - at));
            parser.feed(piece, 0, piece.length);
            members.checkTime();
        }
        if (writer.goesOn()) {
            parser.end(true);
        }
        writer.finish();
    }
}
