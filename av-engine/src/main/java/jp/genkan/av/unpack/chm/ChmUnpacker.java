package jp.genkan.av.unpack.chm;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jp.genkan.av.content.Content;
import jp.genkan.av.scan.FileFacts;
import jp.genkan.av.unpack.Members;
import jp.genkan.av.unpack.Unpacker;
import jp.genkan.av.unpack.codec.Lzx;
import jp.genkan.av.unpack.codec.Member;
import jp.genkan.av.unpack.codec.Names;
import jp.genkan.av.unpack.codec.Octets;
import jp.genkan.av.unpack.codec.Splitter;

/**
 * CHM: a directory in chunks, and one stream of LZX that forgets what it learnt at stated intervals.
 *
 * <p>Thread rule: no state, any thread.
 */
public final class ChmUnpacker implements Unpacker {
    private static final String STORAGE = "::DataSpace/Storage/MSCompressed/";
    private static final String RESET_TABLE =
            STORAGE + "Transform/{7FC28940-9D31-11D0-9B27-00A0C91E9C7C}/InstanceData/ResetTable";

    /** Entries that are read: large helps have some ten thousand. */
    private static final int ENTRIES_MAX = 200_000;

    private static final int CHUNK_MAX = 1 << 16;
    private static final int CHUNK_HEADER = 20;

    @Override
    public String format() {
        return "chm";
    }

    @Override
    public boolean recognises(Content content, FileFacts facts) {
        return content.startsWith(0, "ITSF") && content.has(0, 0x60);
    }

    @Override
    public void unpack(Content content, FileFacts facts, Members members) throws IOException {
        Member.guard(() -> new Walk(content, members).all());
    }

    /**
     * An entry of the directory.
     *
     * @param section 0: as it is; 1: compressed
     */
    private record Entry(String name, long section, long offset, long length) {}

    /** One help. */
    private static final class Walk {
        private final Content chm;
        private final Members members;
        private final List<Entry> entries = new ArrayList<>();
        private final Map<String, Entry> storage = new HashMap<>();
        private final long data;
        private long at;

        private Walk(Content chm, Members members) {
            this.chm = chm;
            this.members = members;
            long directoryEnd = chm.i64(0x48) + chm.i64(0x50);
            this.data = chm.u32(4) >= 3 ? chm.i64(0x58) : directoryEnd;
        }

        private void all() throws IOException {
            directory(chm.i64(0x48));
            List<Splitter.Part> compressed = new ArrayList<>();
            for (Entry entry : entries) {
                if (entry.name.startsWith("::")) {
                    storage.put(entry.name, entry);
                } else if (entry.section == 0 && entry.length > 0) {
                    members.stored(entry.name, Math.max(0, data + entry.offset), entry.length);
                } else if (entry.section == 1 && entry.length > 0) {
                    compressed.add(new Splitter.Part(entry.name, entry.offset, entry.length));
                }
            }
            if (compressed.isEmpty()) {
                return;
            }
            compressed.sort(Comparator.comparingLong(Splitter.Part::start));
            try (Splitter splitter = new Splitter(members, compressed)) {
                splitter.end(Member.attempt(() -> decode(splitter)));
            }
        }

        private void directory(long start) throws IOException {
            if (!chm.startsWith(start, "ITSP")) {
                throw Octets.broken("chm directory");
            }
            long size = chm.u32(start + 16);
            long first = start + chm.u32(start + 8);
            long count = chm.u32(start + 44);
            if (size < CHUNK_HEADER || size > CHUNK_MAX) {
                throw Octets.broken("chm chunk");
            }
            for (long i = 0; i < count && chm.has(first + i * size, size); i++) {
                members.checkTime();
                long chunk = first + i * size;
                if (chm.startsWith(chunk, "PMGL")) {
                    chunk(chunk + CHUNK_HEADER, chunk + size - Math.max(0, chm.u32(chunk + 4)));
                }
            }
        }

        private void chunk(long from, long to) throws IOException {
            at = from;
            while (at < to && entries.size() < ENTRIES_MAX) {
                long length = number();
                if (length > Names.LENGTH_MAX || at + length > to) {
                    return;
                }
                String name = Names.decode(chm.bytes(at, (int) length));
                at += length;
                Entry entry = new Entry(name == null ? "" : name, number(), number(), number());
                entries.add(entry);
            }
        }

        /** Seven bits an octet, the highest first. */
        private long number() throws IOException {
            long value = 0;
            for (int i = 0; i < 8; i++) {
                int octet = chm.u8(at++);
                if (octet < 0) {
                    throw Octets.ended();
                }
                value = value << 7 | octet & 0x7f;
                if (octet < 0x80) {
                    return value;
                }
            }
            throw Octets.broken("chm number");
        }

        private Entry stored(String name) throws IOException {
            Entry entry = storage.get(name);
            if (entry == null || entry.section != 0) {
                throw Octets.broken("chm storage");
            }
            return entry;
        }

        private void decode(Splitter out) throws IOException {
            Entry content = stored(STORAGE + "Content");
            long control = data + stored(STORAGE + "ControlData").offset;
            if (!chm.startsWith(control + 4, "LZXC")) {
                throw Octets.unsupported("chm compression");
            }
            long unit = chm.u32(control + 8) == 2 ? Lzx.FRAME : 1;
            long interval = Math.max(1, chm.u32(control + 12) * unit / Lzx.FRAME);
            int windowBits = 63 - Long.numberOfLeadingZeros(Math.max(1, chm.u32(control + 16) * unit));
            long left = chm.i64(data + stored(RESET_TABLE).offset + 16);
            Lzx lzx = new Lzx(new Octets(chm, data + content.offset, content.length), windowBits, out);
            for (long frame = 0; left > 0 && !out.isComplete(); frame++) {
                if (frame > 0 && frame % interval == 0) {
                    lzx.reset();
                }
                int size = (int) Math.min(left, Lzx.FRAME);
                lzx.frame(size);
                left -= size;
            }
        }
    }
}
