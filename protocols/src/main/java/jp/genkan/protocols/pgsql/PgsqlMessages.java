package jp.genkan.protocols.pgsql;

import java.nio.ByteOrder;
import java.util.Arrays;
import jp.genkan.protocols.conversation.FieldReader;
import jp.genkan.protocols.conversation.OctetText;
import jp.genkan.protocols.pgsql.PgsqlTransaction.Field;

/** Reads what messages hold (PostgreSQL 17, "Message Formats"), and notes it with their transaction. Stateless. */
final class PgsqlMessages {
    /** Parameters of a start, fields of an error that are looked at. */
    private static final int FIELDS_MAX = 64;

    /** Columns of a row that are counted; tables have up to 1,600. */
    private static final int COLUMNS_MAX = 1_600;

    private PgsqlMessages() {}

    static FieldReader reader(byte[] octets, int from, int to) {
        return new FieldReader(octets, from, to, ByteOrder.BIG_ENDIAN);
    }

    /** The parameters of a start: names and values until an empty name. */
    static void start(FieldReader reader, PgsqlTransaction into) {
        String user = "";
        for (int i = 0; i < FIELDS_MAX && reader.remaining() > 1; i++) {
            String name = reader.zeroText();
            if (name.isEmpty()) {
                break;
            }
            String value = reader.zeroText();
            if (name.equals("user")) {
                user = value;
            } else {
                into.startParameter(Field.of(name, value));
            }
        }
        into.start(user);
    }

    private static byte[] zeroOctets(byte[] octets, int from, int to) {
        int end = from;
        while (end < to && octets[end] != 0) {
            end++;
        }
        return Arrays.copyOfRange(octets, from, end);
    }

    /**
     * A typed message of the client.
     *
     * @param sasl true when the server has asked for SASL, so that a password message carries its answer
     * @return false when the type is none that clients send
     */
    static boolean request(int type, byte[] octets, int from, int to, Sasl sasl, PgsqlTransaction into) {
        switch (type) {
            case 'Q' -> into.query(zeroOctets(octets, from, to), "simple_query");
            case 'P' -> {
                int behindName = from + zeroOctets(octets, from, to).length + 1;
                into.query(zeroOctets(octets, Math.min(to, behindName), to), "parse");
            }
            case 'p' -> {
                switch (sasl) {
                    case FIRST -> {
                        FieldReader reader = reader(octets, from, to);
                        into.asked(Field.of("sasl_authentication_mechanism", reader.zeroText()));
                        reader.u32();
                        into.asked(Field.of("sasl_param", reader.text(reader.remaining())));
                    }
                    case NEXT -> into.asked(Field.of("sasl_response", OctetText.of(octets, from, to)));
                    case NONE -> {
                        // a password, or its digest
                    }
                }
            }
            case 'X' -> into.asked(Field.of("message", "terminate"));
            case 'B', 'C', 'D', 'E', 'F', 'H', 'S', 'c', 'd', 'f' -> {
                // parts of extended queries and copies: nothing is told of them
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    /** What a password message means. */
    enum Sasl {
        NONE,
        FIRST,
        NEXT
    }

    /** A typed message of the server; false when the type is none that servers send. */
    static boolean response(int type, byte[] octets, int from, int to, long whole, PgsqlTransaction into) {
        FieldReader reader = reader(octets, from, to);
        switch (type) {
            case 'R' -> authentication(reader, into);
            case 'S' -> into.parameter(Field.of(reader.zeroText(), reader.zeroText()));
            case 'K' -> {
                into.answer(Field.of("process_id", reader.u32()));
                into.answer(Field.of("secret_key", reader.u32()));
            }
            case 'T' -> into.answer(Field.of("field_count", reader.u16()));
            case 'D' -> into.row(rowOctets(reader, whole));
            case 'C' -> into.answer(Field.of("command_completed", reader.zeroText()));
            case 'E', 'N' -> error(reader, into);
            case 'A' -> {
                into.answer(Field.of("pid", reader.u32()));
                into.answer(Field.of("channel_name", reader.zeroText()));
                into.answer(Field.of("payload", reader.zeroText()));
            }
            case 'Z', '1', '2', '3', 'n', 's', 't', 'I', 'G', 'H', 'W', 'c', 'd', 'v', 'V' -> {
                // nothing is told of them
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private static void authentication(FieldReader reader, PgsqlTransaction into) {
        int kind = (int) reader.u32();
        switch (kind) {
            case 0 -> into.answer(Field.of("message", "authentication_ok"));
            case 3 -> into.answer(Field.of("message", "authentication_cleartext_password"));
            case 5 -> into.answer(Field.of("authentication_md5_password", reader.text(reader.remaining())));
            case 9 -> into.answer(Field.of("authentication_sspi", reader.text(reader.remaining())));
            case 10 -> into.answer(Field.of("message", "authentication_sasl"));
            case 11 -> into.answer(Field.of("message", "authentication_sasl_continue"));
            case 12 -> into.answer(Field.of("authentication_sasl_final", reader.text(reader.remaining())));
            default -> into.answer(Field.of("message", "authentication_" + kind));
        }
    }

    /** Octets of the values of a row; of what is beyond the beginning that was kept, all are counted. */
    private static long rowOctets(FieldReader reader, long whole) {
        long kept = reader.remaining();
        long octets = 0;
        int columns = Math.min(reader.u16(), COLUMNS_MAX);
        for (int i = 0; i < columns && reader.remaining() > 0; i++) {
            int length = (int) reader.u32();
            if (length > 0) {
                octets += Math.min(length, reader.remaining());
                reader.part(length);
            }
        }
        return octets + Math.max(0, whole - kept);
    }

    private static void error(FieldReader reader, PgsqlTransaction into) {
        for (int i = 0; i < FIELDS_MAX && reader.remaining() > 1; i++) {
            int code = reader.u8();
            if (code == 0) {
                return;
            }
            into.answer(Field.of(errorField(code), reader.zeroText()));
        }
    }

    private static String errorField(int code) {
        return switch (code) {
            case 'S' -> "severity_localizable";
            case 'V' -> "severity_non_localizable";
            case 'C' -> "code";
            case 'M' -> "message";
            case 'D' -> "detail";
            case 'H' -> "hint";
            case 'P' -> "position";
            case 'p' -> "internal_position";
            case 'q' -> "internal_query";
            case 'W' -> "where";
            case 's' -> "schema_name";
            case 't' -> "table_name";
            case 'c' -> "column_name";
            case 'd' -> "data_type_name";
            case 'n' -> "constraint_name";
            case 'F' -> "file";
            case 'L' -> "line";
            case 'R' -> "routine";
            default -> "unknown_field";
        };
    }
}
