package jp.genkan.av.unpack.ole;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the streams of an Outlook mail hold ([MS-OXMSG] §2.1.3): each is a property, whose number is in its name. */
final class OutlookNames {
    static final String COMPRESSED_TEXT = "__substg1.0_10090102";

    private static final String PROPERTY = "__substg1.0_";
    private static final String ATTACHMENT = "__attach_version1.0_";
    private static final String ATTACHED_OCTETS = PROPERTY + "3701";
    private static final int NAME_OCTETS_MAX = 1024;

    /** Long name, short name, shown name; in UTF-16 and in the sender's code page. */
    private static final String[] NAME_PROPERTIES = {"3707", "3704", "3001"};

    private static final Charset NARROW =
            Charset.isSupported("windows-31j") ? Charset.forName("windows-31j") : StandardCharsets.ISO_8859_1;

    private OutlookNames() {}

    /** True when a name is one that only mails have. */
    static boolean isMail(CompoundFile file) {
        CompoundFile.Entry root = file.root();
        return root != null
                && (file.child(root.index(), "__properties_version1.0") != null
                        || file.child(root.index(), "__nameid_version1.0") != null);
    }

    /** The name of an attachment or of a body; null for other streams. */
    static @Nullable String of(CompoundFile file, CompoundFile.Entry entry) throws IOException {
        String name = entry.name().toLowerCase(Locale.ROOT);
        if (name.startsWith(ATTACHED_OCTETS) && isAttachment(file, entry.parent())) {
            return attachment(file, entry.parent());
        }
        return switch (name) {
            case PROPERTY + "1000001f", PROPERTY + "1000001e" -> "body.txt";
            case PROPERTY + "10130102", PROPERTY + "1013001f", PROPERTY + "1013001e" -> "body.html";
            default -> null;
        };
    }

    private static boolean isAttachment(CompoundFile file, int parent) {
        return parent > 0
                && file.entries().get(parent).name().toLowerCase(Locale.ROOT).startsWith(ATTACHMENT);
    }

    private static @Nullable String attachment(CompoundFile file, int storage) throws IOException {
        for (String property : NAME_PROPERTIES) {
            CompoundFile.Entry wide = file.child(storage, PROPERTY + property + "001F");
            CompoundFile.Entry narrow = file.child(storage, PROPERTY + property + "001E");
            CompoundFile.Entry found = wide == null ? narrow : wide;
            if (found != null) {
                byte[] octets = file.open(found).bytes(0, NAME_OCTETS_MAX);
                String text = new String(octets, wide == null ? NARROW : StandardCharsets.UTF_16LE)
                        .replace("\0", "")
                        .strip();
                if (!text.isEmpty()) {
                    return text;
                }
            }
        }
        return null;
    }
}
