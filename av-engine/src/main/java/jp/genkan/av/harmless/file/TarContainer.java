package jp.genkan.av.harmless.file;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import jp.genkan.av.harmless.Replaced.Form;
import jp.genkan.av.harmless.form.Forms;
import jp.genkan.av.harmless.form.TextForm;
import jp.genkan.av.scan.Detection;
import jp.genkan.av.unpack.LimitException;
import org.jspecify.annotations.Nullable;

/** Archives of tar (POSIX ustar, GNU): the octets of an infected member become a text, its header stays. */
public final class TarContainer implements Container {
    static final int MEMBERS_MAX = 1_000;

    private static final int BLOCK = 512;
    private static final int NAME_LENGTH = 100;
    private static final int SIZE_AT = 124;
    private static final int SIZE_LENGTH = 12;
    private static final int TYPE_AT = 156;
    private static final int MAGIC_AT = 257;

    @Override
    public String format() {
        return "tar";
    }

    @Override
    public boolean recognises(byte[] file, @Nullable String name) {
        return file.length >= 2 * BLOCK && new String(file, MAGIC_AT, 5, StandardCharsets.ISO_8859_1).equals("ustar");
    }

    @Override
    public byte @Nullable [] clean(byte[] file, Inside inside, FileCleaner files, Removal removal)
            throws LimitException {
        byte[] out = Arrays.copyOf(file, file.length);
        int at = 0;
        boolean isAnyKept = false;
        for (int members = 0; at + BLOCK <= file.length && file[at] != 0; members++) {
            long size = size(file, at);
            if (members >= MEMBERS_MAX || size < 0 || size > file.length - at - BLOCK) {
                return null;
            }
            int from = at + BLOCK;
            int to = from + (int) size;
            if ((file[at + TYPE_AT] == '0' || file[at + TYPE_AT] == 0 || file[at + TYPE_AT] == '7') && size > 0) {
                isAnyKept |= member(out, from, to, inside.member("tar", name(file, at)), files, removal);
            }
            at = from + (int) ((size + BLOCK - 1) / BLOCK * BLOCK);
            if (at < from) {
                return null;
            }
        }
        return isAnyKept ? out : null;
    }

    /** Replaces a member that is infected; true when anything of it is kept. */
    private static boolean member(byte[] out, int from, int to, Inside member, FileCleaner files, Removal removal)
            throws LimitException {
        Detection detection = removal.infection(out, from, to, member.name(), member.formats());
        if (detection == null) {
            return true;
        }
        byte[] octets = Arrays.copyOfRange(out, from, to);
        byte[] cleaned = files.members(octets, member, removal);
        boolean isKept = cleaned != null;
        if (cleaned == null) {
            cleaned = TextForm.of(
                    removal.explanation(detection, member.name()), octets.length, TextForm.Letters.MARKED_UTF8);
            removal.replaced(member.path(), member.name(), detection, Forms.isBlank(cleaned) ? Form.BLANK : Form.TEXT);
        }
        System.arraycopy(cleaned, 0, out, from, cleaned.length);
        return isKept;
    }

    private static String name(byte[] file, int at) {
        int end = at;
        while (end < at + NAME_LENGTH && file[end] != 0) {
            end++;
        }
        return new String(file, at, end - at, StandardCharsets.UTF_8);
    }

    /** A size in octal digits; -1 when it is none. */
    private static long size(byte[] file, int at) {
        long size = 0;
        boolean hasDigits = false;
        for (int i = at + SIZE_AT; i < at + SIZE_AT + SIZE_LENGTH; i++) {
            if (file[i] >= '0' && file[i] <= '7') {
                size = size * 8 + file[i] - '0';
                hasDigits = true;
            } else if (file[i] != ' ' && file[i] != 0) {
                return -1;
            }
        }
        return hasDigits ? size : -1;
    }
}
