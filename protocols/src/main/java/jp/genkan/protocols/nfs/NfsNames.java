package jp.genkan.protocols.nfs;

import java.util.List;

/** What procedures and results are called. Stateless. */
public final class NfsNames {
    private static final List<String> VERSION_2 = List.of(
            "NULL",
            "GETATTR",
            "SETATTR",
            "ROOT",
            "LOOKUP",
            "READLINK",
            "READ",
            "WRITECACHE",
            "WRITE",
            "CREATE",
            "REMOVE",
            "RENAME",
            "LINK",
            "SYMLINK",
            "MKDIR",
            "RMDIR",
            "READDIR",
            "STATFS");
    private static final List<String> VERSION_3 = List.of(
            "NULL",
            "GETATTR",
            "SETATTR",
            "LOOKUP",
            "ACCESS",
            "READLINK",
            "READ",
            "WRITE",
            "CREATE",
            "MKDIR",
            "SYMLINK",
            "MKNOD",
            "REMOVE",
            "RMDIR",
            "RENAME",
            "LINK",
            "READDIR",
            "READDIRPLUS",
            "FSSTAT",
            "FSINFO",
            "PATHCONF",
            "COMMIT");
    private static final List<String> VERSION_4 = List.of("NULL", "COMPOUND");

    private NfsNames() {}

    /** The procedures of a version, by their numbers. */
    public static List<String> procedures(int version) {
        return switch (version) {
            case 2 -> VERSION_2;
            case 3 -> VERSION_3;
            default -> VERSION_4;
        };
    }

    static String procedure(int version, int number) {
        List<String> names = procedures(version);
        return number < names.size() ? names.get(number) : Integer.toString(number);
    }

    static String status(long status) {
        return switch ((int) status) {
            case 0 -> "OK";
            case 1 -> "ERR_PERM";
            case 2 -> "ERR_NOENT";
            case 5 -> "ERR_IO";
            case 6 -> "ERR_NXIO";
            case 13 -> "ERR_ACCES";
            case 17 -> "ERR_EXIST";
            case 18 -> "ERR_XDEV";
            case 19 -> "ERR_NODEV";
            case 20 -> "ERR_NOTDIR";
            case 21 -> "ERR_ISDIR";
            case 22 -> "ERR_INVAL";
            case 27 -> "ERR_FBIG";
            case 28 -> "ERR_NOSPC";
            case 30 -> "ERR_ROFS";
            case 31 -> "ERR_MLINK";
            case 63 -> "ERR_NAMETOOLONG";
            case 66 -> "ERR_NOTEMPTY";
            case 69 -> "ERR_DQUOT";
            case 70 -> "ERR_STALE";
            case 71 -> "ERR_REMOTE";
            case 10_001 -> "ERR_BADHANDLE";
            case 10_002 -> "ERR_NOT_SYNC";
            case 10_003 -> "ERR_BAD_COOKIE";
            case 10_004 -> "ERR_NOTSUPP";
            case 10_005 -> "ERR_TOOSMALL";
            case 10_006 -> "ERR_SERVERFAULT";
            case 10_007 -> "ERR_BADTYPE";
            case 10_008 -> "ERR_JUKEBOX";
            default -> Long.toString(status);
        };
    }
}
