package jp.genkan.av.unpack.http;

import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import jp.genkan.av.content.Content;
import jp.genkan.av.scan.FileFacts;
import jp.genkan.av.unpack.Members;
import jp.genkan.av.unpack.Unpacker;

/**
 * A body that is compressed though nobody said so, or in another way than was said: with or without zlib's frame, behind a broken head of gzip. Receivers guess, and so
 * does this.
 */
public final class DeflatedBody implements Unpacker {
    /** Octets that have to come out of a guess before it is believed; less may be chance. */
    private static final int BELIEVED = 16;

    /** Octets that a guess may read: noise is found out much sooner. */
    private static final int GUESS_MAX = 4 << 10;

    private static final int PIECE = 1 << 14;

    /** Where the compressed octets may begin: at once, behind zlib's frame (RFC 1950 §2.2), behind gzip's (RFC 1952 §2.3). */
    private static final int[] BEGINNINGS = {0, 2, 10};

    @Override
    public String format() {
        return "deflate";
    }

    @Override
    public boolean recognises(Content content, FileFacts facts) {
        return "application/octet-stream".equals(facts.type())
                && facts.formats().stream().anyMatch(format -> format.startsWith("http"))
                && beginning(content) >= 0;
    }

    private static int beginning(Content content) {
        byte[] head = content.bytes(0, GUESS_MAX);
        for (int begin : BEGINNINGS) {
            if (begin < head.length && inflates(head, begin)) {
                return begin;
            }
        }
        return -1;
    }

    private static boolean inflates(byte[] head, int begin) {
        if (!DeflateHead.mayBegin(head, begin)) {
            return false;
        }
        byte[] plain = new byte[GUESS_MAX];
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(head, begin, head.length - begin);
            int out = inflater.inflate(plain);
            return out >= BELIEVED;
        } catch (DataFormatException not) {
            return false;
        } finally {
            inflater.end();
        }
    }

    @Override
    public void unpack(Content content, FileFacts facts, Members members) throws IOException {
        int begin = beginning(content);
        byte[] plain = new byte[PIECE];
        Inflater inflater = new Inflater(true);
        try (OutputStream body = members.begin(facts.name())) {
            long at = begin;
            while (!inflater.finished()) {
                if (inflater.needsInput()) {
                    if (at >= content.size()) {
                        return;
                    }
                    byte[] next = content.bytes(at, PIECE);
                    inflater.setInput(next);
                    at += next.length;
                }
                int out = inflater.inflate(plain);
                body.write(plain, 0, out);
                if (out == 0 && !inflater.needsInput() && !inflater.finished()) {
                    return;
                }
            }
        } catch (DataFormatException broken) {
            // what came out before is what a receiver has
        } finally {
            inflater.end();
        }
    }
}
