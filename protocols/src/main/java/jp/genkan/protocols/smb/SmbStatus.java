package jp.genkan.protocols.smb;

import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/** Names of the codes by which a server says how a command went: [MS-ERREF] §2.3.1, [MS-CIFS] §2.2.2.4. Immutable. */
final class SmbStatus {
    static final long SUCCESS = 0;
    static final long PENDING = 0x103;
    static final long BUFFER_OVERFLOW = 0x8000_0005L;
    static final long END_OF_FILE = 0xc000_0011L;
    static final long MORE_PROCESSING_REQUIRED = 0xc000_0016L;

    private static final int DOS_CLASS = 1;
    private static final int SERVER_CLASS = 2;

    private static final Map<Long, String> NT = parse("""
            00000000 STATUS_SUCCESS
            00000103 STATUS_PENDING
            00000105 STATUS_MORE_ENTRIES
            0000010b STATUS_NOTIFY_CLEANUP
            0000010c STATUS_NOTIFY_ENUM_DIR
            80000005 STATUS_BUFFER_OVERFLOW
            80000006 STATUS_NO_MORE_FILES
            8000002d STATUS_STOPPED_ON_SYMLINK
            c0000001 STATUS_UNSUCCESSFUL
            c0000002 STATUS_NOT_IMPLEMENTED
            c0000003 STATUS_INVALID_INFO_CLASS
            c0000004 STATUS_INFO_LENGTH_MISMATCH
            c0000008 STATUS_INVALID_HANDLE
            c000000d STATUS_INVALID_PARAMETER
            c000000e STATUS_NO_SUCH_DEVICE
            c000000f STATUS_NO_SUCH_FILE
            c0000010 STATUS_INVALID_DEVICE_REQUEST
            c0000011 STATUS_END_OF_FILE
            c0000012 STATUS_WRONG_VOLUME
            c0000013 STATUS_NO_MEDIA_IN_DEVICE
            c0000016 STATUS_MORE_PROCESSING_REQUIRED
            c0000017 STATUS_NO_MEMORY
            c0000021 STATUS_ALREADY_COMMITTED
            c0000022 STATUS_ACCESS_DENIED
            c0000023 STATUS_BUFFER_TOO_SMALL
            c0000024 STATUS_OBJECT_TYPE_MISMATCH
            c0000033 STATUS_OBJECT_NAME_INVALID
            c0000034 STATUS_OBJECT_NAME_NOT_FOUND
            c0000035 STATUS_OBJECT_NAME_COLLISION
            c0000037 STATUS_PORT_DISCONNECTED
            c0000039 STATUS_OBJECT_PATH_INVALID
            c000003a STATUS_OBJECT_PATH_NOT_FOUND
            c000003b STATUS_OBJECT_PATH_SYNTAX_BAD
            c000003e STATUS_DATA_ERROR
            c0000043 STATUS_SHARING_VIOLATION
            c0000044 STATUS_QUOTA_EXCEEDED
            c000004f STATUS_EAS_NOT_SUPPORTED
            c0000051 STATUS_NONEXISTENT_EA_ENTRY
            c0000052 STATUS_NO_EAS_ON_FILE
            c0000054 STATUS_FILE_LOCK_CONFLICT
            c0000055 STATUS_LOCK_NOT_GRANTED
            c0000056 STATUS_DELETE_PENDING
            c000005b STATUS_INVALID_PRIMARY_GROUP
            c000005e STATUS_NO_LOGON_SERVERS
            c0000061 STATUS_PRIVILEGE_NOT_HELD
            c0000064 STATUS_NO_SUCH_USER
            c000006a STATUS_WRONG_PASSWORD
            c000006c STATUS_PASSWORD_RESTRICTION
            c000006d STATUS_LOGON_FAILURE
            c000006e STATUS_ACCOUNT_RESTRICTION
            c000006f STATUS_INVALID_LOGON_HOURS
            c0000070 STATUS_INVALID_WORKSTATION
            c0000071 STATUS_PASSWORD_EXPIRED
            c0000072 STATUS_ACCOUNT_DISABLED
            c000007e STATUS_RANGE_NOT_LOCKED
            c000007f STATUS_DISK_FULL
            c000009a STATUS_INSUFFICIENT_RESOURCES
            c000009c STATUS_DEVICE_DATA_ERROR
            c00000a2 STATUS_MEDIA_WRITE_PROTECTED
            c00000ab STATUS_INSTANCE_NOT_AVAILABLE
            c00000ac STATUS_PIPE_NOT_AVAILABLE
            c00000ad STATUS_INVALID_PIPE_STATE
            c00000ae STATUS_PIPE_BUSY
            c00000b0 STATUS_PIPE_DISCONNECTED
            c00000b1 STATUS_PIPE_CLOSING
            c00000b2 STATUS_PIPE_CONNECTED
            c00000b3 STATUS_PIPE_LISTENING
            c00000b5 STATUS_IO_TIMEOUT
            c00000ba STATUS_FILE_IS_A_DIRECTORY
            c00000bb STATUS_NOT_SUPPORTED
            c00000c9 STATUS_NETWORK_NAME_DELETED
            c00000ca STATUS_NETWORK_ACCESS_DENIED
            c00000cb STATUS_BAD_DEVICE_TYPE
            c00000cc STATUS_BAD_NETWORK_NAME
            c00000d0 STATUS_REQUEST_NOT_ACCEPTED
            c00000d4 STATUS_NOT_SAME_DEVICE
            c00000d5 STATUS_FILE_RENAMED
            c00000d9 STATUS_PIPE_EMPTY
            c0000101 STATUS_DIRECTORY_NOT_EMPTY
            c0000102 STATUS_FILE_CORRUPT_ERROR
            c0000103 STATUS_NOT_A_DIRECTORY
            c0000120 STATUS_CANCELLED
            c0000121 STATUS_CANNOT_DELETE
            c0000123 STATUS_FILE_DELETED
            c0000128 STATUS_FILE_CLOSED
            c000012d STATUS_COMMITMENT_LIMIT
            c000014b STATUS_PIPE_BROKEN
            c000015b STATUS_LOGON_TYPE_NOT_GRANTED
            c000018b STATUS_NO_TRUST_SAM_ACCOUNT
            c000018c STATUS_TRUSTED_DOMAIN_FAILURE
            c000018d STATUS_TRUSTED_RELATIONSHIP_FAILURE
            c0000193 STATUS_ACCOUNT_EXPIRED
            c0000203 STATUS_USER_SESSION_DELETED
            c0000205 STATUS_INSUFF_SERVER_RESOURCES
            c000020c STATUS_CONNECTION_DISCONNECTED
            c000020d STATUS_CONNECTION_RESET
            c0000224 STATUS_PASSWORD_MUST_CHANGE
            c0000225 STATUS_NOT_FOUND
            c0000234 STATUS_ACCOUNT_LOCKED_OUT
            c0000257 STATUS_PATH_NOT_COVERED
            c0000275 STATUS_NOT_A_REPARSE_POINT
            c000035c STATUS_NETWORK_SESSION_EXPIRED
            c05d0000 STATUS_SMB_BAD_UID
            """, 16);

    private static final Map<Long, String> DOS = parse("""
            1 DOS_BAD_FUNC
            2 DOS_BAD_FILE
            3 DOS_BAD_PATH
            4 DOS_TOO_MANY_OPEN_FILES
            5 DOS_ACCESS_DENIED
            6 DOS_BAD_FID
            7 DOS_BAD_MCB
            8 DOS_INSUFFICIENT_MEMORY
            9 DOS_BAD_MEMORY
            10 DOS_BAD_ENVIRONMENT
            11 DOS_BAD_FORMAT
            12 DOS_BAD_ACCESS
            13 DOS_BAD_DATA
            15 DOS_BAD_DRIVE
            16 DOS_REM_CD
            17 DOS_DIFF_DEVICE
            18 DOS_NO_FILES
            32 DOS_BAD_SHARE
            33 DOS_LOCK
            50 DOS_UNSUPPORTED
            80 DOS_FILE_EXISTS
            87 DOS_INVALID_PARAMETER
            """, 10);

    private static final Map<Long, String> SERVER = parse("""
            1 SRV_ERROR
            2 SRV_BADPW
            4 SRV_ACCESS
            5 SRV_BADTID
            6 SRV_INVNETNAME
            7 SRV_INVDEVICE
            49 SRV_QFULL
            50 SRV_QTOOBIG
            52 SRV_INVPFID
            64 SRV_SMBCMD
            65 SRV_SRVERROR
            67 SRV_FILESPECS
            69 SRV_BADPERMITS
            71 SRV_SETATTRMODE
            81 SRV_TIMEOUT
            82 SRV_NORESOURCE
            87 SRV_TOOMANYUIDS
            91 SRV_BADUID
            250 SRV_USEMPX
            251 SRV_USESTD
            252 SRV_CONTMPX
            65535 SRV_NOSUPPORT
            """, 10);

    private SmbStatus() {}

    private static Map<Long, String> parse(String lines, int radix) {
        Map<Long, String> names = new HashMap<>();
        for (String line : lines.lines().toList()) {
            int space = line.indexOf(' ');
            names.put(Long.parseLong(line.substring(0, space), radix), line.substring(space + 1));
        }
        return Map.copyOf(names);
    }

    /** The name of an NTSTATUS. */
    static String ntName(long status) {
        String name = NT.get(status);
        return name == null ? "UNKNOWN_" + HexFormat.of().toHexDigits((int) status) : name;
    }

    static String ntCode(long status) {
        return "0x" + Long.toHexString(status);
    }

    /** The name of an error of the old kind: class in the lowest octet, code in the upper two. */
    static String dosName(long status) {
        long code = status >>> 16;
        String name = switch ((int) (status & 0xff)) {
            case 0 -> code == 0 ? "DOS_SUCCESS" : null;
            case DOS_CLASS -> DOS.get(code);
            case SERVER_CLASS -> SERVER.get(code);
            default -> null;
        };
        return name == null
                ? "UNKNOWN_" + HexFormat.of().toHexDigits((byte) status) + "_"
                        + HexFormat.of().toHexDigits((short) code)
                : name;
    }

    static String dosCode(long status) {
        return "0x" + HexFormat.of().toHexDigits((short) (status >>> 16));
    }
}
