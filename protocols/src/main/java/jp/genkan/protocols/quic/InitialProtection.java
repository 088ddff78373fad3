package jp.genkan.protocols.quic;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Takes the protection off Initial packets (RFC 9001 §5). Their keys follow from the client's first connection id, so that anyone on the path can read
 * them.
 *
 * <p>Thread rule: {@link #ofThread} gives each thread its own, because ciphers are costly to make and cannot be shared.
 */
final class InitialProtection {
    static final int TAG = 16;

    private static final ThreadLocal<InitialProtection> OF_THREAD = ThreadLocal.withInitial(InitialProtection::new);
    private static final int KEY = 16;
    private static final int NONCE = 12;
    private static final int SECRET = 32;
    private static final int SAMPLE = 16;

    private final Mac hmac;
    private final Cipher header;
    private final Cipher payload;
    private final byte[] mask = new byte[SAMPLE];
    private byte[] plain = new byte[2048]; // grows to the longest packet, at most a datagram

    /** Keys of one direction. */
    static final class Keys {
        private final SecretKeySpec key;
        private final byte[] iv;
        private final SecretKeySpec headerKey;

        Keys(SecretKeySpec key, byte[] iv, SecretKeySpec headerKey) {
            this.key = key;
            this.iv = iv;
            this.headerKey = headerKey;
        }

        SecretKeySpec key() {
            return key;
        }

        /** A copy, into which the packet number can be put. */
        byte[] nonce() {
            return iv.clone();
        }

        SecretKeySpec headerKey() {
            return headerKey;
        }
    }

    private InitialProtection() {
        try {
            hmac = Mac.getInstance("HmacSHA256");
            header = Cipher.getInstance("AES/ECB/NoPadding");
            payload = Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has AES", e);
        }
    }

    static InitialProtection ofThread() {
        return OF_THREAD.get();
    }

    /**
     * Keys of a direction.
     *
     * @param connectionId the destination's, of the client's first packet
     * @param sender "client" or "server"
     */
    Keys keys(QuicVersion version, byte[] connectionId, String sender) {
        byte[] initial = hmac(version.salt(), connectionId);
        byte[] secret = expand(initial, sender + " in", SECRET);
        return new Keys(
                new SecretKeySpec(expand(secret, version.label("key"), KEY), "AES"),
                expand(secret, version.label("iv"), NONCE),
                new SecretKeySpec(expand(secret, version.label("hp"), KEY), "AES"));
    }

    /** HKDF-Expand-Label of RFC 8446 §7.1, for what one block of HMAC gives. */
    private byte[] expand(byte[] secret, String label, int length) {
        byte[] name = ("tls13 " + label).getBytes(StandardCharsets.US_ASCII);
        byte[] info = new byte[2 + 1 + name.length + 1 + 1];
        info[1] = (byte) length;
        info[2] = (byte) name.length;
        System.arraycopy(name, 0, info, 3, name.length);
        info[info.length - 1] = 1; // the first block
        return Arrays.copyOf(hmac(secret, info), length);
    }

    private byte[] hmac(byte[] key, byte[] text) {
        try {
            hmac.init(new SecretKeySpec(key, "HmacSHA256"));
            return hmac.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HMAC takes any key", e);
        }
    }

    /** What was opened last; replaced by the next {@link #open}. */
    byte[] plain() {
        return plain;
    }

    /**
     * Opens a packet.
     *
     * @param from index of the packet's first octet
     * @param numberAt index of its packet number
     * @param to index behind the packet
     * @return octets of {@link #plain}; -1 when the packet was not made with these keys
     */
    int open(Keys keys, byte[] octets, int from, int numberAt, int to) {
        int sampleAt = numberAt + 4;
        if (sampleAt + SAMPLE > to) {
            return -1;
        }
        try {
            header.init(Cipher.ENCRYPT_MODE, keys.headerKey());
            header.doFinal(octets, sampleAt, SAMPLE, mask);
            int first = octets[from] ^ mask[0] & 0x0f;
            int numberLength = (first & 3) + 1;
            byte[] associated = Arrays.copyOfRange(octets, from, numberAt + numberLength);
            associated[0] = (byte) first;
            byte[] nonce = keys.nonce();
            for (int i = 0; i < numberLength; i++) {
                int at = associated.length - numberLength + i;
                associated[at] ^= mask[1 + i];
                nonce[NONCE - numberLength + i] ^= associated[at];
            }
            int sealed = to - numberAt - numberLength;
            if (sealed < TAG) {
                return -1;
            }
            if (plain.length < sealed) {
                plain = new byte[sealed];
            }
            payload.init(Cipher.DECRYPT_MODE, keys.key(), new GCMParameterSpec(TAG * 8, nonce));
            payload.updateAAD(associated);
            return payload.doFinal(octets, numberAt + numberLength, sealed, plain, 0);
        } catch (GeneralSecurityException e) { // the tag does not fit
            return -1;
        }
    }
}
