package jp.genkan.protocols.ldap;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jp.genkan.core.event.EveFields;
import jp.genkan.protocols.ber.BerReader;
import jp.genkan.protocols.conversation.OctetText;
import org.jspecify.annotations.Nullable;

/**
 * One message, whose operation is taken apart when it is asked for.
 *
 * <p>Thread rule: immutable.
 */
public final class LdapMessage {
    static final int SEARCH_REQUEST = 3;
    static final int SEARCH_RESULT_ENTRY = 4;
    static final int MODIFY_REQUEST = 6;
    static final int ADD_REQUEST = 8;
    static final int DEL_REQUEST = 10;
    static final int COMPARE_REQUEST = 14;
    static final int EXTENDED_REQUEST = 23;
    static final int EXTENDED_RESPONSE = 24;

    /** Attributes, and values of one, that are told; the rest is passed over. */
    static final int ENTRIES_MAX = 64;

    /** Octets of a name or value that are told. */
    static final int TEXT_MAX = 1_024;

    private static final String START_TLS = "1.3.6.1.4.1.1466.20037"; // RFC 4511 §4.14.1
    private static final int OPERATION_MASK = 0x1f;
    private static final int EXTENDED_NAME = 0x80;
    private static final String[] NAMES = {
        "bind_request",
        "bind_response",
        "unbind_request",
        "search_request",
        "search_result_entry",
        "search_result_done",
        "modify_request",
        "modify_response",
        "add_request",
        "add_response",
        "del_request",
        "del_response",
        "mod_dn_request",
        "mod_dn_response",
        "compare_request",
        "compare_response",
        "abandon_request",
        "",
        "",
        "search_result_reference",
        "",
        "",
        "",
        "extended_request",
        "extended_response",
        "intermediate_response"
    };

    private final long id;
    private final int operation;
    private final byte[] octets;

    private LdapMessage(long id, int operation, byte[] octets) {
        this.id = id;
        this.operation = operation;
        this.octets = octets;
    }

    /** Reads a message; null when it is none. */
    static @Nullable LdapMessage read(byte[] octets, int from, int to) {
        BerReader outer = new BerReader(octets, from, to);
        if (!outer.next(BerReader.SEQUENCE)) {
            return null;
        }
        BerReader fields = outer.inside();
        if (!fields.next(BerReader.INTEGER)) {
            return null;
        }
        long id = fields.number();
        if (id < 0 || !fields.next()) {
            return null;
        }
        int operation = fields.tag() & OPERATION_MASK;
        boolean application = (fields.tag() & 0xc0) == 0x40;
        boolean known = operation < NAMES.length && !NAMES[operation].isEmpty();
        return application && known ? new LdapMessage(id, operation, fields.data(Integer.MAX_VALUE >> 1)) : null;
    }

    /** By which requests and responses know each other. */
    public long id() {
        return id;
    }

    public int operation() {
        return operation;
    }

    /** EVE's word for the operation. */
    public String operationName() {
        return NAMES[operation];
    }

    boolean isRequest() {
        return NAMES[operation].endsWith("request");
    }

    /** True for requests that nothing answers. */
    boolean isAlone() {
        return operation == 2 || operation == 16; // unbind, abandon
    }

    /** True for a response behind which others of the same request follow. */
    boolean hasMore() {
        return operation == SEARCH_RESULT_ENTRY || operation == 19 || operation == 25; // reference, intermediate
    }

    BerReader fields() {
        return new BerReader(octets, 0, octets.length);
    }

    boolean asksForTls() {
        BerReader fields = fields();
        return operation == EXTENDED_REQUEST
                && fields.next(EXTENDED_NAME)
                && OctetText.of(fields.data(TEXT_MAX)).equals(START_TLS);
    }

    /** The result of a response; -1 when it has none. */
    public int resultCode() {
        BerReader fields = fields();
        boolean result = !isRequest() && !hasMore() && fields.next(BerReader.ENUMERATED);
        return result ? (int) fields.number() : -1;
    }

    /** The name of the entry that it is about, as it is: the bind's, the search's base, the object's, the matched one of a result; null when it has none. */
    public byte @Nullable [] entryName() {
        BerReader fields = fields();
        boolean there = switch (operation) {
            case 0 -> fields.skip(2);
            case DEL_REQUEST -> true;
            case SEARCH_REQUEST, SEARCH_RESULT_ENTRY, MODIFY_REQUEST, ADD_REQUEST, 12, COMPARE_REQUEST ->
                fields.skip(1);
            default -> resultCode() >= 0 && fields.skip(2);
        };
        if (!there) {
            return null;
        }
        return operation == DEL_REQUEST
                ? Arrays.copyOf(octets, Math.min(octets.length, TEXT_MAX))
                : fields.data(TEXT_MAX);
    }

    /** What a response says of an error, as it is; null when it says no result. */
    public byte @Nullable [] diagnosticMessage() {
        BerReader fields = fields();
        return resultCode() >= 0 && fields.skip(3) ? fields.data(TEXT_MAX) : null;
    }

    /** The types of the attributes that it asks for, changes or has, as they are. */
    public List<byte[]> attributeTypes() {
        BerReader fields = fields();
        List<byte[]> types = new ArrayList<>();
        switch (operation) {
            case SEARCH_REQUEST -> {
                if (fields.skip(7) && fields.next(BerReader.SEQUENCE)) { // six fields, the filter
                    BerReader list = fields.inside();
                    while (types.size() < ENTRIES_MAX && list.next()) {
                        types.add(list.data(TEXT_MAX));
                    }
                }
            }
            case SEARCH_RESULT_ENTRY, ADD_REQUEST -> {
                if (fields.skip(1) && fields.next(BerReader.SEQUENCE)) {
                    firstOfEach(fields.inside(), types);
                }
            }
            case MODIFY_REQUEST -> {
                if (fields.skip(1) && fields.next(BerReader.SEQUENCE)) {
                    BerReader changes = fields.inside();
                    while (types.size() < ENTRIES_MAX && changes.next(BerReader.SEQUENCE)) {
                        BerReader change = changes.inside();
                        if (change.skip(1) && change.next(BerReader.SEQUENCE)) {
                            addFirst(change.inside(), types);
                        }
                    }
                }
            }
            case COMPARE_REQUEST -> {
                if (fields.skip(1) && fields.next(BerReader.SEQUENCE)) {
                    addFirst(fields.inside(), types);
                }
            }
            default -> {
                // no other has attributes
            }
        }
        return types;
    }

    private static void firstOfEach(BerReader list, List<byte[]> types) {
        while (types.size() < ENTRIES_MAX && list.next(BerReader.SEQUENCE)) {
            addFirst(list.inside(), types);
        }
    }

    private static void addFirst(BerReader fields, List<byte[]> types) {
        if (fields.next()) {
            types.add(fields.data(TEXT_MAX));
        }
    }

    /** Numbers of operations by EVE's words. */
    public static Map<String, Long> operations() {
        Map<String, Long> numbers = new HashMap<>();
        for (int i = 0; i < NAMES.length; i++) {
            if (!NAMES[i].isEmpty()) {
                numbers.put(NAMES[i], (long) i);
            }
        }
        return numbers;
    }

    void writeTo(EveFields out) {
        out.put("operation", operationName()).put("message_id", id);
        LdapEve.write(this, out);
    }
}
