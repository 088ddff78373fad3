package jp.genkan.protocols.nfs;

import java.util.LinkedHashMap;
import java.util.Map;
import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.Progress;
import jp.genkan.protocols.conversation.Conversation;
import jp.genkan.protocols.conversation.FieldReader;
import org.jspecify.annotations.Nullable;

/** Puts calls and answers together. Thread rule: the worker of its flow. */
final class NfsDialogue {
    /** Calls that may wait for their answers; Linux sends up to 128 at once. Beyond, the oldest is told without one. */
    static final int PENDING_MAX = 256;

    private static final int HANDLE_2 = 32;
    private static final int ATTRIBUTES_2 = 68;
    private static final int ATTRIBUTES_3 = 84;
    private static final int SIZE_2_AT = 20;
    private static final int SIZE_3_AT = 20;

    /** A call that waits. */
    @SuppressWarnings("ArrayRecordComponent") // found by its number, never compared
    private record Pending(
            RpcCall call,
            String name,
            byte[] handle,
            long offset,
            @Nullable NfsTransaction transaction) {}

    private final Map<Long, Pending> pending = new LinkedHashMap<>();
    private final NfsFiles files = new NfsFiles();
    private long transactions;

    void message(Direction direction, byte[] octets, int from, int to, Conversation conversation) {
        FieldReader reader = RpcCall.reader(octets, from, to);
        if (direction.isToServer()) {
            RpcCall call = RpcCall.parse(reader);
            if (call != null) {
                call(call, reader, conversation);
            }
        } else {
            answer(reader, conversation);
        }
    }

    private void call(RpcCall call, FieldReader reader, Conversation conversation) {
        String name = NfsNames.procedure(call.version(), call.procedure());
        byte[] handle = hasHandle(call, name) ? handle(call, reader) : new byte[0];
        long offset = 0;
        boolean content = (name.equals("READ") || name.equals("WRITE")) && handle.length > 0;
        NfsTransaction transaction = content ? null : new NfsTransaction(transactions++, call, false);
        if (content) {
            if (name.equals("WRITE")) {
                write(call, handle, reader, conversation);
            } else {
                offset = call.version() == 2 ? reader.u32() : reader.number(8);
            }
        }
        if (transaction != null) {
            about(transaction, name, handle, reader);
        }
        Pending replaced = pending.remove(call.xid());
        if (replaced == null && pending.size() >= PENDING_MAX) {
            replaced = pending.remove(pending.keySet().iterator().next());
        }
        if (replaced != null) {
            finish(replaced, conversation);
        }
        pending.put(call.xid(), new Pending(call, name, handle, offset, transaction));
        if (transaction != null) {
            conversation.advance(transaction, Direction.TO_SERVER, Progress.COMPLETE);
        }
    }

    private static boolean hasHandle(RpcCall call, String name) {
        return call.version() < 4 && !name.equals("NULL");
    }

    private static byte[] handle(RpcCall call, FieldReader reader) {
        return call.version() == 2 ? reader.octets(HANDLE_2) : RpcCall.opaque(reader);
    }

    /** What a call is about: a name in a directory, or a handle whose name may be known. */
    private void about(NfsTransaction transaction, String name, byte[] handle, FieldReader reader) {
        switch (name) {
            case "LOOKUP" -> transaction.filename = RpcCall.text(reader);
            case "CREATE", "MKDIR", "REMOVE", "RMDIR" -> {
                transaction.handle = handle;
                transaction.filename = RpcCall.text(reader);
            }
            case "RENAME" -> {
                transaction.handle = handle;
                transaction.filename = RpcCall.text(reader);
                if (transaction.version() == 2) {
                    reader.skip(HANDLE_2);
                } else {
                    RpcCall.opaque(reader);
                }
                transaction.renamedTo = RpcCall.text(reader);
            }
            case "GETATTR", "ACCESS", "COMMIT", "READDIRPLUS" -> {
                transaction.handle = handle;
                transaction.filename = files.name(handle);
            }
            default -> {}
        }
    }

    private void write(RpcCall call, byte[] handle, FieldReader reader, Conversation conversation) {
        long offset;
        if (call.version() == 2) {
            reader.u32();
            offset = reader.u32();
            reader.u32();
        } else {
            offset = reader.number(8);
            reader.skip(8); // count, and how stable it is to be
        }
        byte[] data = RpcCall.opaque(reader);
        if (offset >= 0
                && data.length > 0
                && files.octets(transactions, call, handle, Direction.TO_SERVER, offset, data, conversation)) {
            transactions++;
        }
    }

    private void answer(FieldReader reader, Conversation conversation) {
        long xid = reader.u32();
        if (reader.u32() != 1) {
            return;
        }
        Pending asked = pending.remove(xid);
        if (asked == null) {
            return;
        }
        boolean accepted = reader.u32() == 0;
        if (accepted) {
            reader.u32();
            reader.skip(RpcCall.padded(reader.u32()));
            accepted = reader.u32() == 0;
        }
        NfsTransaction transaction = asked.transaction();
        long status = accepted && !asked.name().equals("NULL") ? reader.u32() : 0;
        if (transaction != null) {
            transaction.rpcStatus = accepted ? "ACCEPTED" : "DENIED";
            transaction.status = accepted ? status : -1;
        }
        if (accepted && status == 0 && !reader.hasFailed()) {
            result(asked, reader, conversation);
        }
        finish(asked, conversation);
    }

    private void result(Pending asked, FieldReader reader, Conversation conversation) {
        NfsTransaction transaction = asked.transaction();
        int version = asked.call().version();
        switch (asked.name()) {
            case "LOOKUP" -> {
                byte[] found = version == 2 ? reader.octets(HANDLE_2) : RpcCall.opaque(reader);
                if (transaction != null) {
                    transaction.handle = found;
                    files.named(found, transaction.filename);
                }
            }
            case "CREATE", "MKDIR" -> {
                boolean follows = version == 2 || reader.u32() == 1;
                if (follows && transaction != null) {
                    files.named(version == 2 ? reader.octets(HANDLE_2) : RpcCall.opaque(reader), transaction.filename);
                }
            }
            case "READ" -> read(asked, reader, conversation);
            case "COMMIT" -> files.whole(asked.handle(), Direction.TO_SERVER, conversation);
            default -> {}
        }
    }

    private void read(Pending asked, FieldReader reader, Conversation conversation) {
        long size = -1;
        boolean end = false;
        if (asked.call().version() == 2) {
            FieldReader attributes = reader.part(ATTRIBUTES_2);
            attributes.skip(SIZE_2_AT);
            size = attributes.u32();
        } else {
            if (reader.u32() == 1) {
                FieldReader attributes = reader.part(ATTRIBUTES_3);
                attributes.skip(SIZE_3_AT);
                size = attributes.number(8);
            }
            reader.u32();
            end = reader.u32() == 1;
        }
        byte[] data = RpcCall.opaque(reader);
        if (reader.hasFailed() || asked.offset() < 0 || data.length == 0) {
            return;
        }
        if (files.octets(
                transactions, asked.call(), asked.handle(), Direction.TO_CLIENT, asked.offset(), data, conversation)) {
            transactions++;
        }
        if (end || size >= 0 && asked.offset() + data.length >= size) {
            files.whole(asked.handle(), Direction.TO_CLIENT, conversation);
        }
    }

    private static void finish(Pending done, Conversation conversation) {
        NfsTransaction transaction = done.transaction();
        if (transaction != null) {
            conversation.advance(transaction, Direction.TO_CLIENT, Progress.COMPLETE);
            conversation.complete(transaction);
        }
    }

    void end(Conversation conversation) {
        pending.values().forEach(each -> finish(each, conversation));
        pending.clear();
        files.end(conversation);
    }
}
