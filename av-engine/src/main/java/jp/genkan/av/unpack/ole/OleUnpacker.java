package jp.genkan.av.unpack.ole;

import java.io.IOException;
import java.io.OutputStream;
import jp.genkan.av.content.Content;
import jp.genkan.av.scan.FileFacts;
import jp.genkan.av.unpack.LimitException;
import jp.genkan.av.unpack.Members;
import jp.genkan.av.unpack.UnpackException;
import jp.genkan.av.unpack.Unpacker;
import jp.genkan.av.unpack.tnef.CompressedRtf;
import org.jspecify.annotations.Nullable;

/**
 * Compound files. A stream is handed over as it is; then what is in it, where that can be told: macros in plain text, the file of a package, the storages
 * of a presentation, attachments under their names.
 *
 * <p>Thread rule: no state, any thread.
 */
public final class OleUnpacker implements Unpacker {
    /** Entries that are looked at to tell mails from documents: a mail's own come first. */
    private static final int LOOK_ENTRIES = 64;

    /** Most octets of a compressed text of a mail: mail servers take no more. */
    static final int COMPRESSED_TEXT_MAX = 32 << 20;

    /** What lies in a compound file. */
    public enum Kind {
        /** A mail of Outlook. */
        MAIL("msg"),
        /** Anything else. */
        DOCUMENT("ole2");

        private final String format;

        Kind(String format) {
            this.format = format;
        }
    }

    private final Kind kind;

    public OleUnpacker(Kind kind) {
        this.kind = kind;
    }

    @Override
    public String format() {
        return kind.format;
    }

    @Override
    public boolean recognises(Content content, FileFacts facts) {
        return CompoundFile.isOne(content) && (kind == Kind.MAIL) == isMail(content);
    }

    private static boolean isMail(Content content) {
        try {
            return OutlookNames.isMail(new CompoundFile(content, LOOK_ENTRIES, () -> {}));
        } catch (UnpackException | LimitException broken) {
            return false;
        }
    }

    @Override
    public void unpack(Content content, FileFacts facts, Members members) throws IOException {
        CompoundFile file = new CompoundFile(content, CompoundFile.ENTRIES_MAX, members::checkTime);
        boolean whole = true;
        for (CompoundFile.Entry entry : file.entries()) {
            if (entry.isStream()) {
                whole &= stream(file, entry, members);
            } else if (entry.isStorage()) {
                CompoundFile.Entry directory = VbaProject.directory(file, entry);
                if (directory != null) {
                    new VbaProject(file, entry, members).unpack(directory);
                }
            }
        }
        if (!whole) {
            throw new UnpackException(Members.Reason.BROKEN, "a stream's end is missing");
        }
    }

    private boolean stream(CompoundFile file, CompoundFile.Entry entry, Members members) throws IOException {
        CompoundStream stream = file.open(entry);
        String path = file.path(entry);
        String given = kind == Kind.MAIL ? OutlookNames.of(file, entry) : null;
        hand(stream, given == null ? path : given, members);
        switch (entry.name()) {
            case "\1Ole10Native" -> EmbeddedObjects.nativeData(stream, path, members);
            case "PowerPoint Document" -> EmbeddedObjects.presentation(stream, members);
            case "EncryptedPackage" -> members.uninspectable(path, Members.Reason.ENCRYPTED);
            case OutlookNames.COMPRESSED_TEXT -> compressedText(stream, members);
            default -> {
                if (OfficeLock.isLocked(entry.name(), stream)) {
                    members.uninspectable(path, Members.Reason.ENCRYPTED);
                }
            }
        }
        return stream.isWhole();
    }

    private static void hand(CompoundStream stream, @Nullable String name, Members members) throws IOException {
        long at = stream.contiguous();
        if (at >= 0) {
            members.stored(name, at, stream.size());
        } else if (stream.size() > 0) {
            try (OutputStream out = members.begin(name)) {
                stream.copy(0, stream.size(), out);
            }
        }
    }

    private static void compressedText(CompoundStream stream, Members members) throws IOException {
        byte[] packed = stream.bytes(0, COMPRESSED_TEXT_MAX);
        try (OutputStream out = members.begin("body.rtf")) {
            CompressedRtf.unpack(packed, 0, packed.length, out);
        }
    }
}
