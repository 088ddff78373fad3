package jp.genkan.protocols.tls;

import jp.genkan.protocols.conversation.OctetBuffer;

/**
 * Puts handshake messages (RFC 8446 §4) together from pieces of any size. Only messages that are asked for are kept; the others are passed over by their
 * length.
 *
 * <p>Thread rule: one owner, one direction.
 */
public final class HandshakeReader {
    /** Longest message that is read. Real chains of certificates have up to about 20 KiB, hellos up to 4 KiB. A longer message is passed over. */
    public static final int MESSAGE_MAX = 65_536;

    private static final int HEADER = 4;

    private final OctetBuffer buffer = new OctetBuffer(HEADER + MESSAGE_MAX);
    private int type;
    private int needed; // octets of the buffered message with its header; 0 while the header is not complete
    private int skip;

    /** No message begun. */
    public HandshakeReader() {}

    /** Who gets the messages. */
    public interface Receiver {
        /** Whether a message of this type and length is to be kept. Asked once a message, when its header is there. */
        boolean wants(int type, int length);

        /**
         * A message that was asked for.
         *
         * @param from index of the first octet behind its header; only good during the call
         */
        void message(int type, byte[] octets, int from, int to);

        /** False when nothing more is to be read: the rest of the octets is passed over. */
        boolean goesOn();
    }

    /** Reads on. */
    public void feed(byte[] octets, int from, int to, Receiver receiver) {
        int at = from;
        while (at < to && receiver.goesOn()) {
            if (skip > 0) {
                int step = Math.min(skip, to - at);
                skip -= step;
                at += step;
            } else if (needed == 0) {
                at = header(octets, at, to, receiver);
            } else {
                at = body(octets, at, to, receiver);
            }
        }
    }

    private int header(byte[] octets, int from, int to, Receiver receiver) {
        int step = Math.min(HEADER - buffer.length(), to - from);
        buffer.append(octets, from, from + step);
        if (buffer.length() < HEADER) {
            return to;
        }
        OctetReader header = new OctetReader(buffer.array(), buffer.begin(), buffer.end());
        type = header.u8();
        int length = header.u24();
        boolean wanted = receiver.wants(type, length);
        if (wanted && length <= MESSAGE_MAX) {
            needed = HEADER + length;
            if (length == 0) {
                deliver(receiver);
            }
        } else {
            skip = length;
            buffer.clear();
        }
        return from + step;
    }

    private int body(byte[] octets, int from, int to, Receiver receiver) {
        int missing = needed - buffer.length();
        if (buffer.length() == HEADER && to - from >= missing) { // all of it is here: no need to copy
            buffer.clear();
            needed = 0;
            receiver.message(type, octets, from, from + missing);
            return from + missing;
        }
        int step = Math.min(missing, to - from);
        buffer.append(octets, from, from + step);
        if (step == missing) {
            deliver(receiver);
        }
        return from + step;
    }

    private void deliver(Receiver receiver) {
        needed = 0;
        receiver.message(type, buffer.array(), buffer.begin() + HEADER, buffer.end());
        buffer.clear();
    }

    /**
     * Octets are missing.
     *
     * @return false when they go beyond the message at hand: where the next one begins is unknown
     */
    public boolean gap(long missing) {
        if (skip == 0 && needed == 0) {
            return false;
        }
        long rest = skip > 0 ? skip : needed - buffer.length();
        buffer.clear();
        needed = 0;
        skip = (int) Math.max(rest - missing, 0);
        return missing <= rest;
    }

    /** Forgets the message at hand. */
    public void reset() {
        buffer.clear();
        needed = 0;
        skip = 0;
    }
}
