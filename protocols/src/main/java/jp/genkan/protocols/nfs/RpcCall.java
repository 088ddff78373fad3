package jp.genkan.protocols.nfs;

import java.nio.ByteOrder;
import jp.genkan.core.event.EveFields;
import jp.genkan.protocols.conversation.FieldReader;
import org.jspecify.annotations.Nullable;

/**
 * The head of a call (RFC 5531 §9).
 *
 * @param machine of the credentials; null when they name none
 * @param user of the credentials, -1 when they name none
 * @param group of the credentials, -1 when they name none
 */
record RpcCall(
        long xid,
        int version,
        int procedure,
        int flavor,
        @Nullable String machine,
        long user,
        long group) {
    static final int NFS_PROGRAM = 100_003;
    static final int AUTH_UNIX = 1;
    static final int AUTH_GSS = 6;

    /** Octets of credentials, RFC 5531 §8.2. */
    static final int CREDENTIALS_MAX = 400;

    private static final int RPC_VERSION = 2;
    private static final int OLDEST = 2;
    private static final int NEWEST = 4;
    private static final int PROCEDURES_MAX = 22;

    /** Octets up to the flavor of the credentials and their length. */
    static final int FIXED_LENGTH = 32;

    /** Reads the head of a call to NFS; null when it is none. */
    static @Nullable RpcCall parse(FieldReader reader) {
        long xid = reader.u32();
        boolean call = reader.u32() == 0 && reader.u32() == RPC_VERSION && reader.u32() == NFS_PROGRAM;
        long version = reader.u32();
        long procedure = reader.u32();
        long flavor = reader.u32();
        long length = reader.u32();
        if (!call
                || version < OLDEST
                || version > NEWEST
                || procedure > PROCEDURES_MAX
                || length > CREDENTIALS_MAX
                || flavor != 0 && flavor != AUTH_UNIX && flavor != AUTH_GSS
                || reader.hasFailed()) {
            return null;
        }
        FieldReader credentials = reader.part(padded(length));
        String machine = null;
        long user = -1;
        long group = -1;
        if (flavor == AUTH_UNIX) {
            credentials.u32(); // a stamp
            long name = credentials.u32();
            machine = credentials.part(padded(name)).text(name);
            user = credentials.u32();
            group = credentials.u32();
        }
        reader.u32(); // verifier
        reader.skip(padded(reader.u32()));
        return new RpcCall(xid, (int) version, (int) procedure, (int) flavor, machine, user, group);
    }

    /** Lengths are padded to four octets, RFC 4506 §3. */
    static long padded(long length) {
        return length + 3 & ~3L;
    }

    /** Reads a field of variable length. */
    static byte[] opaque(FieldReader reader) {
        long length = reader.u32();
        return reader.part(padded(length)).octets(length);
    }

    /** Reads a text of variable length. */
    static String text(FieldReader reader) {
        long length = reader.u32();
        return reader.part(padded(length)).text(length);
    }

    static FieldReader reader(byte[] octets, int from, int to) {
        return new FieldReader(octets, from, to, ByteOrder.BIG_ENDIAN);
    }

    void writeTo(EveFields out, @Nullable String status) {
        out.object("rpc").put("xid", xid);
        out.put("status", status == null ? "UNKNOWN" : status);
        out.put("auth_type", flavor == 0 ? "NULL" : flavor == AUTH_UNIX ? "UNIX" : "GSS");
        if (machine != null) {
            out.object("creds")
                    .put("machine_name", machine)
                    .put("uid", user)
                    .put("gid", group)
                    .end();
        }
        out.end();
    }
}
