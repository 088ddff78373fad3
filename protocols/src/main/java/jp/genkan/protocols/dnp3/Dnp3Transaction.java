package jp.genkan.protocols.dnp3;

import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jp.genkan.core.event.EveFields;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.Transaction;
import jp.genkan.protocols.conversation.FieldReader;

/** A message of the application layer: a request or a response. Thread rule: as for {@link Transaction}. */
public final class Dnp3Transaction extends Transaction {
    private static final int READ = 1;
    private static final int RESPONSE = 129;
    private static final int UNSOLICITED = 130;
    private static final int FIR = 0x80;
    private static final int FIN = 0x40;
    private static final int CON = 0x20;
    private static final int UNS = 0x10;
    private static final List<String> FUNCTIONS = List.of(
            "confirm",
            "read",
            "write",
            "select",
            "operate",
            "direct_operate",
            "direct_operate_nr",
            "immed_freeze",
            "immed_freeze_nr",
            "freeze_clear",
            "freeze_clear_nr",
            "freeze_at_time",
            "freeze_at_time_nr",
            "cold_restart",
            "warm_restart",
            "initialize_data",
            "initialize_appl",
            "start_appl",
            "stop_appl",
            "save_config",
            "enable_unsolicited",
            "disable_unsolicited",
            "assign_class",
            "delay_measure",
            "record_current_time",
            "open_file",
            "close_file",
            "delete_file",
            "get_file_info",
            "authenticate_file",
            "abort_file",
            "activate_config",
            "authenticate_req",
            "authenticate_err");

    /** Names of indications, from the lowest bit of the second octet on, then those of the first. */
    private static final List<String> INDICATIONS = List.of(
            "no_func_code_support",
            "object_unknown",
            "parameter_error",
            "event_buffer_overflow",
            "already_executing",
            "config_corrupt",
            "reserved_2",
            "reserved_1",
            "all_stations",
            "class_1_events",
            "class_2_events",
            "class_3_events",
            "need_time",
            "local_control",
            "device_trouble",
            "device_restart");

    private final Direction direction;
    private final int control;
    private final int source;
    private final int destination;
    private final byte[] fragment;
    private final int applicationControl;
    private final int function;
    private final int indications;
    private final ObjectReader objects;

    /**
     * A message.
     *
     * @param control of its first frame
     * @param fragment application header and objects
     */
    Dnp3Transaction(long number, Direction direction, int control, int source, int destination, byte[] fragment) {
        super(AppProtocol.DNP3, number);
        this.direction = direction;
        this.control = control;
        this.source = source;
        this.destination = destination;
        this.fragment = fragment;
        FieldReader reader = new FieldReader(fragment, 0, fragment.length, ByteOrder.LITTLE_ENDIAN);
        applicationControl = reader.u8();
        function = reader.u8();
        indications = direction.isToServer() ? -1 : reader.u8() << 8 | reader.u8();
        objects = new ObjectReader(reader, function == READ);
        if (!reader.hasFailed()) {
            objects.read();
        }
    }

    /** Numbers of functions by their names. */
    public static Map<String, Long> functions() {
        Map<String, Long> numbers = new HashMap<>();
        for (int i = 0; i < FUNCTIONS.size(); i++) {
            numbers.put(FUNCTIONS.get(i), (long) i);
        }
        numbers.put("response", (long) RESPONSE);
        numbers.put("unsolicited_response", (long) UNSOLICITED);
        numbers.put("authenticate_resp", 131L);
        return numbers;
    }

    /** Bits of the internal indications by their names. */
    public static Map<String, Long> indicationBits() {
        Map<String, Long> bits = new HashMap<>();
        for (int i = 0; i < INDICATIONS.size(); i++) {
            bits.put(INDICATIONS.get(i), 1L << i);
        }
        return bits;
    }

    @Override
    public Direction eventDirection() {
        return direction;
    }

    /** The application's function code. */
    public int function() {
        return function;
    }

    /** The internal indications of a response; -1 for requests. */
    public int indications() {
        return indications;
    }

    public List<Dnp3Object> objects() {
        return List.copyOf(objects.objects);
    }

    /** Application header and objects, put together without checksums. */
    public byte[] fragment() {
        return fragment;
    }

    Set<String> events() {
        return objects.events;
    }

    @Override
    public void writeTo(EveFields out) {
        out.object("dnp3");
        out.put(
                "type",
                direction.isToServer() ? "request" : function == UNSOLICITED ? "unsolicited_response" : "response");
        out.object("control")
                .put("dir", (control & 0x80) != 0)
                .put("pri", (control & 0x40) != 0)
                .put("fcb", (control & 0x20) != 0)
                .put("fcv", (control & 0x10) != 0)
                .put("function_code", control & 15)
                .end();
        out.put("src", source).put("dst", destination);
        out.object("application");
        out.object("control")
                .put("fir", (applicationControl & FIR) != 0)
                .put("fin", (applicationControl & FIN) != 0)
                .put("con", (applicationControl & CON) != 0)
                .put("uns", (applicationControl & UNS) != 0)
                .put("sequence", applicationControl & 15)
                .end();
        out.put("function_code", function);
        if (!objects.objects.isEmpty()) {
            out.array("objects");
            objects.objects.forEach(object -> object.writeTo(out));
            out.end();
        }
        out.put("complete", objects.complete).end();
        if (indications >= 0) {
            out.object("iin").array("indicators");
            for (int i = INDICATIONS.size() - 1; i >= 0; i--) {
                if ((indications & 1 << i) != 0) {
                    out.add(INDICATIONS.get(i));
                }
            }
            out.end().end();
        }
        out.end();
    }
}
