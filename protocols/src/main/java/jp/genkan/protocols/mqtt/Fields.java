package jp.genkan.protocols.mqtt;

import java.util.Arrays;
import jp.genkan.protocols.conversation.OctetText;
import org.jspecify.annotations.Nullable;

/**
 * Reads fields one after the other; beyond the end everything is empty and zero, and {@link #isBroken} says so.
 *
 * <p>Thread rule: one owner.
 */
final class Fields {
    private static final int VARIABLE_OCTETS_MAX = 4;

    private final byte[] octets;
    private int at;
    private final int to;
    private boolean broken;

    Fields(byte[] octets, int from, int to) {
        this.octets = octets;
        this.at = from;
        this.to = to;
    }

    boolean isBroken() {
        return broken;
    }

    int left() {
        return to - at;
    }

    private boolean has(int count) {
        if (count > to - at) {
            broken = true;
            at = to;
            return false;
        }
        return true;
    }

    long number(int count) {
        if (!has(count)) {
            return 0;
        }
        long value = 0;
        for (int i = 0; i < count; i++) {
            value = value << 8 | octets[at++] & 0xff;
        }
        return value;
    }

    /** A number in groups of seven bits. */
    int variable() {
        int value = 0;
        for (int i = 0; i < VARIABLE_OCTETS_MAX && has(1); i++) {
            int octet = octets[at++];
            value |= (octet & 0x7f) << (7 * i);
            if (octet >= 0) {
                return value;
            }
        }
        broken = true;
        return 0;
    }

    /** Two octets of length and a text. */
    String text() {
        return rest((int) number(2));
    }

    /** Two octets of length and as many octets as they stand there; null when they are cut. */
    byte @Nullable [] octets() {
        int count = (int) number(2);
        if (broken || !has(count)) {
            return null;
        }
        at += count;
        return Arrays.copyOfRange(octets, at - count, at);
    }

    /** All octets that are left. */
    byte[] remainder() {
        int from = at;
        at = to;
        return Arrays.copyOfRange(octets, from, to);
    }

    /** So many octets as a text. */
    String rest(int count) {
        if (!has(count)) {
            return "";
        }
        at += count;
        return OctetText.of(octets, at - count, at);
    }

    /** A reader of the next octets, which are passed over here. */
    Fields part(int count) {
        int length = has(count) ? count : 0;
        at += length;
        return new Fields(octets, at - length, at);
    }
}
