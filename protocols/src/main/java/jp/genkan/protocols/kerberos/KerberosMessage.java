package jp.genkan.protocols.kerberos;

import jp.genkan.protocols.ber.BerReader;
import jp.genkan.protocols.conversation.OctetText;
import org.jspecify.annotations.Nullable;

/**
 * What a message says, RFC 4120 §5.4 and §5.9.
 *
 * @param type its number: 10 to 13, or 30 for an error
 * @param client the principal's names with strokes, null when absent
 * @param realm null when absent
 * @param server the principal's names with strokes, null when absent
 * @param encryption of the reply, 0 for none
 * @param ticketEncryption of the ticket in a reply, 0 for none
 * @param error 0 for none
 */
public record KerberosMessage(
        int type,
        @Nullable String client,
        @Nullable String realm,
        @Nullable String server,
        int encryption,
        int ticketEncryption,
        int error) {
    static final int AS_REQUEST = 10;
    static final int AS_REPLY = 11;
    static final int TGS_REQUEST = 12;
    static final int TGS_REPLY = 13;
    static final int ERROR = 30;

    private static final int APPLICATION = 0x60;
    private static final int FIELD = 0xa0; // a field's number in brackets is added

    /** Names of a principal that are read; real ones have one to three. */
    private static final int NAMES_MAX = 8;

    /** Octets of a realm or name that are kept. */
    private static final int NAME_MAX = 256;

    /** Reads a message; null when it is none of those that are read. */
    static @Nullable KerberosMessage read(byte[] octets, int from, int to) {
        BerReader outer = new BerReader(octets, from, to);
        if (!outer.next()) {
            return null;
        }
        int type = outer.tag() - APPLICATION;
        BerReader wrapped = outer.inside();
        if (!wrapped.next(BerReader.SEQUENCE)) {
            return null;
        }
        BerReader fields = wrapped.inside();
        return switch (type) {
            case AS_REQUEST, TGS_REQUEST -> request(type, fields);
            case AS_REPLY, TGS_REPLY -> reply(type, fields);
            case ERROR -> error(fields);
            default -> null;
        };
    }

    private static @Nullable KerberosMessage request(int type, BerReader fields) {
        if (!find(fields, 4)) {
            return null;
        }
        BerReader body = sequenceIn(fields);
        String client = null;
        String realm = null;
        String server = null;
        while (body.next()) {
            switch (body.tag() - FIELD) {
                case 1 -> client = principal(body);
                case 2 -> realm = text(body);
                case 3 -> server = principal(body);
                default -> {}
            }
        }
        return body.isMalformed() ? null : new KerberosMessage(type, client, realm, server, 0, 0, 0);
    }

    private static @Nullable KerberosMessage reply(int type, BerReader fields) {
        String client = null;
        String realm = null;
        String server = null;
        int encryption = 0;
        int ticketEncryption = 0;
        while (fields.next()) {
            switch (fields.tag() - FIELD) {
                case 3 -> realm = text(fields);
                case 4 -> client = principal(fields);
                case 5 -> {
                    BerReader ticket = ticket(fields);
                    while (ticket.next()) {
                        switch (ticket.tag() - FIELD) {
                            case 2 -> server = principal(ticket);
                            case 3 -> ticketEncryption = encryption(ticket);
                            default -> {}
                        }
                    }
                }
                case 6 -> encryption = encryption(fields);
                default -> {}
            }
        }
        return fields.isMalformed()
                ? null
                : new KerberosMessage(type, client, realm, server, encryption, ticketEncryption, 0);
    }

    private static @Nullable KerberosMessage error(BerReader fields) {
        String client = null;
        String realm = null;
        String server = null;
        int code = 0;
        while (fields.next()) {
            switch (fields.tag() - FIELD) {
                case 6 -> code = (int) number(fields);
                case 8 -> client = principal(fields);
                case 9 -> realm = text(fields);
                case 10 -> server = principal(fields);
                default -> {}
            }
        }
        return fields.isMalformed() ? null : new KerberosMessage(ERROR, client, realm, server, 0, 0, code);
    }

    private static boolean find(BerReader fields, int number) {
        while (fields.next()) {
            if (fields.tag() == FIELD + number) {
                return true;
            }
        }
        return false;
    }

    private static BerReader sequenceIn(BerReader field) {
        BerReader inside = field.inside();
        inside.next(BerReader.SEQUENCE);
        return inside.inside();
    }

    /** The fields of a ticket, which has an application tag around them. */
    private static BerReader ticket(BerReader field) {
        BerReader tagged = field.inside();
        tagged.next();
        return sequenceIn(tagged);
    }

    private static int encryption(BerReader field) {
        BerReader data = sequenceIn(field);
        return data.next(FIELD) ? (int) number(data) : 0;
    }

    private static long number(BerReader field) {
        BerReader inside = field.inside();
        return inside.next(BerReader.INTEGER) ? inside.number() : 0;
    }

    private static String text(BerReader field) {
        BerReader inside = field.inside();
        inside.next();
        return OctetText.of(inside.data(NAME_MAX));
    }

    private static String principal(BerReader field) {
        BerReader parts = sequenceIn(field);
        StringBuilder text = new StringBuilder();
        if (find(parts, 1)) {
            BerReader names = sequenceIn(parts);
            for (int i = 0; i < NAMES_MAX && names.next(); i++) {
                text.append(i > 0 ? "/" : "").append(OctetText.of(names.data(NAME_MAX)));
            }
        }
        return text.toString();
    }
}
