package jp.genkan.av.unpack.sevenzip;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import jp.genkan.av.unpack.codec.Octets;

/**
 * 7-Zip's AES-256: a key by many rounds of SHA-256 over salt, password and a counter; CBC.
 *
 * <p>Thread rule: no state, any thread.
 */
final class SevenZipAes {
    /** Rounds that are computed: 7-Zip always writes 2^19; more are a way to waste time. */
    private static final int ROUNDS_LOG_MAX = 20;

    private SevenZipAes() {}

    static InputStream open(InputStream in, byte[] properties, String password) throws IOException {
        if (properties.length < 1) {
            throw Octets.broken("7z AES properties");
        }
        int first = properties[0] & 0xff;
        int log = first & 0x3f;
        int second = properties.length > 1 ? properties[1] & 0xff : 0;
        int saltLength = (first >> 7 & 1) + (second >> 4);
        int ivLength = (first >> 6 & 1) + (second & 15);
        if (properties.length < 2 + saltLength + ivLength || log > ROUNDS_LOG_MAX && log != 0x3f) {
            throw Octets.unsupported("7z AES properties");
        }
        byte[] salt = Arrays.copyOfRange(properties, 2, 2 + saltLength);
        byte[] iv = Arrays.copyOf(Arrays.copyOfRange(properties, 2 + saltLength, 2 + saltLength + ivLength), 16);
        try {
            Cipher cipher = Cipher.getInstance("AES/CBC/NoPadding");
            cipher.init(
                    Cipher.DECRYPT_MODE,
                    new SecretKeySpec(key(salt, password.getBytes(StandardCharsets.UTF_16LE), log), "AES"),
                    new IvParameterSpec(iv));
            return new Plain(in, cipher);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK has AES and SHA-256", e);
        }
    }

    private static byte[] key(byte[] salt, byte[] password, int log) throws GeneralSecurityException {
        if (log == 0x3f) {
            byte[] key = Arrays.copyOf(salt, 32);
            System.arraycopy(password, 0, key, salt.length, Math.min(password.length, 32 - salt.length));
            return key;
        }
        byte[] round = new byte[salt.length + password.length + 8];
        System.arraycopy(salt, 0, round, 0, salt.length);
        System.arraycopy(password, 0, round, salt.length, password.length);
        int counter = salt.length + password.length;
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (long i = 0; i < 1L << log; i++) {
            digest.update(round);
            boolean carries = true;
            for (int k = counter; carries && k < round.length; k++) {
                carries = ++round[k] == 0;
            }
        }
        return digest.digest();
    }

    /** Whole blocks only; what is left over at the end is dropped. */
    private static final class Plain extends InputStream {
        private final InputStream in;
        private final Cipher cipher;
        private byte[] plain = new byte[0];
        private int at;

        private Plain(InputStream in, Cipher cipher) {
            this.in = in;
            this.cipher = cipher;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int from, int length) throws IOException {
            while (at == plain.length) {
                byte[] chunk = in.readNBytes(4096);
                if (chunk.length < 16) {
                    return -1;
                }
                byte[] next = cipher.update(chunk);
                plain = next == null ? new byte[0] : next;
                at = 0;
            }
            int count = Math.min(length, plain.length - at);
            System.arraycopy(plain, at, target, from, count);
            at += count;
            return count;
        }
    }
}
