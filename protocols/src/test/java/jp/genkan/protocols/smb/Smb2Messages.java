package jp.genkan.protocols.smb;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes messages of SMB 2 by [MS-SMB2] §2.2, as texts of Latin-1 for a test's dialogue. */
final class Smb2Messages {
    static final long SESSION = 0x1000;
    private static final int HEADER = 64;

    private Smb2Messages() {}

    private static ByteBuffer message(int command, int flags, long status, long id, long tree, int body) {
        ByteBuffer out = ByteBuffer.allocate(HEADER + body).order(ByteOrder.LITTLE_ENDIAN);
        out.put((byte) 0xfe).put((byte) 'S').put((byte) 'M').put((byte) 'B').putShort((short) 64);
        out.putInt(8, (int) status)
                .putShort(12, (short) command)
                .putInt(16, flags)
                .putLong(24, id)
                .putInt(36, (int) tree)
                .putLong(40, SESSION);
        return out;
    }

    private static ByteBuffer request(int command, long id, long tree, int body) {
        return message(command, 0, 0, id, tree, body);
    }

    private static ByteBuffer response(int command, long status, long id, long tree, int body) {
        return message(command, 1, status, id, tree, body);
    }

    static String latin(byte[] octets) {
        return new String(octets, StandardCharsets.ISO_8859_1);
    }

    static byte[] bytes(String latin) {
        return latin.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String text(ByteBuffer message) {
        byte[] octets = new byte[message.capacity()];
        message.get(0, octets);
        return latin(octets);
    }

    /** A record of these messages; more than one are chained, each at a multiple of eight. */
    static String record(String... messages) {
        StringBuilder all = new StringBuilder();
        for (int index = 0; index < messages.length; index++) {
            byte[] octets = bytes(messages[index]);
            if (index + 1 < messages.length) {
                int padded = octets.length + 7 & ~7;
                ByteBuffer out = ByteBuffer.allocate(padded).order(ByteOrder.LITTLE_ENDIAN);
                out.put(octets).putInt(20, padded);
                octets = out.array();
            }
            all.append(latin(octets));
        }
        byte[] header = {0, (byte) (all.length() >> 16), (byte) (all.length() >> 8), (byte) all.length()};
        return latin(header) + all;
    }

    static String related(String message) {
        byte[] octets = bytes(message);
        octets[16] |= 4;
        return latin(octets);
    }

    static String async(String message) {
        byte[] octets = bytes(message);
        octets[16] |= 2;
        return latin(octets);
    }

    static String negotiate(long id) {
        ByteBuffer out = request(0, id, 0, 40)
                .putShort(64, (short) 36)
                .putShort(66, (short) 2)
                .putLong(76, 1)
                .putLong(84, 2);
        return text(out.putShort(100, (short) 0x0202).putShort(102, (short) 0x0311));
    }

    static String negotiated(long id) {
        ByteBuffer out = response(0, 0, id, 0, 64).putShort(64, (short) 65).putShort(68, (short) 0x0311);
        return text(out.putLong(72, 3).putLong(80, 4).putInt(96, 8_388_608).putInt(100, 1_048_576));
    }

    static String sessionSetup(long id, byte[] blob) {
        return text(request(1, id, 0, 24 + blob.length)
                .putShort(76, (short) 88)
                .putShort(78, (short) blob.length)
                .put(88, blob));
    }

    static String sessionMade(long id, long status, int flags) {
        return text(response(1, status, id, 0, 8).putShort(66, (short) flags));
    }

    static String connect(long id, String share) {
        byte[] path = share.getBytes(StandardCharsets.UTF_16LE);
        return text(request(3, id, 0, 8 + path.length)
                .putShort(68, (short) 72)
                .putShort(70, (short) path.length)
                .put(72, path));
    }

    static String connected(long id, long tree, int type) {
        return text(response(3, 0, id, tree, 16).put(66, (byte) type));
    }

    static String opening(long id, long tree, String name, int options) {
        byte[] path = name.getBytes(StandardCharsets.UTF_16LE);
        ByteBuffer out = request(5, id, tree, 56 + Math.max(1, path.length))
                .putInt(100, 5)
                .putInt(104, options);
        return text(out.putShort(108, (short) 120)
                .putShort(110, (short) path.length)
                .put(120, path));
    }

    static String created(long id, long tree, long file, long size) {
        return text(response(5, 0, id, tree, 88)
                .putLong(72, 132_000_000_000_000_000L)
                .putLong(112, size)
                .putLong(128, file)
                .putLong(136, file));
    }

    static String failed(int command, long id, long tree, long status) {
        return text(response(command, status, id, tree, 9));
    }

    static String done(int command, long id, long tree) {
        return text(response(command, 0, id, tree, 60));
    }

    static String write(long id, long tree, long file, long place, String octets) {
        byte[] data = bytes(octets);
        ByteBuffer out = request(9, id, tree, 48 + data.length)
                .putShort(66, (short) 112)
                .putInt(68, data.length)
                .putLong(72, place);
        return text(out.putLong(80, file).putLong(88, file).put(112, data));
    }

    static String read(long id, long tree, long file, long place, int length) {
        return text(request(8, id, tree, 49)
                .putInt(68, length)
                .putLong(72, place)
                .putLong(80, file)
                .putLong(88, file));
    }

    static String octets(long id, long tree, String octets) {
        byte[] data = bytes(octets);
        return text(response(8, 0, id, tree, 16 + data.length)
                .put(66, (byte) 80)
                .putInt(68, data.length)
                .put(80, data));
    }

    static String close(long id, long tree, long file) {
        return text(request(6, id, tree, 24).putLong(72, file).putLong(80, file));
    }

    static String setInfo(long id, long tree, long file, int level, byte[] content) {
        ByteBuffer out =
                request(17, id, tree, 32 + content.length).put(66, (byte) 1).put(67, (byte) level);
        return text(out.putInt(68, content.length)
                .putShort(72, (short) 96)
                .putLong(80, file)
                .putLong(88, file)
                .put(96, content));
    }

    static byte[] newName(String name) {
        byte[] path = name.getBytes(StandardCharsets.UTF_16LE);
        return ByteBuffer.allocate(20 + path.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(16, path.length)
                .put(20, path)
                .array();
    }

    static String transceive(long id, long tree, long file, String octets) {
        byte[] data = bytes(octets);
        ByteBuffer out = request(11, id, tree, 56 + data.length)
                .putInt(68, 0x0011_c017)
                .putLong(72, file)
                .putLong(80, file);
        return text(out.putInt(88, 120).putInt(92, data.length).put(120, data));
    }

    static String transceived(long id, long tree, String octets) {
        byte[] data = bytes(octets);
        ByteBuffer out = response(11, 0, id, tree, 48 + data.length).putInt(68, 0x0011_c017);
        return text(out.putInt(96, 112).putInt(100, data.length).put(112, data));
    }

    static byte[] ntlm(String domain, String user, String host) {
        byte[][] texts = {
            domain.getBytes(StandardCharsets.UTF_16LE),
            user.getBytes(StandardCharsets.UTF_16LE),
            host.getBytes(StandardCharsets.UTF_16LE)
        };
        ByteBuffer out = ByteBuffer.allocate(88 + texts[0].length + texts[1].length + texts[2].length)
                .order(ByteOrder.LITTLE_ENDIAN);
        out.put(bytes("NTLMSSP\0")).putInt(3);
        int at = 88;
        for (int index = 0; index < texts.length; index++) {
            out.putShort(28 + 8 * index, (short) texts[index].length)
                    .putInt(32 + 8 * index, at)
                    .put(at, texts[index]);
            at += texts[index].length;
        }
        return out.putInt(60, 0x0200_0001)
                .put(64, (byte) 10)
                .putShort(66, (short) 19041)
                .put(71, (byte) 15)
                .array();
    }

    /** A PDU of DCE/RPC: a binding of one interface in context 0, its acknowledgement, a call, an answer. */
    static String rpc(int type, int callId, int opnum, int stub) {
        int length = switch (type) {
            case 11 -> 72;
            case 12 -> 56;
            default -> 24 + stub;
        };
        ByteBuffer out = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        out.put((byte) 5)
                .put((byte) 0)
                .put((byte) type)
                .put((byte) 3)
                .put((byte) 0x10)
                .putShort(8, (short) length)
                .putInt(12, callId);
        if (type == 11) {
            out.put(24, (byte) 1)
                    .put(30, (byte) 1)
                    .putInt(32, 0x12345778)
                    .putShort(36, (short) 0x1234)
                    .putShort(38, (short) 0xabcd);
            out.put(40, bytes("\u00ef\0\1#Eg\u0089\u00ac")).putShort(48, (short) 1);
        } else if (type == 12) {
            out.putShort(24, (short) 2).put(28, (byte) 1);
        } else {
            out.putShort(22, (short) opnum);
        }
        return latin(out.array());
    }
}
