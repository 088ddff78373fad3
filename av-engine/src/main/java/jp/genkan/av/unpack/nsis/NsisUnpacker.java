package jp.genkan.av.unpack.nsis;

import java.io.IOException;
import java.io.OutputStream;
import jp.genkan.av.content.Content;
import jp.genkan.av.scan.FileFacts;
import jp.genkan.av.unpack.Members;
import jp.genkan.av.unpack.Unpacker;
import jp.genkan.av.unpack.codec.Branches;
import jp.genkan.av.unpack.codec.Bzip2;
import jp.genkan.av.unpack.codec.Inflate;
import jp.genkan.av.unpack.codec.Lzma;
import jp.genkan.av.unpack.codec.Member;
import jp.genkan.av.unpack.codec.Octets;
import jp.genkan.av.unpack.codec.Window;
import org.jspecify.annotations.Nullable;

/**
 * NSIS: the installer's script and its files, each behind its length; compressed one by one, or all together. Names stand in the script, which is
 * not interpreted: members have none.
 *
 * <p>Thread rule: no state, any thread.
 */
public final class NsisUnpacker implements Unpacker {
    private static final String MARK = "\u00ef\u00be\u00ad\u00deNullsoftInst";

    /** The mark lies at a multiple of this. */
    private static final int ALIGNMENT = 4;

    /** How far the mark is looked for: the program itself has some hundred kilobytes. */
    private static final int SEARCH_MAX = 1 << 23;

    private static final int HEADER = 28;
    private static final long COMPRESSED = 0x8000_0000L;

    private enum Method {
        STORED,
        DEFLATE,
        BZIP2,
        LZMA,
        FILTERED_LZMA
    }

    @Override
    public String format() {
        return "nsis";
    }

    @Override
    public boolean recognises(Content content, FileFacts facts) {
        return content.startsWith(0, "MZ") && find(content) >= 0;
    }

    /** Where the first header begins; -1 when there is none. */
    private static long find(Content content) {
        long end = Math.min(content.size() - HEADER, SEARCH_MAX);
        for (long at = 0; at <= end; at += ALIGNMENT) {
            if (content.u8(at + 4) == 0xef && content.startsWith(at + 4, MARK)) {
                return at;
            }
        }
        return -1;
    }

    @Override
    public void unpack(Content content, FileFacts facts, Members members) throws IOException {
        long start = find(content);
        long headerSize = content.u32(start + 20);
        long size = content.u32(start + 24);
        long data = start + HEADER;
        long end = Math.min(content.size(), size > HEADER ? start + size : content.size());
        long first = content.u32(data);
        Method single = method(content, data + 4);
        boolean apart = !(isLzma(content, data) && !isLzma(content, data + 4))
                        && (first & COMPRESSED) != 0
                        && (first & ~COMPRESSED) <= end - data - 4
                        && single != Method.STORED
                || first == headerSize;
        if (apart) {
            apart(content, data, end, single, members);
        } else {
            Method solid = method(content, data);
            try (Blocks blocks = new Blocks(members)) {
                Members.@Nullable Reason reason =
                        Member.attempt(() -> decode(new Octets(content, data, end - data), solid, blocks));
                blocks.end(reason);
            }
        }
    }

    /** What compressed octets look like. */
    private static Method method(Content content, long at) {
        int first = content.u8(at);
        if (first == 0x31 && content.u8(at + 1) < 14) {
            return Method.BZIP2;
        }
        if (isLzma(content, at)) {
            return Method.LZMA;
        }
        if (first <= 1 && isLzma(content, at + 1)) {
            return Method.FILTERED_LZMA;
        }
        return (first & 6) == 6 || first < 0 ? Method.STORED : Method.DEFLATE;
    }

    private static boolean isLzma(Content content, long at) {
        return content.u8(at) == 0x5d
                && content.u16(at + 1) == 0
                && content.u8(at + 5) == 0
                && (content.u8(at + 6) & 0x80) == 0;
    }

    private static void apart(Content content, long from, long end, Method method, Members members) throws IOException {
        long at = from;
        while (at <= end - 4) {
            members.checkTime();
            long length = content.u32(at);
            long octets = length & ~COMPRESSED;
            long data = at + 4;
            if (octets == 0 || octets > end - data) {
                return;
            }
            if ((length & COMPRESSED) == 0) {
                members.stored(null, data, octets);
            } else {
                Member.write(members, null, out -> decode(new Octets(content, data, octets), method, out));
            }
            at = data + octets;
        }
    }

    private static void decode(Octets in, Method method, OutputStream out) throws IOException {
        switch (method) {
            case STORED -> in.transferTo(out);
            case DEFLATE -> new Inflate(in, new Window(Inflate.Form.NSIS.window(), out), Inflate.Form.NSIS).decode();
            case BZIP2 -> new Bzip2(in, out).decodeNsis();
            case LZMA -> lzma(in, out);
            case FILTERED_LZMA -> {
                if (in.u8() == 0) {
                    lzma(in, out);
                    return;
                }
                Branches filter = new Branches(Branches.Kind.X86, 0, out);
                try {
                    lzma(in, filter);
                } finally {
                    filter.finish();
                }
            }
        }
    }

    private static void lzma(Octets in, OutputStream out) throws IOException {
        int properties = in.u8();
        Window window = new Window(Window.sizeFor(in.u32(), -1), out);
        Lzma lzma = new Lzma(in, window);
        try {
            lzma.properties(properties);
            lzma.begin();
            lzma.decode(-1);
        } finally {
            window.flush();
        }
    }

    /** Cuts what was compressed together: each block stands behind its length. */
    private static final class Blocks extends OutputStream {
        private final Members members;
        private @Nullable OutputStream current;
        private int lengthOctets;
        private long left;

        private Blocks(Members members) {
            this.members = members;
        }

        @Override
        public void write(int octet) throws IOException {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] source, int from, int length) throws IOException {
            int at = from;
            int end = from + length;
            while (at < end) {
                OutputStream open = current;
                if (open == null) {
                    left |= (source[at++] & 0xffL) << 8 * lengthOctets;
                    if (++lengthOctets == 4) {
                        lengthOctets = 0;
                        left &= ~COMPRESSED;
                        current = left > 0 ? members.begin(null) : null;
                    }
                    continue;
                }
                int count = (int) Math.min(left, end - at);
                open.write(source, at, count);
                at += count;
                left -= count;
                if (left == 0) {
                    close();
                }
            }
        }

        private void end(Members.@Nullable Reason reason) throws IOException {
            boolean open = current != null;
            close();
            if (open || lengthOctets > 0) {
                members.uninspectable(null, reason == null ? Members.Reason.BROKEN : reason);
            }
        }

        @Override
        public void close() throws IOException {
            OutputStream open = current;
            current = null;
            left = 0;
            if (open != null) {
                open.close();
            }
        }
    }
}
