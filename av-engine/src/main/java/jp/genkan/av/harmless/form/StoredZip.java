package jp.genkan.av.harmless.form;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/**
 * Writes an archive of stored members (APPNOTE.TXT): its length is known before its octets are.
 *
 * <p>Thread rule: one owner.
 */
final class StoredZip {
    private static final int LOCAL_LENGTH = 30;
    private static final int CENTRAL_LENGTH = 46;
    private static final int END_LENGTH = 22;

    /** 1.0; the first day that a date can say. */
    private static final short VERSION = 10;

    private static final short DATE = 0x21;

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Member(byte[] name, byte[] octets) {}

    private final List<Member> members = new ArrayList<>();

    /** What an archive of such names needs besides its members' octets. */
    static int overhead(List<String> names) {
        int length = END_LENGTH;
        for (String name : names) {
            length += LOCAL_LENGTH + CENTRAL_LENGTH + 2 * name.length();
        }
        return length;
    }

    /** Adds a member with a name in ASCII. */
    void add(String name, byte[] octets) {
        members.add(new Member(name.getBytes(StandardCharsets.US_ASCII), octets));
    }

    byte[] octets() {
        int length = END_LENGTH;
        for (Member member : members) {
            length += LOCAL_LENGTH + CENTRAL_LENGTH + 2 * member.name.length + member.octets.length;
        }
        ByteBuffer out = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        List<Integer> places = new ArrayList<>();
        for (Member member : members) {
            places.add(out.position());
            out.putInt(0x04034b50).putShort(VERSION);
            fields(out, member);
            out.put(member.name).put(member.octets);
        }
        int directory = out.position();
        for (int i = 0; i < members.size(); i++) {
            Member member = members.get(i);
            out.putInt(0x02014b50).putShort(VERSION).putShort(VERSION);
            fields(out, member);
            out.putShort((short) 0)
                    .putShort((short) 0)
                    .putShort((short) 0)
                    .putInt(0)
                    .putInt(places.get(i));
            out.put(member.name);
        }
        int end = out.position();
        short count = (short) members.size();
        out.putInt(0x06054b50)
                .putShort((short) 0)
                .putShort((short) 0)
                .putShort(count)
                .putShort(count);
        out.putInt(end - directory).putInt(directory).putShort((short) 0);
        return out.array();
    }

    private static void fields(ByteBuffer out, Member member) {
        CRC32 crc = new CRC32();
        crc.update(member.octets);
        out.putShort((short) 0).putShort((short) 0).putShort((short) 0).putShort(DATE);
        out.putInt((int) crc.getValue()).putInt(member.octets.length).putInt(member.octets.length);
        out.putShort((short) member.name.length).putShort((short) 0);
    }
}
