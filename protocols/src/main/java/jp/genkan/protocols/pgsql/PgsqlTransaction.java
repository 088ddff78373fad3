package jp.genkan.protocols.pgsql;

import java.util.ArrayList;
import java.util.List;
import jp.genkan.core.event.EveFields;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.Transaction;
import jp.genkan.protocols.conversation.OctetText;
import org.jspecify.annotations.Nullable;

/** A request of the client, and what the server answers until it is ready for the next. Thread rule: as for {@link Transaction}. */
public final class PgsqlTransaction extends Transaction {
    /** Fields of an answer that are told; errors have up to eighteen, a start some fifteen parameters. */
    static final int FIELDS_MAX = 64;

    /** A name and its value. */
    record Field(String name, String text, long number) {
        static Field of(String name, String text) {
            return new Field(name, text, -1);
        }

        static Field of(String name, long number) {
            return new Field(name, "", number);
        }

        void writeTo(EveFields out) {
            if (number >= 0) {
                out.put(name, number);
            } else {
                out.put(name, text);
            }
        }
    }

    private final List<Field> request = new ArrayList<>(2);
    private final List<Field> startup = new ArrayList<>(0);
    private final List<Field> parameters = new ArrayList<>(0);
    private final List<Field> response = new ArrayList<>(4);
    private byte @Nullable [] query;
    private String user = "";
    private boolean started;

    @Nullable
    Boolean encryption;

    long rows;
    long rowOctets;
    private boolean answered;

    PgsqlTransaction(long number) {
        super(AppProtocol.PGSQL, number);
    }

    /** The text of a simple query, or of one that is to be prepared; null when it asks for something else. */
    public byte @Nullable [] query() {
        return query;
    }

    void query(byte[] text, String name) {
        query = text;
        asked(Field.of(name, OctetText.of(text)));
    }

    void asked(Field field) {
        if (request.size() < FIELDS_MAX) {
            request.add(field);
        }
    }

    void start(String ofUser) {
        started = true;
        user = ofUser;
    }

    void startParameter(Field field) {
        if (startup.size() < FIELDS_MAX) {
            startup.add(field);
        }
    }

    void parameter(Field field) {
        answered = true;
        if (parameters.size() < FIELDS_MAX) {
            parameters.add(field);
        }
    }

    /** A field of the answer; one of the same name is replaced. */
    void answer(Field field) {
        answered = true;
        response.removeIf(other -> other.name().equals(field.name()));
        if (response.size() < FIELDS_MAX) {
            response.add(field);
        }
    }

    void row(long octets) {
        answered = true;
        rows++;
        rowOctets += octets;
    }

    void encryption(boolean accepted) {
        answered = true;
        encryption = accepted;
    }

    @Override
    public void writeTo(EveFields out) {
        out.object("pgsql").put("tx_id", number());
        if (!request.isEmpty() || started) {
            out.object("request");
            request.forEach(field -> field.writeTo(out));
            if (started) {
                writeStart(out);
            }
            out.end();
        }
        if (answered) {
            writeAnswer(out);
        }
        out.end();
    }

    private void writeStart(EveFields out) {
        out.object("startup_parameters").put("user", user);
        writeList(out, "optional_parameters", startup);
        out.end();
    }

    private static void writeList(EveFields out, String name, List<Field> fields) {
        if (fields.isEmpty()) {
            return;
        }
        out.array(name);
        for (Field field : fields) {
            out.object();
            field.writeTo(out);
            out.end();
        }
        out.end();
    }

    private void writeAnswer(EveFields out) {
        out.object("response");
        if (encryption != null) {
            out.put("ssl_accepted", encryption);
        }
        writeList(out, "parameter_status", parameters);
        response.forEach(field -> field.writeTo(out));
        if (rows > 0) {
            out.put("data_rows", rows).put("data_size", rowOctets);
        }
        out.end();
    }
}
