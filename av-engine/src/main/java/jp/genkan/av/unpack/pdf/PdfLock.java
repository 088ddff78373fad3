package jp.genkan.av.unpack.pdf;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import jp.genkan.av.unpack.Members;
import jp.genkan.av.unpack.UnpackException;
import org.jspecify.annotations.Nullable;

/**
 * The standard encryption of PDF (ISO 32000-2 §7.6.4), opened with the user's password: none, which most files have that only forbid printing, or one of
 * those that are given.
 *
 * <p>Thread rule: the thread that scans.
 */
final class PdfLock {
    /** Most passwords that are tried: each costs up to a millisecond. */
    static final int PASSWORDS_MAX = 16;

    private static final byte[] PADDING = {
        0x28,
        (byte) 0xbf,
        0x4e,
        0x5e,
        0x4e,
        0x75,
        (byte) 0x8a,
        0x41,
        0x64,
        0x00,
        0x4e,
        0x56,
        (byte) 0xff,
        (byte) 0xfa,
        0x01,
        0x08,
        0x2e,
        0x2e,
        0x00,
        (byte) 0xb6,
        (byte) 0xd0,
        0x68,
        0x3e,
        (byte) 0x80,
        0x2f,
        0x0c,
        (byte) 0xa9,
        (byte) 0xfe,
        0x64,
        0x53,
        0x69,
        0x7a
    };

    private static final byte[] AES_SALT = "sAlT".getBytes(StandardCharsets.US_ASCII);
    private static final int VALIDATION_SALT = 32;
    private static final int KEY_SALT = 40;
    private static final int USER_OCTETS = 48;
    private static final int ROUNDS = 50;
    private static final int HARD_ROUNDS_MIN = 64;

    /** Rounds of the hardened hash that honest files need: 64 and a few, decided by chance. */
    private static final int HARD_ROUNDS_MAX = 2048;

    private enum Method {
        NONE,
        RC4,
        AES
    }

    private final PdfFile file;
    private final PdfValue.Dictionary given;
    private final byte[] id;
    private final int version;
    private final int revision;
    private Method streams = Method.RC4;
    private Method strings = Method.RC4;
    private byte @Nullable [] key;

    private PdfLock(PdfFile file, PdfValue.Dictionary given, byte[] id) {
        this.file = file;
        this.given = given;
        this.id = id;
        version = (int) number("V", 0);
        revision = (int) number("R", 2);
        if (version >= 4) {
            streams = method("StmF");
            strings = method("StrF");
        }
    }

    /** The lock of a file; null when it has none. */
    static @Nullable PdfLock of(PdfFile file, List<String> passwords) throws UnpackException {
        for (PdfValue.Dictionary trailer : file.trailers()) {
            if (file.resolve(trailer.get("Encrypt")) instanceof PdfValue.Dictionary given) {
                byte[] id = file.resolve(trailer.get("ID")) instanceof PdfValue.Array(List<PdfValue> ids)
                                && !ids.isEmpty()
                                && file.resolve(ids.getFirst()) instanceof PdfValue.Text(String first)
                        ? first.getBytes(StandardCharsets.ISO_8859_1)
                        : new byte[0];
                PdfLock lock = new PdfLock(file, given, id);
                lock.open(passwords);
                return lock;
            }
        }
        return null;
    }

    private long number(String name, long otherwise) {
        return file.resolve(given.get(name)) instanceof PdfValue.Numeral(long value) ? value : otherwise;
    }

    private byte[] octets(String name) {
        return file.resolve(given.get(name)) instanceof PdfValue.Text(String text)
                ? text.getBytes(StandardCharsets.ISO_8859_1)
                : new byte[0];
    }

    private Method method(String use) {
        if (file.resolve(given.get(use)) instanceof PdfValue.Name(String filter)
                && file.resolve(given.get("CF")) instanceof PdfValue.Dictionary filters
                && file.resolve(filters.get(filter)) instanceof PdfValue.Dictionary found
                && file.resolve(found.get("CFM")) instanceof PdfValue.Name(String method)) {
            return method.equals("V2") ? Method.RC4 : method.equals("None") ? Method.NONE : Method.AES;
        }
        return Method.NONE;
    }

    /** True when no password fits. */
    boolean isClosed() {
        return key == null;
    }

    private void open(List<String> passwords) throws UnpackException {
        List<String> tries = new ArrayList<>(List.of(""));
        tries.addAll(passwords.subList(0, Math.min(passwords.size(), PASSWORDS_MAX)));
        boolean standard = PdfFile.isName(file.resolve(given.get("Filter")), "Standard");
        if (!standard || version < 1 || version > 5) {
            return;
        }
        try {
            for (String password : tries) {
                byte[] octets = password.getBytes(version == 5 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1);
                key = version == 5 ? strongKey(octets) : key(octets);
                if (key != null) {
                    return;
                }
            }
        } catch (GeneralSecurityException unknown) {
            throw new UnpackException(Members.Reason.UNSUPPORTED, "encryption " + version);
        }
    }

    private byte @Nullable [] key(byte[] password) throws GeneralSecurityException {
        int length = revision < 3 ? 5 : Math.clamp(number("Length", 40) / 8, 5, 16);
        length = version == 4 ? 16 : length;
        byte[] padded = padded(password);
        MessageDigest md5 = MessageDigest.getInstance("MD5");
        md5.update(padded);
        md5.update(Arrays.copyOf(octets("O"), 32));
        int permissions = (int) number("P", 0);
        md5.update(new byte[] {
            (byte) permissions, (byte) (permissions >> 8), (byte) (permissions >> 16), (byte) (permissions >> 24)
        });
        md5.update(id);
        boolean plainMetadata = file.resolve(given.get("EncryptMetadata")) instanceof PdfValue.Word(String word)
                && word.equals("false");
        if (revision >= 4 && plainMetadata) {
            md5.update(new byte[] {-1, -1, -1, -1});
        }
        byte[] hash = md5.digest();
        for (int i = 0; i < ROUNDS && revision >= 3; i++) {
            hash = md5.digest(Arrays.copyOf(hash, length));
        }
        byte[] found = Arrays.copyOf(hash, length);
        byte[] user = octets("U");
        byte[] expected;
        if (revision < 3) {
            expected = new Rc4(found).apply(PADDING);
        } else {
            md5.update(PADDING);
            expected = md5.digest(id);
            for (int i = 0; i < 20; i++) {
                expected = new Rc4(mixed(found, i)).apply(expected);
            }
        }
        int compared = revision < 3 ? 32 : 16;
        boolean fits = user.length >= compared && Arrays.equals(user, 0, compared, expected, 0, compared);
        return fits ? found : null;
    }

    private static byte[] padded(byte[] password) {
        byte[] padded = Arrays.copyOf(password, 32);
        int length = Math.min(32, password.length);
        System.arraycopy(PADDING, 0, padded, length, 32 - length);
        return padded;
    }

    private static byte[] mixed(byte[] key, int with) {
        byte[] mixed = key.clone();
        for (int i = 0; i < mixed.length; i++) {
            mixed[i] ^= (byte) with;
        }
        return mixed;
    }

    private byte @Nullable [] strongKey(byte[] password) throws GeneralSecurityException {
        byte[] user = octets("U");
        byte[] packed = octets("UE");
        if (user.length < USER_OCTETS || packed.length < 32) {
            return null;
        }
        byte[] short127 = Arrays.copyOf(password, Math.min(127, password.length));
        byte[] check = hash(short127, Arrays.copyOfRange(user, VALIDATION_SALT, KEY_SALT));
        if (!Arrays.equals(check, 0, 32, user, 0, 32)) {
            return null;
        }
        byte[] middle = hash(short127, Arrays.copyOfRange(user, KEY_SALT, USER_OCTETS));
        Cipher cipher = Cipher.getInstance("AES/CBC/NoPadding");
        cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(middle, 0, 32, "AES"), new IvParameterSpec(new byte[16]));
        return cipher.doFinal(packed, 0, 32);
    }

    private byte[] hash(byte[] password, byte[] salt) throws GeneralSecurityException {
        MessageDigest sha = MessageDigest.getInstance("SHA-256");
        sha.update(password);
        byte[] k = sha.digest(salt);
        if (revision < 6) {
            return k;
        }
        byte[] e = {};
        for (int round = 0; round < HARD_ROUNDS_MIN || (e[e.length - 1] & 0xff) > round - 32; round++) {
            byte[] one = Arrays.copyOf(password, password.length + k.length);
            System.arraycopy(k, 0, one, password.length, k.length);
            byte[] many = new byte[one.length * 64];
            for (int i = 0; i < 64; i++) {
                System.arraycopy(one, 0, many, i * one.length, one.length);
            }
            Cipher cipher = Cipher.getInstance("AES/CBC/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(k, 0, 16, "AES"), new IvParameterSpec(k, 16, 16));
            e = cipher.doFinal(many);
            int sum = 0;
            for (int i = 0; i < 16; i++) {
                sum += e[i] & 0xff;
            }
            k = MessageDigest.getInstance(sum % 3 == 0 ? "SHA-256" : sum % 3 == 1 ? "SHA-384" : "SHA-512")
                    .digest(e);
            if (round > HARD_ROUNDS_MAX) {
                throw new GeneralSecurityException("too many rounds");
            }
        }
        return Arrays.copyOf(k, 32);
    }

    /** Where the octets of a stream are to be written so that they come out decrypted. */
    OutputStream streams(OutputStream out, PdfFile.Item item) throws UnpackException {
        boolean left = PdfFile.isName(item.dictionary().get("Type"), "XRef");
        return left ? out : decrypting(streams, out, item.number(), item.generation());
    }

    /** Where the octets of a string are to be written. */
    OutputStream strings(OutputStream out, int number, int generation) throws UnpackException {
        return decrypting(strings, out, number, generation);
    }

    private OutputStream decrypting(Method method, OutputStream out, int number, int generation)
            throws UnpackException {
        byte[] whole = key;
        if (method == Method.NONE || whole == null) {
            return out;
        }
        try {
            byte[] mine = whole;
            if (version < 5) {
                MessageDigest md5 = MessageDigest.getInstance("MD5");
                md5.update(whole);
                md5.update(new byte[] {
                    (byte) number,
                    (byte) (number >> 8),
                    (byte) (number >> 16),
                    (byte) generation,
                    (byte) (generation >> 8)
                });
                byte[] hash = method == Method.AES ? md5.digest(AES_SALT) : md5.digest();
                mine = Arrays.copyOf(hash, Math.min(16, whole.length + 5));
            }
            return method == Method.AES ? new AesFilter(out, mine) : new Rc4Filter(out, new Rc4(mine));
        } catch (GeneralSecurityException unknown) {
            throw new UnpackException(Members.Reason.UNSUPPORTED, "encryption " + version);
        }
    }

    /** The cipher RC4. */
    private static final class Rc4 {
        private final byte[] state = new byte[256];
        private int i;
        private int j;

        Rc4(byte[] key) {
            for (int at = 0; at < 256; at++) {
                state[at] = (byte) at;
            }
            int mix = 0;
            for (int at = 0; at < 256; at++) {
                mix = mix + state[at] + key[at % key.length] & 0xff;
                swap(at, mix);
            }
        }

        private void swap(int one, int two) {
            byte kept = state[one];
            state[one] = state[two];
            state[two] = kept;
        }

        byte[] apply(byte[] octets) {
            byte[] done = new byte[octets.length];
            for (int at = 0; at < octets.length; at++) {
                i = i + 1 & 0xff;
                j = j + state[i] & 0xff;
                swap(i, j);
                done[at] = (byte) (octets[at] ^ state[state[i] + state[j] & 0xff]);
            }
            return done;
        }
    }

    private static final class Rc4Filter extends OutputStream {
        private final OutputStream out;
        private final Rc4 cipher;

        Rc4Filter(OutputStream out, Rc4 cipher) {
            this.out = out;
            this.cipher = cipher;
        }

        @Override
        public void write(int octet) throws IOException {
            out.write(cipher.apply(new byte[] {(byte) octet}));
        }

        @Override
        public void write(byte[] octets, int from, int length) throws IOException {
            out.write(cipher.apply(Arrays.copyOfRange(octets, from, from + length)));
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }

    /** Takes the first block as the start value, and the padding off the last one. */
    private static final class AesFilter extends OutputStream {
        private static final int BLOCK = 16;

        private final OutputStream out;
        private final SecretKeySpec key;
        private final byte[] start = new byte[BLOCK];
        private int started;
        private @Nullable Cipher cipher;

        AesFilter(OutputStream out, byte[] key) {
            this.out = out;
            this.key = new SecretKeySpec(key, "AES");
        }

        @Override
        public void write(int octet) throws IOException {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] octets, int from, int length) throws IOException {
            int taken = Math.min(BLOCK - started, length);
            System.arraycopy(octets, from, start, started, taken);
            started += taken;
            try {
                Cipher ready = cipher;
                if (ready == null && started == BLOCK) {
                    ready = Cipher.getInstance("AES/CBC/PKCS5Padding");
                    ready.init(Cipher.DECRYPT_MODE, key, new IvParameterSpec(start));
                    cipher = ready;
                }
                byte[] plain = ready == null ? null : ready.update(octets, from + taken, length - taken);
                if (plain != null) {
                    out.write(plain);
                }
            } catch (GeneralSecurityException broken) {
                throw new UnpackException(Members.Reason.BROKEN, "encrypted octets");
            }
        }

        @Override
        public void close() throws IOException {
            Cipher ready = cipher;
            try {
                if (ready != null) {
                    out.write(ready.doFinal());
                }
            } catch (GeneralSecurityException cut) {
                // the last block is missing or no padding: what came before counts
            }
            out.close();
        }
    }
}
