package jp.genkan.ips.keyword.service;

import java.util.Map;
import java.util.Set;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.Progress;
import jp.genkan.ips.keyword.number.NumberKeyword;
import jp.genkan.ips.keyword.number.NumbersKeyword;
import jp.genkan.ips.match.Buffer;
import jp.genkan.ips.match.BufferSink;
import jp.genkan.ips.signature.BufferTable;
import jp.genkan.ips.signature.KeywordTable;
import jp.genkan.protocols.ldap.LdapMessage;
import jp.genkan.protocols.ldap.LdapResult;
import jp.genkan.protocols.ldap.LdapTransaction;
import org.jspecify.annotations.Nullable;

/** Buffers and keywords of LDAP: a request, and its responses as they come, those that have come before included. */
final class LdapKeywords {
    private static final Set<AppProtocol> LDAP = Set.of(AppProtocol.LDAP);
    private static final byte[] NOTHING = {};

    private LdapKeywords() {}

    static void register(KeywordTable keywords, BufferTable buffers) {
        Map<String, Long> operations = LdapMessage.operations();
        keywords.add(
                number(Buffer.Ways.TO_SERVER, operations, (ldap, toServer) -> {
                    LdapMessage request = ldap.request();
                    return request == null ? NumberKeyword.NONE : request.operation();
                }),
                "ldap.request.operation");
        keywords.add(numbers(operations, LdapMessage::operation), "ldap.responses.operation");
        keywords.add(
                numbers(LdapResult.codes(), response -> {
                    int code = response.resultCode();
                    return code < 0 ? NumberKeyword.NONE : code;
                }),
                "ldap.responses.result_code");
        keywords.add(
                number(Buffer.Ways.TO_CLIENT, Map.of(), (ldap, toServer) -> ldap.responseCount()),
                "ldap.responses.count");
        request(keywords, buffers, "ldap.request.dn", false, (message, out) -> out.add(message.entryName()));
        request(keywords, buffers, "ldap.request.attribute_type", true, LdapKeywords::types);
        responses(keywords, buffers, "ldap.responses.dn", (message, out) -> orNothing(message.entryName(), out));
        responses(
                keywords,
                buffers,
                "ldap.responses.message",
                (message, out) -> orNothing(message.diagnosticMessage(), out));
        responses(keywords, buffers, "ldap.responses.attribute_type", LdapKeywords::types);
    }

    private static void types(LdapMessage message, BufferSink out) {
        message.attributeTypes().forEach(out::add);
    }

    /** A response without the field counts as one with an empty field. */
    private static void orNothing(byte @Nullable [] octets, BufferSink out) {
        out.add(octets == null ? NOTHING : octets);
    }

    private static NumberKeyword<LdapTransaction> number(
            Buffer.Ways ways, Map<String, Long> names, NumberKeyword.Field<LdapTransaction> field) {
        return new NumberKeyword<>(LdapTransaction.class, LDAP, ways, Progress.BODY, field, names);
    }

    /** A number of a response. */
    @FunctionalInterface
    private interface Field {
        long of(LdapMessage response);
    }

    private static NumbersKeyword<LdapTransaction> numbers(Map<String, Long> names, Field field) {
        NumbersKeyword.Numbers<LdapTransaction> list = new NumbersKeyword.Numbers<>() {
            @Override
            public int count(LdapTransaction ldap, boolean toServer) {
                return ldap.responses().size();
            }

            @Override
            public long at(LdapTransaction ldap, boolean toServer, int place) {
                return field.of(ldap.responses().get(place));
            }
        };
        return new NumbersKeyword<>(LdapTransaction.class, LDAP, Buffer.Ways.TO_CLIENT, Progress.BODY, list, names);
    }

    /** Reads a message. */
    @FunctionalInterface
    private interface Reader {
        void read(LdapMessage message, BufferSink out);
    }

    private static void request(
            KeywordTable keywords, BufferTable buffers, String name, boolean multiple, Reader reader) {
        add(keywords, buffers, name, Buffer.Ways.TO_SERVER, multiple, (ldap, toServer, out) -> {
            LdapMessage request = ldap.request();
            if (request != null) {
                reader.read(request, out);
            }
        });
    }

    private static void responses(KeywordTable keywords, BufferTable buffers, String name, Reader reader) {
        add(
                keywords,
                buffers,
                name,
                Buffer.Ways.TO_CLIENT,
                true,
                (ldap, toServer, out) -> ldap.responses().forEach(response -> reader.read(response, out)));
    }

    private static void add(
            KeywordTable keywords,
            BufferTable buffers,
            String name,
            Buffer.Ways ways,
            boolean multiple,
            BufferTable.Reader<LdapTransaction> reader) {
        Buffer buffer = new Buffer(
                name,
                Buffer.Origin.TRANSACTION,
                LDAP,
                ways,
                Progress.BODY,
                multiple,
                BufferTable.reading(LdapTransaction.class, reader));
        buffers.add(ways == Buffer.Ways.TO_CLIENT ? buffer.growing() : buffer);
        keywords.addSticky(buffers, name);
    }
}
