package jp.genkan.av.heuristic;

import jp.genkan.av.content.Content;

/** Equations (MTEF 3) whose names of fonts are longer than the program has room for. */
final class EquationLook {
    private static final int OLE_HEAD = 28;
    private static final int MTEF_HEAD = 5;
    private static final int FONT = 8;
    private static final int FONT_HEAD = 3;

    /** Octets of a name that the program has room for. */
    private static final int NAME_MAX = 40;

    /** Octets behind the head in which the record stands in files that mean it. */
    private static final int LOOK_OCTETS = 64;

    private EquationLook() {}

    static boolean overflows(Content content) {
        long begin = content.u16(0) == OLE_HEAD ? OLE_HEAD + MTEF_HEAD : MTEF_HEAD;
        for (long at = begin; at < begin + LOOK_OCTETS; at++) {
            if (content.u8(at) == FONT && length(content, at + FONT_HEAD) > NAME_MAX) {
                return true;
            }
        }
        return false;
    }

    private static int length(Content content, long at) {
        int length = 0;
        while (length <= NAME_MAX && content.u8(at + length) > 0) {
            length++;
        }
        return length;
    }
}
