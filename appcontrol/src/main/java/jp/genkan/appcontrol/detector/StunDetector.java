package jp.genkan.appcontrol.detector;

import jp.genkan.appcontrol.definition.AppNames;
import jp.genkan.appcontrol.signature.Payload;
import jp.genkan.appcontrol.signature.Signature.Strength;

/**
 * STUN and TURN (RFC 8489, RFC 8656, RFC 3489), and whose calls they prepare, by attributes that only one maker sends.
 *
 * <pre>
 *   0 0 | type (14) | length (16) | magic cookie (32) | transaction (96) | attributes: type (16), length (16), value padded to 32 bits
 * </pre>
 */
final class StunDetector implements Detector {
    /** Attributes of a message that are looked at; the longest that are seen have 14. */
    private static final int ATTRIBUTES_MAX = 24;

    private static final int HEADER = 20;
    private static final long MAGIC = 0x2112a442L;
    private static final int REALM = 0x0014;
    private static final int SOFTWARE = 0x8022;

    private final int stun;
    private final int whatsApp;
    private final int facebook;
    private final int teams;
    private final int google;
    private final int signal;
    private final int zoom;
    private final int telegram;

    StunDetector(AppNames names) {
        stun = names.number("STUN");
        whatsApp = names.number("WhatsAppCall");
        facebook = names.number("FacebookVoip");
        teams = names.number("Skype_TeamsCall");
        google = names.number("GoogleCall");
        signal = names.number("SignalVoip");
        zoom = names.number("Zoom");
        telegram = names.number("TelegramVoip");
    }

    @Override
    public int words() {
        return 1;
    }

    @Override
    public long inspect(Payload payload, long[] memory, int at) {
        int from = start(payload);
        if (from < 0) {
            return Finding.NONE;
        }
        memory[at]++;
        int whose = ofAttributes(payload, from);
        return whose != 0 ? Finding.sure(whose, stun) : Finding.of(stun, 0, Strength.MASTER);
    }

    /** Where the message starts, behind the length that TCP has in front of it in some applications; -1 when it is none. */
    private static int start(Payload payload) {
        if (payload.isTcp()) {
            if (isMessage(payload, 0)) {
                return 0;
            }
            return payload.u16(0) == payload.length() - 2 && isMessage(payload, 2) ? 2 : -1;
        }
        return isMessage(payload, 0) ? 0 : -1;
    }

    private static boolean isMessage(Payload payload, int from) {
        int length = payload.length() - from;
        if (length < HEADER || payload.u8(from) > 0x3f || (payload.u16(from + 2) & 3) != 0) {
            return false;
        }
        boolean whole = payload.u16(from + 2) == length - HEADER;
        if (payload.u32(from + 4) == MAGIC) {
            return whole || payload.isTcp() || payload.u16(from + 2) < length - HEADER;
        }
        return whole && isClassic(payload, from);
    }

    /** RFC 3489 has no cookie: its types, and attributes that fill the message exactly. */
    private static boolean isClassic(Payload payload, int from) {
        int type = (int) payload.u16(from);
        boolean known = switch (type) {
            case 0x0001, 0x0101, 0x0111, 0x0002, 0x0102, 0x0112, 0x0003, 0x0103, 0x0113, 0x0004, 0x0115, 0x0006 -> true;
            default -> type >= 0x0800 && type <= 0x0805;
        };
        int end = payload.length();
        int at = from + HEADER;
        for (int i = 0; known && i < ATTRIBUTES_MAX && at < end; i++) {
            int attribute = (int) payload.u16(at);
            int length = (int) payload.u16(at + 2);
            known = length >= 0 && (attribute <= 0x0040 || attribute >= 0x4000);
            at += 4 + (length + 3 & ~3);
        }
        return known && at == end && (end > from + HEADER || payload.hasPort(3478) || type == 1);
    }

    private int ofAttributes(Payload payload, int from) {
        long type = payload.u16(from);
        if (type >= 0x0800 && type <= 0x0805) {
            return whatsApp;
        }
        int at = from + HEADER;
        for (int i = 0; i < ATTRIBUTES_MAX && at + 4 <= payload.here(); i++) {
            int attribute = (int) payload.u16(at);
            int length = (int) payload.u16(at + 2);
            int whose = ofAttribute(payload, attribute, at + 4, length);
            if (whose != 0) {
                return whose;
            }
            at += 4 + (length + 3 & ~3);
        }
        return 0;
    }

    private int ofAttribute(Payload payload, int attribute, int at, int length) {
        return switch (attribute) {
            case 0x4000, 0x4001, 0x4002, 0x4003, 0x4004, 0x4007 -> whatsApp;
            case 0x8054, 0x8055, 0x8070, 0x8006, 0x8008, 0x8095 -> teams;
            case 0xff03 -> google;
            case REALM, SOFTWARE -> ofText(payload, at, at + length);
            default -> 0;
        };
    }

    private int ofText(Payload payload, int from, int to) {
        if (payload.find("facebook", from, to) >= 0) {
            return facebook;
        }
        if (payload.find("signal", from, to) >= 0 || payload.find("whispersystems", from, to) >= 0) {
            return signal;
        }
        if (payload.find("telegram", from, to) >= 0) {
            return telegram;
        }
        if (payload.find(".google.com", from, to) >= 0) {
            return google;
        }
        return payload.find("zoom", from, to) >= 0 ? zoom : 0;
    }
}
