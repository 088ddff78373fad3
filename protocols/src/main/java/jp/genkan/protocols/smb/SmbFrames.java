package jp.genkan.protocols.smb;

import jp.genkan.core.observation.Direction;
import jp.genkan.protocols.conversation.Frames;
import org.jspecify.annotations.Nullable;

/** The pieces of SMB and of the NetBIOS sessions around it that rules may look at by name. Thread rule: stateless. */
final class SmbFrames {
    private static final int RECORD_HEADER = 4;

    private SmbFrames() {}

    /** Of the messages of a version, how frames are called, and how long the header is. */
    enum Version {
        SMB1("smb1.pdu", "smb1.hdr", "smb1.data", 32),
        SMB2("smb2.pdu", "smb2.hdr", "smb2.data", 64),
        /** Encrypted: its header is that of the encryption, MS-SMB2 §2.2.41. */
        SMB3("smb3.pdu", "smb3.hdr", "smb3.data", 52);

        private final String whole;
        private final String header;
        private final String data;
        private final int headerLength;

        Version(String whole, String header, String data, int headerLength) {
            this.whole = whole;
            this.header = header;
            this.data = data;
            this.headerLength = headerLength;
        }
    }

    /**
     * The header of a record is there.
     *
     * @param frames null where nobody asks for them
     * @param behind place behind the header
     */
    static void record(@Nullable Frames frames, Direction direction, long behind, int length) {
        if (frames != null) {
            frames.tell(direction, "nbss.pdu", behind - RECORD_HEADER, RECORD_HEADER + (long) length, null);
            frames.tell(direction, "nbss.hdr", behind - RECORD_HEADER, RECORD_HEADER, null);
            frames.tell(direction, "nbss.data", behind, length, null);
        }
    }

    /** The header of a message is there. */
    static void message(@Nullable Frames frames, Direction direction, Version version, long place, long length) {
        if (frames == null) {
            return;
        }
        long header = Math.min(version.headerLength, length);
        frames.tell(direction, version.whole, place, length, null);
        frames.tell(direction, version.header, place, header, null);
        if (length > header) {
            frames.tell(direction, version.data, place + header, length - header, null);
        }
    }
}
