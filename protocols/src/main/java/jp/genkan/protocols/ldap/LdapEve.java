package jp.genkan.protocols.ldap;

import java.util.Objects;
import jp.genkan.core.event.EveFields;
import jp.genkan.protocols.ber.BerReader;
import jp.genkan.protocols.conversation.OctetText;

/** Writes what a message says, in EVE's words. Passwords and what SASL carries are left out. Stateless. */
final class LdapEve {
    private static final int BIND_REQUEST = 0;
    private static final int UNBIND_REQUEST = 2;
    private static final int MOD_DN_REQUEST = 12;
    private static final int ABANDON_REQUEST = 16;
    private static final int INTERMEDIATE_RESPONSE = 25;
    private static final int SASL = 0xa3;
    private static final int SUPERIOR = 0x80;
    private static final int REQUEST_NAME = 0x80;
    private static final int REQUEST_VALUE = 0x81;
    private static final int RESPONSE_NAME = 0x8a;
    private static final int RESPONSE_VALUE = 0x8b;
    private static final String[] CHANGES = {"add", "delete", "replace"};

    private LdapEve() {}

    static void write(LdapMessage message, EveFields out) {
        int operation = message.operation();
        if (operation == UNBIND_REQUEST || operation == ABANDON_REQUEST) {
            return;
        }
        out.object(message.operationName());
        BerReader fields = message.fields();
        switch (operation) {
            case BIND_REQUEST -> bind(fields, out);
            case LdapMessage.SEARCH_REQUEST -> search(fields, out);
            case LdapMessage.SEARCH_RESULT_ENTRY -> {
                named(fields, "base_object", out);
                attributes(fields, "type", out);
            }
            case LdapMessage.DEL_REQUEST -> out.put("dn", OctetText.of(Objects.requireNonNull(message.entryName())));
            case LdapMessage.MODIFY_REQUEST -> modify(fields, out);
            case LdapMessage.ADD_REQUEST -> {
                named(fields, "entry", out);
                attributes(fields, "name", out);
            }
            case MOD_DN_REQUEST -> rename(fields, out);
            case LdapMessage.COMPARE_REQUEST -> compare(fields, out);
            case LdapMessage.EXTENDED_REQUEST -> extended(fields, REQUEST_NAME, REQUEST_VALUE, out);
            case INTERMEDIATE_RESPONSE -> extended(fields, REQUEST_NAME, REQUEST_VALUE, out);
            default -> result(message, fields, out);
        }
        out.end();
    }

    private static String text(BerReader field) {
        return OctetText.of(field.data(LdapMessage.TEXT_MAX));
    }

    private static void named(BerReader fields, String name, EveFields out) {
        if (fields.next()) {
            out.put(name, text(fields));
        }
    }

    private static void bind(BerReader fields, EveFields out) {
        if (fields.next()) {
            out.put("version", fields.number());
        }
        named(fields, "name", out);
        if (fields.next() && fields.tag() == SASL) {
            out.object("sasl");
            named(fields.inside(), "mechanism", out);
            out.end();
        }
    }

    private static void search(BerReader fields, EveFields out) {
        named(fields, "base_object", out);
        for (String name : new String[] {"scope", "deref_alias", "size_limit", "time_limit"}) {
            if (fields.next()) {
                out.put(name, fields.number());
            }
        }
        out.put("types_only", fields.next() && fields.number() != 0);
        if (fields.skip(1) && fields.next(BerReader.SEQUENCE)) { // the filter
            texts(fields.inside(), "attributes", out);
        }
    }

    private static void texts(BerReader list, String name, EveFields out) {
        out.array(name);
        for (int i = 0; i < LdapMessage.ENTRIES_MAX && list.next(); i++) {
            out.add(text(list));
        }
        out.end();
    }

    /** Attributes with their values. */
    private static void attributes(BerReader fields, String typeName, EveFields out) {
        if (!fields.next(BerReader.SEQUENCE)) {
            return;
        }
        BerReader list = fields.inside();
        out.array("attributes");
        for (int i = 0; i < LdapMessage.ENTRIES_MAX && list.next(BerReader.SEQUENCE); i++) {
            BerReader attribute = list.inside();
            out.object();
            named(attribute, typeName, out);
            if (attribute.next()) {
                texts(attribute.inside(), "values", out);
            }
            out.end();
        }
        out.end();
    }

    private static void modify(BerReader fields, EveFields out) {
        named(fields, "object", out);
        if (!fields.next(BerReader.SEQUENCE)) {
            return;
        }
        BerReader list = fields.inside();
        out.array("changes");
        for (int i = 0; i < LdapMessage.ENTRIES_MAX && list.next(BerReader.SEQUENCE); i++) {
            BerReader change = list.inside();
            out.object();
            if (change.next()) {
                long kind = change.number();
                out.put(
                        "operation",
                        kind >= 0 && kind < CHANGES.length ? CHANGES[(int) kind] : "unknown (" + kind + ")");
            }
            if (change.next(BerReader.SEQUENCE)) {
                BerReader attribute = change.inside();
                out.object("modification");
                named(attribute, "attribute_type", out);
                if (attribute.next()) {
                    texts(attribute.inside(), "attribute_values", out);
                }
                out.end();
            }
            out.end();
        }
        out.end();
    }

    private static void rename(BerReader fields, EveFields out) {
        named(fields, "entry", out);
        named(fields, "new_rdn", out);
        out.put("delete_old_rdn", fields.next() && fields.number() != 0);
        if (fields.next(SUPERIOR)) {
            out.put("new_superior", text(fields));
        }
    }

    private static void compare(BerReader fields, EveFields out) {
        named(fields, "entry", out);
        if (fields.next(BerReader.SEQUENCE)) {
            BerReader assertion = fields.inside();
            out.object("attribute_value_assertion");
            named(assertion, "description", out);
            named(assertion, "value", out);
            out.end();
        }
    }

    private static void extended(BerReader fields, int name, int value, EveFields out) {
        for (int i = 0; i < LdapMessage.ENTRIES_MAX && fields.next(); i++) {
            if (fields.tag() == name) {
                out.put("name", text(fields));
            } else if (fields.tag() == value) {
                out.put("value", text(fields));
            }
        }
    }

    private static void result(LdapMessage message, BerReader fields, EveFields out) {
        if (message.resultCode() < 0) {
            return;
        }
        out.put("result_code", LdapResult.name(message.resultCode()));
        fields.next();
        fields.next();
        out.put("matched_dn", text(fields));
        fields.next();
        out.put("message", text(fields));
        if (message.operation() == LdapMessage.EXTENDED_RESPONSE) {
            extended(fields, RESPONSE_NAME, RESPONSE_VALUE, out);
        }
    }
}
