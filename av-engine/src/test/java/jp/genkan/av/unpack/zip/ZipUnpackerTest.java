package jp.genkan.av.unpack.zip;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.util.Arrays;
import jp.genkan.av.unpack.LimitException;
import jp.genkan.av.unpack.Members.Reason;
import jp.genkan.av.unpack.Samples;
import jp.genkan.av.unpack.Unpacking;
import org.junit.jupiter.api.Test;

class ZipUnpackerTest {
    private static final byte[] PLAIN = Samples.text(300);

    private static Unpacking unpack(byte[] zip, String... passwords) {
        return Unpacking.of(new ZipUnpacker(), zip, passwords);
    }

    @Test
    void readsMembersWithDataDescriptors() throws IOException {
        Unpacking unpacking = unpack(Samples.zip("a.txt", PLAIN));
        assertThat(unpacking.end()).isNull();
        assertThat(unpacking.members().names()).containsExactly("a.txt");
        assertThat(unpacking.members().octets().getFirst()).isEqualTo(PLAIN);
    }

    @Test
    void readsMembersOfWhichNoDirectoryTells() throws IOException {
        byte[] zip = Samples.zip("a.txt", PLAIN);
        int directory = new String(zip, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf("PK\1\2");
        Unpacking unpacking = unpack(Arrays.copyOf(zip, directory));
        assertThat(unpacking.members().named("a.txt")).isEqualTo(PLAIN);
    }

    @Test
    void readsAnArchiveBehindAProgram() throws IOException {
        byte[] program = new byte[10_000];
        program[0] = 'M';
        Unpacking unpacking = unpack(Samples.join(program, Samples.zip("a.txt", PLAIN)));
        assertThat(unpacking.members().named("a.txt")).isEqualTo(PLAIN);
        assertThat(unpacking.members().names()).hasSize(1);
    }

    @Test
    void readsAHiddenArchiveBeforeTheOneThatTheDirectoryTellsOf() throws IOException {
        Unpacking unpacking = unpack(Samples.join(Samples.zip("hidden", PLAIN), Samples.zip("shown", PLAIN)));
        assertThat(unpacking.members().names()).containsExactlyInAnyOrder("hidden", "shown");
    }

    @Test
    void looksAtBothNamesWhenHeadersDiffer() throws IOException {
        byte[] zip = Samples.zip("a.txt", PLAIN);
        zip[30] = 'b';
        Unpacking unpacking = unpack(zip);
        assertThat(unpacking.members().names()).containsExactly("a.txt", "b.txt");
    }

    @Test
    void readsNamesInShiftJis() throws IOException {
        Unpacking unpacking = unpack(Samples.zip(Charset.forName("windows-31j"), "請求書.exe", PLAIN));
        assertThat(unpacking.members().names()).containsExactly("請求書.exe");
    }

    @Test
    void decryptsWithAKnownPassword() {
        byte[] zip = Samples.encryptedZip("secret", PLAIN);
        assertThat(unpack(zip, "wrong", "secret").members().named("a.txt")).isEqualTo(PLAIN);
        assertThat(unpack(zip, "wrong").members().reasons()).containsEntry("a.txt", Reason.ENCRYPTED);
    }

    @Test
    void membersThatOverlapEndAsABomb() throws IOException {
        byte[] one = Samples.zip("x", Samples.join(PLAIN, new byte[8 << 20]));
        int directory = new String(one, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf("PK\1\2");
        ByteArrayOutputStream zip = new ByteArrayOutputStream();
        zip.write(one, 0, directory);
        int entries = 2000;
        for (int i = 0; i < entries; i++) {
            byte[] entry = Arrays.copyOfRange(one, directory, directory + 47);
            entry[46] = (byte) ('a' + i % 26);
            ByteBuffer.wrap(entry).order(ByteOrder.LITTLE_ENDIAN).putInt(20, directory - 60 - i);
            zip.writeBytes(entry);
        }
        zip.writeBytes(ByteBuffer.allocate(22)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(0x06054b50)
                .putInt(0)
                .putShort((short) entries)
                .putShort((short) entries)
                .putInt(entries * 47)
                .putInt(directory)
                .array());
        Unpacking unpacking = unpack(zip.toByteArray());
        assertThat(unpacking.end()).isInstanceOf(LimitException.class);
    }

    @Test
    void everyTruncationEndsWithWhatCame() throws IOException {
        byte[] zip = Samples.zip("a.txt", PLAIN);
        for (int length = 0; length < zip.length; length += 61) {
            Unpacking unpacking = unpack(Arrays.copyOf(zip, length));
            for (byte[] member : unpacking.members().octets()) {
                assertThat(member).isEqualTo(Arrays.copyOf(PLAIN, member.length));
            }
        }
    }
}
