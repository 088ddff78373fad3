package jp.genkan.appliance.engine;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import jp.genkan.core.frame.Address;

/** Messages that say names: DNS and the hello of TLS. */
final class Names {
    private Names() {}

    private static ByteBuffer labels(ByteBuffer out, String name) {
        for (String label : name.split("\\.", -1)) {
            out.put((byte) label.length()).put(label.getBytes(StandardCharsets.ISO_8859_1));
        }
        return out.put((byte) 0);
    }

    private static byte[] cut(ByteBuffer out) {
        byte[] octets = new byte[out.position()];
        out.get(0, octets);
        return octets;
    }

    static byte[] query(String name, int type) {
        ByteBuffer out = ByteBuffer.allocate(512).putShort((short) 0x4711).putShort((short) 0x0100);
        out.putShort((short) 1).putShort((short) 0).putShort((short) 0).putShort((short) 0);
        return cut(labels(out, name).putShort((short) type).putShort((short) 1));
    }

    static byte[] answer(String name, String address) {
        ByteBuffer out = ByteBuffer.allocate(512).putShort((short) 0x4711).putShort((short) 0x8180);
        out.putShort((short) 1).putShort((short) 1).putShort((short) 0).putShort((short) 0);
        labels(out, name).putShort((short) 1).putShort((short) 1);
        out.putShort((short) 0xc00c)
                .putShort((short) 1)
                .putShort((short) 1)
                .putInt(60)
                .putShort((short) 4);
        return cut(out.put(Address.parse(address).toBytes()));
    }

    /** A hello of TLS 1.3 with this name, or none, and perhaps something that may be an encrypted hello. */
    static byte[] hello(String name, boolean encrypted) {
        ByteBuffer extensions = ByteBuffer.allocate(512);
        if (!name.isEmpty()) {
            byte[] octets = name.getBytes(StandardCharsets.ISO_8859_1);
            extensions.putShort((short) 0).putShort((short) (octets.length + 5));
            extensions
                    .putShort((short) (octets.length + 3))
                    .put((byte) 0)
                    .putShort((short) octets.length)
                    .put(octets);
        }
        extensions.putShort((short) 43).putShort((short) 3).put((byte) 2).putShort((short) 0x0304);
        if (encrypted) {
            extensions.putShort((short) 0xfe0d).putShort((short) 8).putLong(0x0000_0100_0100_0000L);
        }
        byte[] all = cut(extensions);
        int body = 2 + 32 + 1 + 2 + 4 + 2 + 2 + all.length;
        ByteBuffer out = ByteBuffer.allocate(1_024).put((byte) 22).putShort((short) 0x0301);
        out.putShort((short) (body + 4)).put((byte) 1).put((byte) 0).putShort((short) body);
        out.putShort((short) 0x0303).put(new byte[32]).put((byte) 0);
        out.putShort((short) 4).putShort((short) 0x1301).putShort((short) 0x1302);
        out.put((byte) 1).put((byte) 0).putShort((short) all.length).put(all);
        return cut(out);
    }
}
