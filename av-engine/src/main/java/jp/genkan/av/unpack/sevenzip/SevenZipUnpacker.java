package jp.genkan.av.unpack.sevenzip;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import jp.genkan.av.content.Content;
import jp.genkan.av.scan.FileFacts;
import jp.genkan.av.unpack.LimitException;
import jp.genkan.av.unpack.Members;
import jp.genkan.av.unpack.UnpackException;
import jp.genkan.av.unpack.Unpacker;
import jp.genkan.av.unpack.codec.Member;
import jp.genkan.av.unpack.codec.Splitter;
import org.jspecify.annotations.Nullable;

/**
 * 7z with LZMA, LZMA2, deflate, deflate64, bzip2, zstd, filters for machine code, BCJ2 and AES.
 *
 * <p>Thread rule: no state, any thread.
 */
public final class SevenZipUnpacker implements Unpacker {
    private static final String MAGIC = "7z\u00bc\u00af'\u001c";
    private static final int START = 32;

    /** Octets of a header: of some hundred thousand members. */
    private static final int HEADER_MAX = 1 << 24;

    /** Headers that only tell of another one: 7-Zip writes one. */
    private static final int ENCODED_MAX = 4;

    /** Passwords that are tried: each costs half a million rounds. */
    private static final int PASSWORDS_MAX = 8;

    @Override
    public String format() {
        return "7z";
    }

    @Override
    public boolean recognises(Content content, FileFacts facts) {
        return isAt(content, 0);
    }

    /** True when an archive begins there. */
    public static boolean isAt(Content content, long at) {
        return content.startsWith(at, MAGIC) && content.has(at, START) && content.u8(at + 6) == 0;
    }

    @Override
    public void unpack(Content content, FileFacts facts, Members members) throws IOException {
        Member.guard(() -> new Walk(content, facts, members).all());
    }

    /** One archive. */
    private static final class Walk {
        private final Content archive;
        private final FileFacts facts;
        private final Members members;
        private @Nullable String right;

        private Walk(Content archive, FileFacts facts, Members members) {
            this.archive = archive;
            this.facts = facts;
            this.members = members;
        }

        private void all() throws IOException {
            long at = archive.i64(12);
            long size = archive.i64(20);
            if (size == 0) {
                return;
            }
            if (at < 0 || size < 0 || size > HEADER_MAX || !archive.has(START + at, size)) {
                throw new UnpackException(Members.Reason.BROKEN, "7z header is not there");
            }
            byte[] octets = archive.bytes(START + at, (int) size);
            for (int i = 0; i < ENCODED_MAX; i++) {
                SevenZipHeader header = new SevenZipHeader(octets);
                if (!header.read()) {
                    members(header);
                    return;
                }
                octets = encoded(header);
            }
            throw new UnpackException(Members.Reason.BROKEN, "7z headers");
        }

        private byte[] encoded(SevenZipHeader header) throws IOException {
            if (header.folders.size() != 1) {
                throw new UnpackException(Members.Reason.BROKEN, "7z encoded header");
            }
            boolean encrypted = SevenZipBlock.isEncrypted(header.folders.getFirst());
            for (String password : passwords(encrypted)) {
                Bounded octets = new Bounded();
                Members.Reason reason =
                        Member.attempt(() -> block(header, 0, 0, password).decode(octets));
                if (octets.full) {
                    throw new UnpackException(Members.Reason.TOO_LARGE, "7z header");
                }
                byte[] plain = octets.toByteArray();
                if (encrypted && (reason != null || plain.length == 0 || plain[0] != 1)) {
                    continue;
                }
                if (reason != null) {
                    throw new UnpackException(reason, "7z encoded header");
                }
                right = encrypted ? password : right;
                return Arrays.copyOf(plain, (int)
                        Math.min(plain.length, header.folders.getFirst().size()));
            }
            throw SevenZipBlock.encrypted();
        }

        private List<String> passwords(boolean encrypted) {
            if (!encrypted) {
                return List.of("");
            }
            if (right != null) {
                return List.of(right);
            }
            return facts.passwords().stream().limit(PASSWORDS_MAX).toList();
        }

        private SevenZipBlock block(SevenZipHeader header, int folder, int firstPacked, String password) {
            SevenZipFolder coders = header.folders.get(folder);
            int count = Math.min(coders.packed().size(), header.packedSizes.length - firstPacked);
            long[] at = new long[Math.max(0, count)];
            long place = START + header.packedFrom;
            for (int i = 0; i < firstPacked; i++) {
                place += header.packedSizes[i];
            }
            for (int i = 0; i < at.length; i++) {
                at[i] = place;
                place += header.packedSizes[firstPacked + i];
            }
            long[] sizes = Arrays.copyOfRange(header.packedSizes, firstPacked, firstPacked + at.length);
            return new SevenZipBlock(archive, coders, at, sizes, password);
        }

        private void members(SevenZipHeader header) throws IOException {
            int file = 0;
            int stream = 0;
            int packed = 0;
            for (int i = 0; i < header.folders.size(); i++) {
                members.checkTime();
                List<Splitter.Part> parts = new ArrayList<>();
                long at = 0;
                for (int k = 0; k < header.substreams[i]; k++) {
                    while (file < header.empty.length && header.empty[file]) {
                        file++;
                    }
                    long size = Math.max(0, header.sizes.get(stream++));
                    parts.add(new Splitter.Part(file < header.names.size() ? header.names.get(file) : null, at, size));
                    at = Math.max(at, at + size);
                    file++;
                }
                folder(header, i, packed, parts);
                packed = Math.min(
                        header.packedSizes.length,
                        packed + header.folders.get(i).packed().size());
            }
        }

        private void folder(SevenZipHeader header, int folder, int packed, List<Splitter.Part> parts)
                throws IOException {
            String password = "";
            if (SevenZipBlock.isEncrypted(header.folders.get(folder))) {
                password = right != null ? right : tryPasswords(header, folder, packed);
                if (password == null) {
                    for (Splitter.Part part : parts) {
                        members.uninspectable(part.name(), Members.Reason.ENCRYPTED);
                    }
                    return;
                }
            }
            SevenZipBlock block = block(header, folder, packed, password);
            try (Splitter splitter = new Splitter(members, parts)) {
                splitter.end(Member.attempt(() -> block.decode(splitter)));
            }
        }

        /** A password is right when the whole block, or a good part of it, decodes to the sizes that are told. */
        private @Nullable String tryPasswords(SevenZipHeader header, int folder, int packed) throws IOException {
            for (String password :
                    facts.passwords().stream().limit(PASSWORDS_MAX).toList()) {
                members.checkTime();
                Trial trial = new Trial();
                Members.Reason reason = trial(block(header, folder, packed, password), trial);
                if (trial.enough || reason == null && trial.fits(header, folder)) {
                    right = password;
                    return password;
                }
            }
            return null;
        }

        private static Members.@Nullable Reason trial(SevenZipBlock block, Trial trial) throws IOException {
            try {
                return Member.attempt(() -> block.decode(trial));
            } catch (LimitException enough) {
                return null;
            }
        }
    }

    /** Counts octets until there are enough. */
    private static final class Trial extends OutputStream {
        private static final int ENOUGH = 1 << 20;

        private final CRC32 crc = new CRC32();
        private long count;
        private boolean enough;

        @Override
        public void write(int octet) throws IOException {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] source, int from, int length) throws IOException {
            crc.update(source, from, length);
            count += length;
            if (count > ENOUGH) {
                enough = true;
                throw new LimitException(Members.Reason.TOO_LARGE);
            }
        }

        private boolean fits(SevenZipHeader header, int folder) {
            return count == header.folders.get(folder).size();
        }
    }

    /** A header in memory. */
    private static final class Bounded extends ByteArrayOutputStream {
        private boolean full;

        @Override
        public synchronized void write(byte[] source, int from, int length) {
            full |= length > HEADER_MAX - size();
            if (full) {
                throw new IllegalArgumentException("7z header");
            }
            super.write(source, from, length);
        }
    }
}
