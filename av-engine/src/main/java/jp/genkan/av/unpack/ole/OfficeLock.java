package jp.genkan.av.unpack.ole;

/** Whether a document of the old formats is encrypted: its streams are there, but say nothing. */
final class OfficeLock {
    private static final int WORD_FLAGS = 10;
    private static final int WORD_ENCRYPTED = 0x0100;
    private static final int SHEET_HEAD = 4;
    private static final int SHEET_LOCK = 0x002f;
    private static final int SHEET_BOUND = 0x0085;

    /** Records before the list of sheets in which a workbook's lock may stand: it comes second or third. */
    private static final int SHEET_RECORDS_MAX = 64;

    private OfficeLock() {}

    /** True when the stream of this name is a locked document's ([MS-DOC] §2.5.2, [MS-XLS] §2.4.117). */
    static boolean isLocked(String name, CompoundStream stream) {
        return switch (name) {
            case "WordDocument" -> (Math.max(0, stream.u16(WORD_FLAGS)) & WORD_ENCRYPTED) != 0;
            case "Workbook", "Book" -> hasLock(stream);
            default -> false;
        };
    }

    private static boolean hasLock(CompoundStream stream) {
        long at = 0;
        for (int i = 0; i < SHEET_RECORDS_MAX; i++) {
            int type = stream.u16(at);
            if (type == SHEET_LOCK || type < 0 || type == SHEET_BOUND) {
                return type == SHEET_LOCK;
            }
            at += SHEET_HEAD + (long) Math.max(0, stream.u16(at + 2));
        }
        return false;
    }
}
