package jp.genkan.protocols.quic;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/** Makes protected Initial packets, the other way round than {@link InitialProtection}. */
final class Sealer {
    private final int version;
    private final String sender;
    private final byte[] keyId;
    private int number;

    Sealer(int version, String sender, byte[] keyId) {
        this.version = version;
        this.sender = sender;
        this.keyId = keyId;
    }

    /** A packet to this id with these frames, its token empty. */
    byte[] initial(byte[] destination, byte[] frames) {
        QuicVersion known = QuicVersion.of(version);
        if (known == null) {
            throw new IllegalArgumentException("version " + version);
        }
        InitialProtection.Keys keys = InitialProtection.ofThread().keys(known, keyId, sender);
        int first = 0xc1 | (known == QuicVersion.V2 ? 0x10 : 0); // two octets of packet number
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        header.write(first);
        for (int shift = 24; shift >= 0; shift -= 8) {
            header.write(version >> shift);
        }
        header.write(destination.length);
        header.writeBytes(destination);
        header.write(0); // source id
        header.write(0); // token
        int length = 2 + frames.length + InitialProtection.TAG;
        header.write(0x40 | length >> 8);
        header.write(length);
        int numberAt = header.size();
        header.write(number >> 8);
        header.write(number);
        return seal(keys, header.toByteArray(), numberAt, frames);
    }

    private byte[] seal(InitialProtection.Keys keys, byte[] header, int numberAt, byte[] frames) {
        try {
            byte[] nonce = keys.nonce();
            nonce[10] ^= (byte) (number >> 8);
            nonce[11] ^= (byte) number++;
            Cipher payload = Cipher.getInstance("AES/GCM/NoPadding");
            payload.init(Cipher.ENCRYPT_MODE, keys.key(), new GCMParameterSpec(128, nonce));
            payload.updateAAD(header);
            ByteArrayOutputStream packet = new ByteArrayOutputStream();
            packet.writeBytes(header);
            packet.writeBytes(payload.doFinal(frames));
            byte[] sealed = packet.toByteArray();
            Cipher masks = Cipher.getInstance("AES/ECB/NoPadding");
            masks.init(Cipher.ENCRYPT_MODE, keys.headerKey());
            byte[] mask = masks.doFinal(sealed, numberAt + 4, 16);
            sealed[0] ^= (byte) (mask[0] & 0x0f);
            sealed[numberAt] ^= mask[1];
            sealed[numberAt + 1] ^= mask[2];
            return sealed;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A CRYPTO frame. */
    static byte[] crypto(int offset, byte[] stream, int from, int to) {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(6);
        frame.write(0x40 | offset >> 8);
        frame.write(offset);
        frame.write(0x40 | to - from >> 8);
        frame.write(to - from);
        frame.write(stream, from, to - from);
        return frame.toByteArray();
    }

    /** Octets one after the other. */
    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
