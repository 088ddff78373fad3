package jp.genkan.protocols.http2;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the header blocks of one direction, RFC 7541. The dynamic table is bounded by {@link #TABLE_MAX}, whatever the peers agree on.
 *
 * <p>Thread rule: the worker of its flow.
 */
final class HpackDecoder {
    /** Takes the fields of a block. */
    @FunctionalInterface
    interface Fields {
        void field(byte[] name, byte[] value);

        /** The block sets the size of the dynamic table. */
        default void tableSize(int size) {}
    }

    /** Why a block could not be decoded. */
    enum Outcome {
        GOOD,
        INVALID,
        INTEGER_OVERFLOW
    }

    /** Largest dynamic table, as RFC 7541 §4.1 counts; browsers use 64 KiB, servers 4 KiB. */
    static final int TABLE_MAX = 65_536;

    private static final int TABLE_DEFAULT = 4_096;
    private static final int ENTRY_OVERHEAD = 32; // RFC 7541 §4.1
    private static final int INTEGER_OCTETS_MAX = 4;

    private static final byte[] NOTHING = {};

    private static final List<Entry> STATIC = statics();

    private static final class Entry {
        private final byte[] name;
        private final byte[] value;

        Entry(byte[] name, byte[] value) {
            this.name = name;
            this.value = value;
        }

        int size() {
            return name.length + value.length + ENTRY_OVERHEAD;
        }
    }

    private final List<Entry> table = new ArrayList<>();
    private int evicted;
    private int tableSize;
    private int tableMax = TABLE_DEFAULT;
    private byte[] block = NOTHING;
    private int at;
    private int end;
    private Outcome outcome = Outcome.GOOD;

    /** Decodes a block. After anything but {@link Outcome#GOOD} the table is no longer that of the sender, and nothing more is decoded. */
    Outcome decode(byte[] octets, int from, int to, Fields fields) {
        block = octets;
        at = from;
        end = to;
        while (at < end && outcome == Outcome.GOOD) {
            int first = block[at] & 0xff;
            if ((first & 0x80) != 0) {
                Entry entry = entry(integer(7));
                if (entry != null) {
                    fields.field(entry.name, entry.value);
                }
            } else if ((first & 0x40) != 0) {
                literal(6, true, fields);
            } else if ((first & 0x20) != 0) {
                int size = integer(5);
                fields.tableSize(size);
                resize(size);
            } else {
                literal(4, false, fields);
            }
        }
        block = NOTHING;
        return outcome;
    }

    private void literal(int prefix, boolean isIndexed, Fields fields) {
        int index = integer(prefix);
        Entry named = index > 0 ? entry(index) : null;
        byte[] name = named != null ? named.name : index == 0 ? string() : null;
        byte[] value = name == null ? null : string();
        if (outcome != Outcome.GOOD || name == null || value == null) {
            outcome = outcome == Outcome.GOOD ? Outcome.INVALID : outcome;
            return;
        }
        if (isIndexed) {
            add(new Entry(name, value));
        }
        fields.field(name, value);
    }

    private @Nullable Entry entry(int index) {
        if (outcome != Outcome.GOOD) {
            return null;
        }
        if (index >= 1 && index <= STATIC.size()) {
            return STATIC.get(index - 1);
        }
        int dynamic = index - STATIC.size() - 1;
        if (dynamic < 0 || dynamic >= table.size() - evicted) {
            outcome = Outcome.INVALID;
            return null;
        }
        return table.get(table.size() - 1 - dynamic);
    }

    private void resize(int size) {
        if (size > TABLE_MAX) {
            outcome = Outcome.INVALID;
            return;
        }
        tableMax = size;
        evict();
    }

    private void add(Entry entry) {
        table.add(entry);
        tableSize += entry.size();
        evict();
    }

    /** The oldest entries stand first; they are taken out in bulk, so that each costs a constant. */
    private void evict() {
        while (tableSize > tableMax) {
            tableSize -= table.get(evicted).size();
            table.set(evicted, STATIC.getFirst());
            evicted++;
        }
        if (evicted > table.size() / 2) {
            table.subList(0, evicted).clear();
            evicted = 0;
        }
    }

    private int integer(int prefix) {
        int mask = (1 << prefix) - 1;
        int value = block[at++] & mask;
        if (value < mask) {
            return value;
        }
        for (int i = 0; i < INTEGER_OCTETS_MAX; i++) {
            if (at >= end) {
                outcome = Outcome.INVALID;
                return 0;
            }
            int octet = block[at++] & 0xff;
            value += (octet & 0x7f) << 7 * i;
            if ((octet & 0x80) == 0) {
                return value;
            }
        }
        outcome = Outcome.INTEGER_OVERFLOW;
        return 0;
    }

    private byte @Nullable [] string() {
        if (outcome != Outcome.GOOD || at >= end) {
            return null;
        }
        boolean huffman = (block[at] & 0x80) != 0;
        int length = integer(7);
        if (outcome != Outcome.GOOD || length > end - at) {
            return null;
        }
        int from = at;
        at += length;
        if (!huffman) {
            return Arrays.copyOfRange(block, from, at);
        }
        ByteArrayOutputStream decoded = new ByteArrayOutputStream(length * 2);
        return HuffmanCode.decode(block, from, at, decoded) ? decoded.toByteArray() : null;
    }

    /** RFC 7541, Appendix A. */
    private static List<Entry> statics() {
        String[] fields = {
            ":authority",
            ":method GET",
            ":method POST",
            ":path /",
            ":path /index.html",
            ":scheme http",
            ":scheme https",
            ":status 200",
            ":status 204",
            ":status 206",
            ":status 304",
            ":status 400",
            ":status 404",
            ":status 500",
            "accept-charset",
            "accept-encoding gzip, deflate",
            "accept-language",
            "accept-ranges",
            "accept",
            "access-control-allow-origin",
            "age",
            "allow",
            "authorization",
            "cache-control",
            "content-disposition",
            "content-encoding",
            "content-language",
            "content-length",
            "content-location",
            "content-range",
            "content-type",
            "cookie",
            "date",
            "etag",
            "expect",
            "expires",
            "from",
            "host",
            "if-match",
            "if-modified-since",
            "if-none-match",
            "if-range",
            "if-unmodified-since",
            "last-modified",
            "link",
            "location",
            "max-forwards",
            "proxy-authenticate",
            "proxy-authorization",
            "range",
            "referer",
            "refresh",
            "retry-after",
            "server",
            "set-cookie",
            "strict-transport-security",
            "transfer-encoding",
            "user-agent",
            "vary",
            "via",
            "www-authenticate"
        };
        List<Entry> entries = new ArrayList<>();
        for (String field : fields) {
            int space = field.indexOf(' ');
            String name = space < 0 ? field : field.substring(0, space);
            String value = space < 0 ? "" : field.substring(space + 1);
            entries.add(
                    new Entry(name.getBytes(StandardCharsets.ISO_8859_1), value.getBytes(StandardCharsets.ISO_8859_1)));
        }
        return List.copyOf(entries);
    }
}
