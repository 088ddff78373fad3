package jp.genkan.protocols.websocket;

import jp.genkan.core.event.EveFields;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.Transaction;

/**
 * One frame. The last frame of a message has the payload of the whole message, decompressed.
 *
 * <p>Thread rule: immutable from its making on.
 */
public final class WebSocketTransaction extends Transaction {
    /** There is no mask. */
    public static final long NO_MASK = -1;

    private static final int FINAL = 0x80;
    private static final int OPCODE = 0x0f;

    private final Direction direction;
    private final int first;
    private final long mask;
    private final byte[] payload;

    WebSocketTransaction(long number, Direction direction, int first, long mask, byte[] payload) {
        super(AppProtocol.WEBSOCKET, number);
        this.direction = direction;
        this.first = first;
        this.mask = mask;
        this.payload = payload;
    }

    /** The upper four bits of the first octet: 0x80 for the last frame of a message, 0x40 for a compressed one. */
    public int flags() {
        return first & ~OPCODE & 0xff;
    }

    public int opcode() {
        return first & OPCODE;
    }

    /** EVE's word for an opcode; its number when it has none. */
    public static String opcodeName(int opcode) {
        return switch (opcode) {
            case 0 -> "continuation";
            case 1 -> "text";
            case 2 -> "binary";
            case 8 -> "connection_close";
            case 9 -> "ping";
            case 10 -> "pong";
            default -> "unknown-" + opcode;
        };
    }

    /** The mask as a number, {@link #NO_MASK} when there is none. */
    public long mask() {
        return mask;
    }

    /** Unmasked, as far as it is kept. */
    public byte[] payload() {
        return payload.clone();
    }

    @Override
    public Direction eventDirection() {
        return direction;
    }

    @Override
    public void writeTo(EveFields out) {
        out.object("websocket");
        out.put("fin", (first & FINAL) != 0);
        if (mask != NO_MASK) {
            out.put("mask", mask);
        }
        out.put("opcode", opcodeName(opcode()));
        out.end();
    }
}
