package jp.genkan.av.unpack.zip;

import java.io.IOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import jp.genkan.av.content.Content;
import jp.genkan.av.scan.FileFacts;
import jp.genkan.av.unpack.LimitException;
import jp.genkan.av.unpack.Members;
import jp.genkan.av.unpack.Unpacker;

/**
 * ZIP. Readers differ: some trust the directory at the end, some the local headers. So members are read as the directory tells them; as the local
 * header tells where that says something else; and local headers that no directory tells of, wherever they lie.
 *
 * <p>Thread rule: no state, any thread.
 */
public final class ZipUnpacker implements Unpacker {
    static final String LOCAL = "PK\3\4";

    private static final String DESCRIPTOR = "PK\7\10";
    private static final String SPANNED = "PK00PK\3\4";
    private static final String EMPTY = "PK\5\6";

    /** How often all octets may be read: once by directory, once by local headers, and a little. Overlapping members read them more often. */
    private static final int READS_MAX = 3;

    private static final int READS_FREE = 1 << 20;

    /** Octets between two questions after the time. */
    private static final int STRIDE = 1 << 20;

    @Override
    public String format() {
        return "zip";
    }

    @Override
    public boolean recognises(Content content, FileFacts facts) {
        if (content.startsWith(0, LOCAL) || content.startsWith(0, SPANNED) || content.startsWith(0, EMPTY)) {
            return true;
        }
        if (content.size() < 22) {
            return false;
        }
        byte[] head = content.head();
        for (int at = 1; at < head.length - 1; at++) {
            if (head[at] == 'P' && head[at + 1] == 'K' && isLocal(content, at)) {
                return true;
            }
        }
        boolean text = facts.type() != null && facts.type().startsWith("text/");
        return text
                ? content.startsWith(content.size() - 22, ZipDirectory.END)
                : !ZipDirectory.read(content).entries().isEmpty();
    }

    @Override
    public void unpack(Content content, FileFacts facts, Members members) throws IOException {
        new Walk(content, facts, members).all();
    }

    /** True when a local header lies there that makes sense. */
    static boolean isLocal(Content content, long at) {
        return content.startsWith(at, LOCAL)
                && content.has(at, 30)
                && content.u8(at + 4) < 100
                && ZipMethods.isKnown(content.u16(at + 8))
                && content.has(at + 30, content.u16(at + 26));
    }

    /** One archive. */
    private static final class Walk {
        private final Content zip;
        private final Members members;
        private final ZipMember reader;
        private final TreeMap<Long, Long> known = new TreeMap<>();
        private final Set<Seen> seen = new HashSet<>();
        private long read;

        /** A reading that was done: the same again would bring nothing. */
        private record Seen(long local, int method, long packed, String name) {}

        private Walk(Content zip, FileFacts facts, Members members) {
            this.zip = zip;
            this.members = members;
            this.reader = new ZipMember(zip, facts, members);
        }

        private void all() throws IOException {
            ZipDirectory directory = ZipDirectory.read(zip);
            for (ZipEntry entry : directory.entries()) {
                members.checkTime();
                byDirectory(entry);
            }
            byLocalHeaders();
        }

        private void byDirectory(ZipEntry entry) throws IOException {
            long at = entry.local();
            if (!zip.startsWith(at, LOCAL) || !zip.has(at, 30)) {
                members.uninspectable(entry.name(), Members.Reason.BROKEN);
                return;
            }
            member(at, entry);
            ZipEntry local = ZipEntry.local(zip, at);
            if (local.hasDescriptor() && local.packed() == 0) {
                local = local.sized(entry.packed(), entry.size());
            }
            if (local.method() != entry.method()
                    || local.packed() != entry.packed()
                    || !Objects.equals(local.name(), entry.name())) {
                member(at, local);
            }
        }

        /** Reads one member; returns where it ends. */
        private long member(long at, ZipEntry entry) throws IOException {
            long data = at + 30 + zip.u16(at + 26) + zip.u16(at + 28);
            if (!seen.add(new Seen(at, entry.method(), entry.packed(), String.valueOf(entry.name())))) {
                return data;
            }
            long packed = Math.min(entry.packed(), Math.max(0, zip.size() - data));
            if (!entry.isFolder()) {
                count(packed);
                long used = reader.read(data, entry);
                count(Math.max(0, used - packed));
                packed = Math.max(packed, used);
            }
            known.merge(at, data + packed, Math::max);
            return data + packed;
        }

        private void count(long octets) throws LimitException {
            read += octets;
            if (read > READS_MAX * zip.size() + READS_FREE) {
                throw new LimitException(Members.Reason.BOMB);
            }
        }

        private void byLocalHeaders() throws IOException {
            long at = 0;
            long nextCheck = STRIDE;
            while (at <= zip.size() - 30) {
                if (at >= nextCheck) {
                    members.checkTime();
                    nextCheck = at + STRIDE;
                }
                Map.Entry<Long, Long> around = known.floorEntry(at);
                if (around != null && around.getValue() > at) {
                    at = around.getValue();
                    continue;
                }
                Long stop = known.higherKey(at);
                at = search(at, stop == null ? zip.size() - 30 : Math.min(stop, zip.size() - 30), nextCheck);
                if (at <= zip.size() - 30 && !known.containsKey(at) && isLocal(zip, at)) {
                    at = Math.max(at + 4, found(at));
                }
            }
        }

        /** The next place to look at: a header that makes sense, or where to look again. */
        private long search(long from, long to, long pause) {
            long end = Math.min(to, pause);
            for (long at = from; at < end; at++) {
                if (zip.u8(at) == 'P' && isLocal(zip, at)) {
                    return at;
                }
            }
            return Math.max(from, end) == from ? from + 1 : end;
        }

        private long found(long at) throws IOException {
            ZipEntry local = ZipEntry.local(zip, at);
            if (local.hasDescriptor() && local.packed() == 0 && !local.isFolder()) {
                long data = at + 30 + zip.u16(at + 26) + zip.u16(at + 28);
                return member(at, local.sized(lengthOf(data), local.size()));
            }
            return member(at, local);
        }

        /** Length of a member that does not say it: up to the next record. */
        private long lengthOf(long data) throws IOException {
            long nextCheck = data + STRIDE;
            for (long at = data; at < zip.size() - 4; at++) {
                if (at >= nextCheck) {
                    members.checkTime();
                    nextCheck = at + STRIDE;
                }
                if (zip.u8(at) == 'P'
                        && (zip.startsWith(at, DESCRIPTOR)
                                        && (zip.u32(at + 8) == at - data || zip.i64(at + 8) == at - data)
                                || zip.startsWith(at, ZipDirectory.CENTRAL) && zip.u8(at + 4) < 100
                                || isLocal(zip, at))) {
                    return at - data;
                }
            }
            return Math.max(0, zip.size() - data);
        }
    }
}
