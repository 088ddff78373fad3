package jp.genkan.protocols.smb;

/** Names of commands and dialects. Immutable. */
final class SmbNames {
    // [MS-SMB2] §2.2.1
    static final int NEGOTIATE = 0;
    static final int SESSION_SETUP = 1;
    static final int LOGOFF = 2;
    static final int TREE_CONNECT = 3;
    static final int CREATE = 5;
    static final int CLOSE = 6;
    static final int READ = 8;
    static final int WRITE = 9;
    static final int IOCTL = 11;
    static final int CANCEL = 12;
    static final int GET_INFO = 16;
    static final int SET_INFO = 17;
    static final int OPLOCK_BREAK = 18;

    // [MS-CIFS] §2.2.2.1
    static final int V1_CLOSE = 0x04;
    static final int V1_RENAME = 0x07;
    static final int V1_READ = 0x0a;
    static final int V1_WRITE = 0x0b;
    static final int V1_LOCKING_ANDX = 0x24;
    static final int V1_TRANS = 0x25;
    static final int V1_WRITE_AND_CLOSE = 0x2c;
    static final int V1_OPEN_ANDX = 0x2d;
    static final int V1_READ_ANDX = 0x2e;
    static final int V1_WRITE_ANDX = 0x2f;
    static final int V1_TRANS2 = 0x32;
    static final int V1_NEGOTIATE = 0x72;
    static final int V1_SESSION_SETUP_ANDX = 0x73;
    static final int V1_LOGOFF_ANDX = 0x74;
    static final int V1_TREE_CONNECT_ANDX = 0x75;
    static final int V1_NT_CREATE_ANDX = 0xa2;
    static final int V1_NT_CANCEL = 0xa4;

    private static final String[] VERSION_2 = {
        "SMB2_COMMAND_NEGOTIATE_PROTOCOL",
        "SMB2_COMMAND_SESSION_SETUP",
        "SMB2_COMMAND_SESSION_LOGOFF",
        "SMB2_COMMAND_TREE_CONNECT",
        "SMB2_COMMAND_TREE_DISCONNECT",
        "SMB2_COMMAND_CREATE",
        "SMB2_COMMAND_CLOSE",
        "SMB2_COMMAND_FLUSH",
        "SMB2_COMMAND_READ",
        "SMB2_COMMAND_WRITE",
        "SMB2_COMMAND_LOCK",
        "SMB2_COMMAND_IOCTL",
        "SMB2_COMMAND_CANCEL",
        "SMB2_COMMAND_KEEPALIVE",
        "SMB2_COMMAND_FIND",
        "SMB2_COMMAND_CHANGE_NOTIFY",
        "SMB2_COMMAND_GET_INFO",
        "SMB2_COMMAND_SET_INFO",
        "SMB2_COMMAND_OPLOCK_BREAK"
    };

    private static final String[] DISPOSITIONS = {
        "FILE_SUPERSEDE", "FILE_OPEN", "FILE_CREATE", "FILE_OPEN_IF", "FILE_OVERWRITE", "FILE_OVERWRITE_IF"
    };

    private SmbNames() {}

    static String version2(int command) {
        return command < VERSION_2.length ? VERSION_2[command] : Integer.toString(command);
    }

    static String version1(int command) {
        String name = switch (command) {
            case 0x00 -> "CREATE_DIRECTORY";
            case 0x01 -> "DELETE_DIRECTORY";
            case 0x02 -> "OPEN";
            case 0x03 -> "CREATE";
            case 0x04 -> "CLOSE";
            case 0x05 -> "FLUSH";
            case 0x06 -> "DELETE";
            case 0x07 -> "RENAME";
            case 0x08 -> "QUERY_INFORMATION";
            case 0x09 -> "SET_INFORMATION";
            case 0x0a -> "READ";
            case 0x0b -> "WRITE";
            case 0x0c -> "LOCK_BYTE_RANGE";
            case 0x0d -> "UNLOCK_BYTE_RANGE";
            case 0x0e -> "CREATE_TEMPORARY";
            case 0x0f -> "CREATE_NEW";
            case 0x10 -> "CHECK_DIRECTORY";
            case 0x11 -> "PROCESS_EXIT";
            case 0x12 -> "SEEK";
            case 0x13 -> "LOCK_AND_READ";
            case 0x14 -> "WRITE_AND_UNLOCK";
            case 0x1a -> "READ_RAW";
            case 0x1b -> "READ_MPX";
            case 0x1d -> "WRITE_RAW";
            case 0x1e -> "WRITE_MPX";
            case 0x20 -> "WRITE_COMPLETE";
            case 0x22 -> "SET_INFORMATION2";
            case 0x23 -> "QUERY_INFORMATION2";
            case 0x24 -> "LOCKING_ANDX";
            case 0x25 -> "TRANS";
            case 0x26 -> "TRANS_SECONDARY";
            case 0x27 -> "IOCTL";
            case 0x2b -> "ECHO";
            case 0x2c -> "WRITE_AND_CLOSE";
            case 0x2d -> "OPEN_ANDX";
            case 0x2e -> "READ_ANDX";
            case 0x2f -> "WRITE_ANDX";
            case 0x32 -> "TRANS2";
            case 0x33 -> "TRANS2_SECONDARY";
            case 0x34 -> "FIND_CLOSE2";
            case 0x70 -> "TREE_CONNECT";
            case 0x71 -> "TREE_DISCONNECT";
            case 0x72 -> "NEGOTIATE_PROTOCOL";
            case 0x73 -> "SESSION_SETUP_ANDX";
            case 0x74 -> "LOGOFF_ANDX";
            case 0x75 -> "TREE_CONNECT_ANDX";
            case 0x80 -> "QUERY_INFO_DISK";
            case 0x81 -> "SEARCH";
            case 0x82 -> "FIND";
            case 0x83 -> "FIND_UNIQUE";
            case 0x84 -> "FIND_CLOSE";
            case 0xa0 -> "NT_TRANS";
            case 0xa1 -> "NT_TRANS_SECONDARY";
            case 0xa2 -> "NT_CREATE_ANDX";
            case 0xa4 -> "NT_CANCEL";
            case 0xa5 -> "NT_RENAME";
            default -> "";
        };
        return name.isEmpty() ? Integer.toString(command) : "SMB1_COMMAND_" + name;
    }

    /** [MS-SMB2] §2.2.13. */
    static String disposition(long value) {
        return value < DISPOSITIONS.length ? DISPOSITIONS[(int) value] : "UNKNOWN";
    }

    /** [MS-SMB2] §2.2.3. */
    static String dialect(int value) {
        return switch (value) {
            case 0x0202 -> "2.02";
            case 0x0210 -> "2.10";
            case 0x0222 -> "2.22";
            case 0x0224 -> "2.24";
            case 0x02ff -> "2.??";
            case 0x0300 -> "3.00";
            case 0x0302 -> "3.02";
            case 0x0310 -> "3.10";
            case 0x0311 -> "3.11";
            default -> "unknown";
        };
    }

    /** [MS-SMB2] §2.2.10. */
    static String shareType(int value) {
        return switch (value) {
            case 1 -> "FILE";
            case 2 -> "PIPE";
            case 3 -> "PRINT";
            default -> "unknown";
        };
    }

    /** Control codes that SMB clients use, [MS-FSCC] §2.3. */
    static String control(long code) {
        return switch ((int) code) {
            case 0x0006_0194 -> "FSCTL_DFS_GET_REFERRALS";
            case 0x0006_01b0 -> "FSCTL_DFS_GET_REFERRALS_EX";
            case 0x0009_0000 -> "FSCTL_REQUEST_OPLOCK_LEVEL_1";
            case 0x0009_003c -> "FSCTL_GET_COMPRESSION";
            case 0x0009_00a4 -> "FSCTL_SET_REPARSE_POINT";
            case 0x0009_00a8 -> "FSCTL_GET_REPARSE_POINT";
            case 0x0009_00c0 -> "FSCTL_CREATE_OR_GET_OBJECT_ID";
            case 0x0009_00c4 -> "FSCTL_SET_SPARSE";
            case 0x0009_80c8 -> "FSCTL_SET_ZERO_DATA";
            case 0x0011_000c -> "FSCTL_PIPE_PEEK";
            case 0x0011_0018 -> "FSCTL_PIPE_WAIT";
            case 0x0011_c017 -> "FSCTL_PIPE_TRANSCEIVE";
            case 0x0014_0078 -> "FSCTL_SRV_REQUEST_RESUME_KEY";
            case 0x0014_01d4 -> "FSCTL_LMR_REQUEST_RESILIENCY";
            case 0x0014_01fc -> "FSCTL_QUERY_NETWORK_INTERFACE_INFO";
            case 0x0014_0204 -> "FSCTL_VALIDATE_NEGOTIATE_INFO";
            case 0x0014_4064 -> "FSCTL_SRV_ENUMERATE_SNAPSHOTS";
            case 0x0014_40f2 -> "FSCTL_SRV_COPYCHUNK";
            case 0x0014_80f2 -> "FSCTL_SRV_COPYCHUNK_WRITE";
            default -> "UNKNOWN";
        };
    }
}
