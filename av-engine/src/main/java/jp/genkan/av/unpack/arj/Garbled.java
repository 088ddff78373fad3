package jp.genkan.av.unpack.arj;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import jp.genkan.av.unpack.LimitException;
import jp.genkan.av.unpack.Members;
import jp.genkan.av.unpack.codec.Octets;

/**
 * ARJ's own encryption: each octet with one of the password's and one of the header's.
 *
 * <p>Thread rule: one thread.
 */
final class Garbled extends InputStream {
    /** Octets that try a password: a wrong one fails long before where they are packed. */
    static final int TRIAL_MAX = 1 << 20;

    /** Passwords that are tried on a member: a mail has a few words that may be one. */
    static final int PASSWORDS_MAX = 64;

    private final Octets in;
    private final byte[] key;
    private int at;

    /** @param modifier the header's octet */
    Garbled(Octets in, int modifier, String password) {
        this.in = in;
        key = password.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < key.length; i++) {
            key[i] += (byte) modifier;
        }
    }

    @Override
    public int read() throws IOException {
        int octet = in.read();
        if (octet < 0) {
            return -1;
        }
        int plain = (octet ^ key[at]) & 0xff;
        at = at + 1 == key.length ? 0 : at + 1;
        return plain;
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
        int count = in.read(target, from, length);
        for (int i = from; i < from + count; i++) {
            target[i] ^= key[at];
            at = at + 1 == key.length ? 0 : at + 1;
        }
        return count;
    }

    /** Takes what a password brings, and says whether it is right. */
    static final class Trial extends OutputStream {
        private final CRC32 crc = new CRC32();
        private final long most;
        private long count;

        /** Of as many octets. */
        Trial(long most) {
            this.most = most;
        }

        @Override
        public void write(int octet) throws IOException {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] source, int from, int length) throws IOException {
            crc.update(source, from, length);
            count += length;
            if (count > most) {
                throw new LimitException(Members.Reason.TOO_LARGE);
            }
        }

        boolean fits(long checksum) {
            return crc.getValue() == checksum;
        }
    }
}
