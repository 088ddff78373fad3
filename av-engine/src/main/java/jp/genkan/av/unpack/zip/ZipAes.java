package jp.genkan.av.unpack.zip;

import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import jp.genkan.av.unpack.codec.Octets;

/**
 * WinZip's AES: PBKDF2 of 1,000 rounds, and a counter that goes up from its low end.
 *
 * <p>Thread rule: one thread.
 */
final class ZipAes extends InputStream {
    /** Octets of the code of authenticity behind the data. */
    static final int AUTHENTICATION = 10;

    private static final int ROUNDS = 1000;
    private static final int BLOCK = 16;

    private final Octets in;
    private final Cipher cipher;
    private final boolean fits;
    private final byte[] counter = new byte[BLOCK];
    private byte[] pad = new byte[BLOCK];
    private int at = BLOCK;

    ZipAes(Octets in, int strength, String password) throws IOException {
        if (strength < 1 || strength > 3) {
            throw Octets.unsupported("AES strength");
        }
        this.in = in;
        int keyLength = 8 + 8 * strength;
        byte[] salt = in.exactly(4 + 4 * strength);
        byte[] verifier = in.exactly(2);
        try {
            // The JDK codes a password in UTF-8, and does not take an empty one.
            PBEKeySpec spec = new PBEKeySpec(password.toCharArray(), salt, ROUNDS, (2 * keyLength + 2) * 8);
            byte[] keys = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA1")
                    .generateSecret(spec)
                    .getEncoded();
            fits = keys[2 * keyLength] == verifier[0] && keys[2 * keyLength + 1] == verifier[1];
            cipher = Cipher.getInstance("AES/ECB/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(keys, 0, keyLength, "AES"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK has PBKDF2 and AES", e);
        }
    }

    /** What salt, verifier and code of authenticity take. */
    static int overhead(int strength) {
        return 4 + 4 * strength + 2 + AUTHENTICATION;
    }

    /** True when the password may be right. */
    boolean fits() {
        return fits;
    }

    private int plain(int octet) {
        if (at == BLOCK) {
            boolean carries = true;
            for (int i = 0; carries && i < BLOCK; i++) {
                carries = ++counter[i] == 0;
            }
            byte[] next = cipher.update(counter);
            pad = next != null ? next : pad;
            at = 0;
        }
        return octet ^ pad[at++] & 0xff;
    }

    @Override
    public int read() throws IOException {
        int octet = in.read();
        return octet < 0 ? -1 : plain(octet);
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
        int count = in.read(target, from, length);
        for (int i = 0; i < count; i++) {
            target[from + i] = (byte) plain(target[from + i] & 0xff);
        }
        return count;
    }
}
