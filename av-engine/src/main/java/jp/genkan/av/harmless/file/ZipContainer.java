package jp.genkan.av.harmless.file;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import jp.genkan.av.harmless.Replaced.Form;
import jp.genkan.av.harmless.coding.Inflated;
import jp.genkan.av.harmless.coding.StoredDeflate;
import jp.genkan.av.harmless.form.TextForm;
import jp.genkan.av.scan.Detection;
import jp.genkan.av.unpack.LimitException;
import jp.genkan.protocols.mime.Charsets;
import org.jspecify.annotations.Nullable;

/**
 * Archives of zip: an infected member becomes a text of the same packed length, stored or as a stream of DEFLATE that is stored; its CRC and plain size change in all headers.
 * Documents that are archives are left alone: they cannot be opened when a part of them is something else.
 */
public final class ZipContainer implements Container {
    /** Members that are replaced one by one; an archive of more dies as a whole. */
    static final int MEMBERS_MAX = 1_000;

    private static final int LOCAL = 0x04034b50;
    private static final int CENTRAL = 0x02014b50;
    private static final int END = 0x06054b50;
    private static final int DESCRIPTOR = 0x08074b50;
    private static final int LOCAL_LENGTH = 30;
    private static final int CENTRAL_LENGTH = 46;
    private static final int END_LENGTH = 22;
    private static final int COMMENT_MAX = 65_535;
    private static final int STORED = 0;
    private static final int DEFLATED = 8;
    private static final int FLAG_ENCRYPTED = 1;
    private static final int FLAG_DESCRIPTOR = 8;

    private static final List<String> DOCUMENTS =
            List.of("[Content_Types].xml", "mimetype", "META-INF/MANIFEST.MF", "AndroidManifest.xml");

    /**
     * A member.
     *
     * @param central where its entry lies in the directory
     * @param local where its local header lies
     * @param data where its octets lie
     * @param packed how many
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Entry(int central, int local, int data, int packed, byte[] name) {
        String text() {
            return Charsets.decode(name, "");
        }
    }

    @Override
    public String format() {
        return "zip";
    }

    @Override
    public boolean recognises(byte[] file, @Nullable String name) {
        return file.length > END_LENGTH && at(file).getInt(0) == LOCAL;
    }

    private static ByteBuffer at(byte[] file) {
        return ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public byte @Nullable [] clean(byte[] file, Inside inside, FileCleaner files, Removal removal)
            throws LimitException {
        List<Entry> entries = entries(file);
        if (entries == null) {
            return null;
        }
        byte[] out = Arrays.copyOf(file, file.length);
        int mark = removal.mark();
        boolean isAnyKept = false;
        for (Entry entry : entries) {
            Detection detection =
                    entry.packed == 0 ? null : removal.infection(alone(file, entry), inside.name(), inside.formats());
            if (detection == null) {
                isAnyKept |= entry.packed > 0;
                continue;
            }
            Kept kept = replace(out, entry, detection, inside, files, removal);
            if (kept == Kept.NOT_REPLACED) {
                return null;
            }
            isAnyKept |= kept == Kept.IN_PART;
        }
        // where nothing of it is left the whole has more room to say so
        return isAnyKept || removal.mark() == mark ? out : null;
    }

    // ---- reading

    private static @Nullable List<Entry> entries(byte[] file) {
        ByteBuffer zip = at(file);
        int end = end(zip);
        if (end < 0) {
            return null;
        }
        int count = zip.getShort(end + 10) & 0xffff;
        long place = zip.getInt(end + 16) & 0xffff_ffffL;
        if (count == 0 || count > MEMBERS_MAX || place + CENTRAL_LENGTH > end) {
            return null;
        }
        List<Entry> entries = new ArrayList<>();
        int at = (int) place;
        long packed = 0;
        for (int i = 0; i < count; i++) {
            Entry entry = entry(file, zip, at, end);
            if (entry == null || DOCUMENTS.contains(entry.text())) {
                return null;
            }
            entries.add(entry);
            packed += entry.packed;
            at += CENTRAL_LENGTH + entry.name.length;
            at += (zip.getShort(entry.central + 30) & 0xffff) + (zip.getShort(entry.central + 32) & 0xffff);
        }
        // members that lie over each other are no honest archive's
        return packed > file.length ? null : entries;
    }

    private static int end(ByteBuffer zip) {
        int least = Math.max(0, zip.capacity() - END_LENGTH - COMMENT_MAX);
        for (int i = zip.capacity() - END_LENGTH; i >= least; i--) {
            if (zip.get(i) == 'P' && zip.getInt(i) == END) {
                return i;
            }
        }
        return -1;
    }

    private static @Nullable Entry entry(byte[] file, ByteBuffer zip, int at, int end) {
        if (at < 0 || at + CENTRAL_LENGTH > end || zip.getInt(at) != CENTRAL) {
            return null;
        }
        long packed = zip.getInt(at + 20) & 0xffff_ffffL;
        long local = zip.getInt(at + 42) & 0xffff_ffffL;
        int nameLength = zip.getShort(at + 28) & 0xffff;
        if (local + LOCAL_LENGTH > end || zip.getInt((int) local) != LOCAL || at + CENTRAL_LENGTH + nameLength > end) {
            return null;
        }
        int place = (int) local;
        int localName = zip.getShort(place + 26) & 0xffff;
        long data = local + LOCAL_LENGTH + localName + (zip.getShort(place + 28) & 0xffff);
        if (data + packed > end || localName != nameLength) {
            return null;
        }
        byte[] name = Arrays.copyOfRange(file, at + CENTRAL_LENGTH, at + CENTRAL_LENGTH + nameLength);
        return new Entry(at, place, (int) data, (int) packed, name);
    }

    /** An archive of one member only, so that whoever looks at it finds its method and password as in the whole. */
    private static byte[] alone(byte[] file, Entry entry) {
        ByteBuffer zip = at(file);
        int headLength = entry.data - entry.local;
        int centralLength = CENTRAL_LENGTH
                + entry.name.length
                + Math.min(
                        zip.getShort(entry.central + 30) & 0xffff,
                        file.length - entry.central - CENTRAL_LENGTH - entry.name.length);
        ByteBuffer out = ByteBuffer.allocate(headLength + entry.packed + centralLength + END_LENGTH)
                .order(ByteOrder.LITTLE_ENDIAN);
        out.put(file, entry.local, headLength + entry.packed);
        int directory = out.position();
        out.put(file, entry.central, centralLength);
        out.putShort(directory + 32, (short) 0).putInt(directory + 42, 0);
        out.putInt(END).putInt(0).putShort((short) 1).putShort((short) 1);
        out.putInt(centralLength).putInt(directory).putShort((short) 0);
        return out.array();
    }

    // ---- replacing

    /** What is left of a member. */
    private enum Kept {
        NOTHING,
        /** What is not infected inside it. */
        IN_PART,
        NOT_REPLACED
    }

    private static Kept replace(
            byte[] out, Entry entry, Detection detection, Inside inside, FileCleaner files, Removal removal)
            throws LimitException {
        int method = at(out).getShort(entry.central + 10) & 0xffff;
        boolean isPlain = (at(out).getShort(entry.central + 8) & FLAG_ENCRYPTED) == 0;
        String name = entry.text();
        if (isPlain && cleaned(out, entry, method, inside.member("zip", name), files, removal)) {
            return Kept.IN_PART;
        }
        byte[] stored;
        byte[] content;
        if (method == STORED) {
            content = text(removal, detection, name, entry.packed);
            stored = content;
        } else {
            StoredDeflate.Made made = StoredDeflate.of(entry.packed, room -> text(removal, detection, name, room));
            if (made == null) {
                return Kept.NOT_REPLACED;
            }
            stored = made.stream();
            content = made.content();
        }
        write(out, entry, stored, content, method == STORED ? STORED : DEFLATED);
        rename(out, entry);
        removal.replaced(inside.member("zip", name).path(), name, detection, Form.TEXT);
        return Kept.NOTHING;
    }

    private static byte[] text(Removal removal, Detection detection, String name, int room) {
        return TextForm.of(removal.explanation(detection, name), room, TextForm.Letters.MARKED_UTF8);
    }

    /** Replaces only what is infected inside a member that is a container itself. */
    private static boolean cleaned(
            byte[] out, Entry entry, int method, Inside member, FileCleaner files, Removal removal)
            throws LimitException {
        byte[] packed = Arrays.copyOfRange(out, entry.data, entry.data + entry.packed);
        byte[] plain = method == STORED ? packed : method == DEFLATED ? Inflated.raw(packed) : null;
        if (plain == null) {
            return false;
        }
        int mark = removal.mark();
        byte[] cleaned = files.members(plain, member, removal);
        if (cleaned == null) {
            return false;
        }
        byte[] stored = method == STORED ? cleaned : StoredDeflate.compressed(cleaned, entry.packed);
        if (stored == null) {
            removal.backTo(mark);
            return false;
        }
        write(out, entry, stored, cleaned, method);
        return true;
    }

    private static void write(byte[] out, Entry entry, byte[] stored, byte[] content, int method) {
        System.arraycopy(stored, 0, out, entry.data, stored.length);
        CRC32 crc = new CRC32();
        crc.update(content);
        int sum = (int) crc.getValue();
        ByteBuffer zip = at(out);
        int flags = zip.getShort(entry.local + 6);
        boolean isLate = (flags & FLAG_DESCRIPTOR) != 0;
        zip.putShort(entry.local + 6, (short) (flags & ~FLAG_ENCRYPTED));
        zip.putShort(entry.local + 8, (short) method);
        if (!isLate) {
            zip.putInt(entry.local + 14, sum).putInt(entry.local + 22, content.length);
        } else if (entry.data + entry.packed + 16 <= out.length) {
            int at = entry.data + entry.packed;
            at += zip.getInt(at) == DESCRIPTOR ? 4 : 0;
            if (zip.getInt(at + 4) == entry.packed) {
                zip.putInt(at, sum).putInt(at + 8, content.length);
            }
        }
        zip.putShort(entry.central + 8, (short) (zip.getShort(entry.central + 8) & ~FLAG_ENCRYPTED));
        zip.putShort(entry.central + 10, (short) method);
        zip.putInt(entry.central + 16, sum).putInt(entry.central + 24, content.length);
    }

    private static void rename(byte[] out, Entry entry) {
        byte[] name = TextNames.ofSameLength(entry.name);
        if (name != null) {
            System.arraycopy(name, 0, out, entry.local + LOCAL_LENGTH, name.length);
            System.arraycopy(name, 0, out, entry.central + CENTRAL_LENGTH, name.length);
        }
    }
}
