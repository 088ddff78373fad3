package jp.genkan.av.unpack.http;

import java.io.IOException;
import java.io.OutputStream;
import jp.genkan.av.content.Content;
import jp.genkan.av.scan.FileFacts;
import jp.genkan.av.unpack.Members;
import jp.genkan.av.unpack.Unpacker;
import org.jspecify.annotations.Nullable;

/** A body that was taken as it is, though its octets are chunks (RFC 9112 §7.1): a receiver that puts them together finds something else in it. */
public final class ChunkedBody implements Unpacker {
    /** Lines at the body's beginning of which the first chunk is sought. */
    private static final int LINES_MAX = 16;

    private static final int FIRST_CHUNK_WITHIN = 2 << 10;

    /** Digits of a size: more is an overflow for every receiver. */
    private static final int DIGITS_MAX = 16;

    /** Octets of a line with a size, extensions included. */
    private static final int SIZE_LINE_MAX = 512;

    @Override
    public String format() {
        return "chunked";
    }

    @Override
    public boolean recognises(Content content, FileFacts facts) {
        return facts.formats().stream().anyMatch(format -> format.startsWith("http")) && firstChunk(content) >= 0;
    }

    /** Where chunks begin: at a line of a size behind whose octets another line of a size or the end stands; -1 when nowhere. */
    private static long firstChunk(Content content) {
        byte[] head = content.head();
        int end = Math.min(head.length, FIRST_CHUNK_WITHIN);
        int line = 0;
        for (int lines = 0; lines < LINES_MAX && line < end; lines++) {
            Size size = maySize(head, line) ? size(content, line) : null;
            if (size != null && size.octets > 0 && size.next + size.octets <= content.size()) {
                long behind = skipLineEnds(content, size.next + size.octets);
                if (behind >= content.size() || size(content, behind) != null) {
                    return line;
                }
                behind = skipLineEnds(content, skipLineEnds(content, size.next) + size.octets);
                if (size(content, behind) != null) {
                    return line;
                }
            }
            while (line < end && head[line] != '\n' && head[line] != '\r') {
                line++;
            }
            while (line < end && (head[line] == '\n' || head[line] == '\r')) {
                line++;
            }
        }
        return -1;
    }

    /** False when a line begins with something that no size begins with: nearly always. */
    private static boolean maySize(byte[] head, int line) {
        int octet = head[line];
        return octet >= 0 && octet <= 0x20 || octet == '+' || octet == '-' || Character.digit(octet, 16) >= 0;
    }

    private record Size(long octets, long next) {}

    /** A line with a size: blanks and signs may stand before its digits, blanks and an extension behind them. */
    private static @Nullable Size size(Content content, long line) {
        long at = line;
        long octets = 0;
        int digits = 0;
        while (at < line + SIZE_LINE_MAX && Character.digit(content.u8(at), 16) < 0) {
            int octet = content.u8(at);
            if (octet < 0 || octet == '\r' || octet == '\n' || octet > 0x20 && octet != '+' && octet != '-') {
                return null;
            }
            at++;
        }
        while (digits < DIGITS_MAX && Character.digit(content.u8(at), 16) >= 0) {
            octets = octets << 4 | Character.digit(content.u8(at), 16);
            digits++;
            at++;
        }
        while (content.u8(at) == ' ' || content.u8(at) == '\t') {
            at++;
        }
        if (content.u8(at) > ' ' && content.u8(at) != ';') {
            return null; // a word, as text has them
        }
        while (at < line + SIZE_LINE_MAX && content.u8(at) != '\n' && content.u8(at) != '\r') {
            if (content.u8(at) < 0) {
                return null;
            }
            at++;
        }
        if (digits == 0 || octets < 0 || at >= line + SIZE_LINE_MAX) {
            return null;
        }
        long next = content.u8(at) == '\r' && content.u8(at + 1) == '\n' ? at + 2 : at + 1;
        return new Size(octets, next);
    }

    private static long skipLineEnds(Content content, long from) {
        long at = from;
        while (content.u8(at) == '\r' || content.u8(at) == '\n') {
            at++;
        }
        return at;
    }

    @Override
    public void unpack(Content content, FileFacts facts, Members members) throws IOException {
        long first = firstChunk(content);
        join(content, first, false, facts, members);
        Size size = size(content, first);
        if (size != null && skipLineEnds(content, size.next) > size.next) {
            join(content, first, true, facts, members);
        }
    }

    /** Puts chunks together; receivers differ in what belongs to the end of a line. */
    private static void join(Content content, long first, boolean skipsLineEnds, FileFacts facts, Members members)
            throws IOException {
        long at = first;
        try (OutputStream body = members.begin(facts.name())) {
            while (at >= 0 && at < content.size()) {
                Size size = size(content, at);
                if (size == null || size.octets == 0) {
                    return;
                }
                if (skipsLineEnds) {
                    size = new Size(size.octets, skipLineEnds(content, size.next));
                }
                long end = Math.min(content.size(), size.next + size.octets);
                for (long from = size.next; from < end; from += PIECE) {
                    body.write(content.bytes(from, (int) Math.min(PIECE, end - from)));
                }
                at = skipLineEnds(content, end);
            }
        }
    }

    private static final int PIECE = 1 << 16;
}
