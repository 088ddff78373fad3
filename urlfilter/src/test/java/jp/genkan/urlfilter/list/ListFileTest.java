package jp.genkan.urlfilter.list;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListFileTest {
    @TempDir
    Path folder;

    static byte[] gz(byte[] plain) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(plain);
        }
        return packed.toByteArray();
    }

    /** An archive in the form of ustar: path and content by turns. */
    static byte[] tar(String... members) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < members.length; i += 2) {
            byte[] content = members[i + 1].getBytes(StandardCharsets.UTF_8);
            out.writeBytes(head(members[i], content.length, '0'));
            out.writeBytes(Arrays.copyOf(content, (content.length + 511) / 512 * 512));
        }
        out.writeBytes(new byte[1024]);
        return out.toByteArray();
    }

    static byte[] head(String path, int size, char type) {
        byte[] head = new byte[512];
        put(head, 0, path);
        put(head, 100, "0000644\0");
        put(head, 124, String.format("%011o\0", size));
        put(head, 148, "        ");
        head[156] = (byte) type;
        put(head, 257, "ustar\00000");
        int sum = 0;
        for (byte octet : head) {
            sum += octet & 0xff;
        }
        put(head, 148, String.format("%06o\0 ", sum));
        return head;
    }

    private static void put(byte[] head, int at, String text) {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(octets, 0, head, at, octets.length);
    }

    private static final String[] UT1 = {
        "blacklists/games/domains", "game.example\n",
        "blacklists/games/urls", "site.example/games/\nwhole.example\n",
        "blacklists/games/usage", "black\n",
        "blacklists/adult/domains", "adult.example\n192.0.2.1\n",
        "blacklists/adult/expressions", "(sex|xxx)\n",
        "README", "nothing\n"
    };

    @Test
    void readsUt1AsAnArchive() throws IOException {
        for (byte[] archive : new byte[][] {tar(UT1), gz(tar(UT1))}) {
            RecordedRows list = RecordedRows.of(ListFormat.AUTO, "all.tar.gz", archive);
            assertThat(list.rows)
                    .containsExactly(
                            "[games/domains]",
                            "CATEGORY_DOMAIN game.example",
                            "[games/urls]",
                            "PATHS site.example/games/",
                            "CATEGORY_DOMAIN whole.example",
                            "[adult/domains]",
                            "CATEGORY_DOMAIN adult.example",
                            "CATEGORY_DOMAIN 192.0.2.1",
                            "[adult/expressions]");
            assertThat(list.problems).containsExactly("1: expressions are not supported: '(sex|xxx)'");
        }
    }

    @Test
    void readsUt1AsAFolder() throws IOException {
        for (int i = 0; i < UT1.length; i += 2) {
            Path file = folder.resolve(UT1[i]);
            Files.createDirectories(file.getParent());
            Files.writeString(file, UT1[i + 1]);
        }
        RecordedRows list = new RecordedRows();
        new ListFile(folder.resolve("blacklists"), ListFormat.UT1, RecordedRows.LIMITS, (category, member) -> {
                    list.rows.add("[" + category + "]");
                    return list;
                })
                .read();
        assertThat(list.rows)
                .containsExactly(
                        "[adult]",
                        "CATEGORY_DOMAIN adult.example",
                        "CATEGORY_DOMAIN 192.0.2.1",
                        "[adult]",
                        "[games]",
                        "CATEGORY_DOMAIN game.example",
                        "[games]",
                        "PATHS site.example/games/",
                        "CATEGORY_DOMAIN whole.example");
    }

    @Test
    void readsPackedListsWhateverTheirName() throws IOException {
        byte[] packed = gz("||bad.example^\n".getBytes(StandardCharsets.UTF_8));
        assertThat(RecordedRows.of(ListFormat.AUTO, "list", packed).rows).containsExactly("WHOLE_DOMAIN bad.example");
    }

    @Test
    void takesLongNamesOfArchives() throws IOException {
        String path = "x/".repeat(80) + "games/domains";
        byte[] name = Arrays.copyOf(path.getBytes(StandardCharsets.UTF_8), 512);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(head("././@LongLink", path.length() + 1, 'L'));
        out.writeBytes(name);
        out.writeBytes(tar("cut", "game.example\n"));
        assertThat(RecordedRows.of(ListFormat.AUTO, "all.tar", out.toByteArray()).rows)
                .containsExactly("[games/domains]", "CATEGORY_DOMAIN game.example");
    }

    @Test
    void refusesWhatIsDamagedOrTooLarge() throws IOException {
        byte[] archive = tar(UT1);
        assertThatThrownBy(() -> RecordedRows.of(ListFormat.AUTO, "a.tar", Arrays.copyOf(archive, 700)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("the archive is cut off");
        byte[] packed = gz(archive);
        assertThatThrownBy(() -> RecordedRows.of(ListFormat.AUTO, "a.tar", Arrays.copyOf(packed, packed.length / 2)))
                .isInstanceOf(IOException.class);
        byte[] bomb = gz(new byte[3 << 20]);
        assertThatThrownBy(() -> RecordedRows.of(ListFormat.DOMAINS, "bomb.gz", bomb))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("larger than 1048576 octets");
    }
}
