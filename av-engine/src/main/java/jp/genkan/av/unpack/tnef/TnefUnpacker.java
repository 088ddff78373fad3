package jp.genkan.av.unpack.tnef;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import jp.genkan.av.content.Content;
import jp.genkan.av.scan.FileFacts;
import jp.genkan.av.unpack.Members;
import jp.genkan.av.unpack.UnpackException;
import jp.genkan.av.unpack.Unpacker;
import org.jspecify.annotations.Nullable;

/**
 * TNEF streams: attachments, whose octets stand in an attribute of their own or in a property, and the texts of the mail.
 *
 * <p>Thread rule: no state, any thread.
 */
public final class TnefUnpacker implements Unpacker {
    private static final long SIGNATURE = 0x223e9f78L;
    private static final int FIRST_ATTRIBUTE = 6;
    private static final int HEAD = 9;
    private static final int CHECKSUM = 2;
    private static final int BODY = 0x800c;
    private static final int TITLE = 0x8010;
    private static final int DATA = 0x800f;
    private static final int RENDER = 0x9002;
    private static final int MESSAGE_PROPERTIES = 0x9003;
    private static final int ATTACHMENT_PROPERTIES = 0x9005;
    private static final int OBJECT = 0x000d;
    private static final int COMPRESSED_TEXT = 0x1009;
    private static final int HTML = 0x1013;
    private static final int ATTACHED = 0x3701;
    private static final int LONG_NAME = 0x3707;
    private static final int TITLE_OCTETS_MAX = 1024;
    private static final int INTERFACE = 16;

    private static final Charset NARROW =
            Charset.isSupported("windows-31j") ? Charset.forName("windows-31j") : StandardCharsets.ISO_8859_1;

    @Override
    public String format() {
        return "tnef";
    }

    @Override
    public boolean recognises(Content content, FileFacts facts) {
        return content.u32(0) == SIGNATURE;
    }

    /** An attachment whose name may come behind its octets. */
    private static final class Attachment {
        @Nullable
        String title;

        long begin = -1;
        long length;

        void hand(Members members) throws IOException {
            if (begin >= 0) {
                members.stored(title, begin, length);
            }
            begin = -1;
            title = null;
        }
    }

    @Override
    public void unpack(Content content, FileFacts facts, Members members) throws IOException {
        Attachment open = new Attachment();
        long at = FIRST_ATTRIBUTE;
        while (content.has(at, HEAD)) {
            members.checkTime();
            int attribute = content.u16(at + 1);
            long length = content.u32(at + 5);
            long data = at + HEAD;
            switch (attribute) {
                case RENDER -> open.hand(members);
                case TITLE -> open.title = text(content.bytes(data, (int) Math.min(length, TITLE_OCTETS_MAX)));
                case DATA -> {
                    if (open.begin >= 0) {
                        open.hand(members);
                    }
                    open.begin = data;
                    open.length = length;
                }
                case BODY -> members.stored("body.txt", data, length);
                case MESSAGE_PROPERTIES, ATTACHMENT_PROPERTIES ->
                    properties(content, data, Math.min(length, content.size() - data), open, members);
                default -> {}
            }
            at = data + length + CHECKSUM;
        }
        open.hand(members);
        if (at - CHECKSUM > content.size()) {
            throw new UnpackException(Members.Reason.BROKEN, "its end is missing");
        }
    }

    private static void properties(Content content, long from, long length, Attachment open, Members members)
            throws IOException {
        PropertyList list = new PropertyList(content, from, from + length);
        while (list.next()) {
            members.checkTime();
            switch (list.id()) {
                case LONG_NAME -> {
                    String name = list.text(TITLE_OCTETS_MAX, NARROW);
                    open.title = name.isEmpty() ? open.title : name;
                }
                case ATTACHED -> {
                    int skip = list.type() == OBJECT ? INTERFACE : 0;
                    members.stored(open.title, list.valueBegin() + skip, Math.max(0, list.valueLength() - skip));
                }
                case HTML -> members.stored("body.html", list.valueBegin(), list.valueLength());
                case COMPRESSED_TEXT -> compressed(content, list, members);
                default -> {}
            }
        }
    }

    private static void compressed(Content content, PropertyList list, Members members) throws IOException {
        byte[] packed =
                content.bytes(list.valueBegin(), (int) Math.min(list.valueLength(), PropertyList.TEXT_OCTETS_MAX));
        try (OutputStream out = members.begin("body.rtf")) {
            CompressedRtf.unpack(packed, 0, packed.length, out);
        }
    }

    private static @Nullable String text(byte[] octets) {
        String text = new String(octets, NARROW);
        int end = text.indexOf(0);
        String name = (end < 0 ? text : text.substring(0, end)).strip();
        return name.isEmpty() ? null : name;
    }
}
