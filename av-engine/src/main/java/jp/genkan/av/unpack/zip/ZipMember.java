package jp.genkan.av.unpack.zip;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;
import jp.genkan.av.content.Content;
import jp.genkan.av.scan.FileFacts;
import jp.genkan.av.unpack.LimitException;
import jp.genkan.av.unpack.Members;
import jp.genkan.av.unpack.codec.Member;
import jp.genkan.av.unpack.codec.Octets;

/**
 * Reads members of one archive, encrypted ones with the passwords that are known.
 *
 * <p>Thread rule: one thread.
 */
final class ZipMember {
    /** Passwords that are tried: a mail has a few words that may be one. */
    private static final int PASSWORDS_MAX = 64;

    /** A password that decodes so many octets without a fault is right. */
    private static final int TRIAL_MAX = 1 << 20;

    private final Content zip;
    private final FileFacts facts;
    private final Members members;

    ZipMember(Content zip, FileFacts facts, Members members) {
        this.zip = zip;
        this.facts = facts;
        this.members = members;
    }

    /**
     * Reads a member.
     *
     * @return how many octets it took, when its method tells; else 0
     */
    long read(long data, ZipEntry entry) throws IOException {
        if (entry.isEncrypted()) {
            encrypted(data, entry);
            return 0;
        }
        if (entry.method() == ZipMethods.STORED) {
            members.stored(entry.name(), data, entry.packed());
            return 0;
        }
        // Deflate ends by itself: a size that lies is not believed.
        long length = entry.method() == ZipMethods.DEFLATED ? zip.size() - data : entry.packed();
        long[] used = {0};
        Member.write(members, entry.name(), out -> {
            Octets in = new Octets(zip, data, length);
            used[0] = Math.max(0, ZipMethods.decode(entry.method(), entry, in, out));
        });
        return used[0];
    }

    private void encrypted(long data, ZipEntry entry) throws IOException {
        int tried = 0;
        if (!entry.isStronglyEncrypted()) {
            for (String password : facts.passwords()) {
                members.checkTime();
                if (password.isEmpty() || tried++ >= PASSWORDS_MAX) {
                    continue;
                }
                if (isRight(data, entry, password)) {
                    Member.write(members, entry.name(), out -> decode(data, entry, password, out));
                    return;
                }
            }
        }
        members.uninspectable(entry.name(), Members.Reason.ENCRYPTED);
    }

    private boolean isRight(long data, ZipEntry entry, String password) throws IOException {
        CRC32 crc = new CRC32();
        Trial trial = new Trial();
        try {
            if (!fits(data, entry, password)) {
                return false;
            }
            decode(data, entry, password, new CheckedOutputStream(trial, crc));
        } catch (LimitException enough) {
            return true;
        } catch (IOException | IndexOutOfBoundsException | ArithmeticException | IllegalArgumentException wrong) {
            return false;
        }
        // AE-2 has no checksum of its own.
        return crc.getValue() == entry.crc() || entry.method() == ZipMethods.AES && entry.crc() == 0;
    }

    private boolean fits(long data, ZipEntry entry, String password) throws IOException {
        Octets in = new Octets(zip, data, entry.packed());
        ZipEntry.Aes aes = entry.aes();
        if (entry.method() == ZipMethods.AES) {
            try (ZipAes stream = new ZipAes(in, aes == null ? 0 : aes.strength(), password)) {
                return stream.fits();
            }
        }
        try (ZipCrypto stream = new ZipCrypto(in, password)) {
            // Some writers take the time, some the checksum.
            return stream.check() == entry.check() || stream.check() == entry.crc() >> 24;
        }
    }

    private void decode(long data, ZipEntry entry, String password, OutputStream out) throws IOException {
        if (entry.method() == ZipMethods.AES) {
            ZipEntry.Aes aes = entry.aes();
            if (aes == null) {
                throw Octets.unsupported("AES without its field");
            }
            Octets in = new Octets(zip, data, entry.packed() - ZipAes.AUTHENTICATION);
            decode(aes.method(), entry, new ZipAes(in, aes.strength(), password), out);
            return;
        }
        decode(entry.method(), entry, new ZipCrypto(new Octets(zip, data, entry.packed()), password), out);
    }

    private static void decode(int method, ZipEntry entry, InputStream plain, OutputStream out) throws IOException {
        ZipMethods.decode(method, entry, new Octets(plain), out);
    }

    /** Takes octets until there are enough. */
    private static final class Trial extends OutputStream {
        private int count;

        @Override
        public void write(int octet) throws IOException {
            count(1);
        }

        @Override
        public void write(byte[] source, int from, int length) throws IOException {
            count(length);
        }

        private void count(int octets) throws IOException {
            count += octets;
            if (count > TRIAL_MAX) {
                throw new LimitException(Members.Reason.TOO_LARGE);
            }
        }
    }
}
