package jp.genkan.protocols.modbus;

import java.nio.ByteOrder;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import jp.genkan.core.event.EveFields;
import jp.genkan.protocols.conversation.FieldReader;
import jp.genkan.protocols.conversation.OctetText;

/**
 * A request or response:
 *
 * <pre>
 *  transaction(2) protocol(2) length(2) unit(1) function(1) data
 * </pre>
 *
 * <p>Thread rule: immutable once it is read.
 */
public final class ModbusMessage {
    static final int HEADER_LENGTH = 7;

    private static final int EXCEPTION = 0x80;
    private static final int COILS_READ_MAX = 2_000;
    private static final int REGISTERS_READ_MAX = 125;
    private static final int COILS_WRITTEN_MAX = 1_968;
    private static final int REGISTERS_WRITTEN_MAX = 123;
    private static final int REGISTERS_EXCHANGED_MAX = 121;
    private static final int COIL_ON = 0xff00;
    private static final List<String> FLAGS = List.of("DATA_VALUE", "DATA_LENGTH", "EXC_CODE", "FUNC_CODE", "PROTO_ID");

    final int transaction;
    final int protocol;
    final int unit;
    final int rawFunction;
    private final boolean request;

    // what it carries; -1 where it has no such field
    int readAddress = -1;
    int readQuantity = -1;
    int writeAddress = -1;
    int writeQuantity = -1;
    int writeValue = -1;
    int andMask = -1;
    int orMask = -1;
    int sub = -1;
    byte[] data = {};
    private final Set<String> events = new LinkedHashSet<>();
    private int flags;

    ModbusMessage(byte[] octets, int from, int to, boolean request) {
        FieldReader reader = new FieldReader(octets, from, to, ByteOrder.BIG_ENDIAN);
        this.request = request;
        transaction = reader.u16();
        protocol = reader.u16();
        reader.u16();
        unit = reader.u8();
        rawFunction = reader.u8();
        if (protocol != 0) {
            flag(4, "invalid_protocol_id");
        }
        if (isException()) {
            sub = reader.u8();
            if (!ModbusFunction.isException(sub)) {
                flag(2, "invalid_exception_code");
            }
        } else if (request) {
            request(reader);
        } else {
            response(reader);
        }
        if (function() == 0 || request && rawFunction >= EXCEPTION) {
            flag(3, "invalid_function_code");
        }
        if (reader.hasFailed() || reader.remaining() > 0) {
            flag(1, "invalid_length");
        }
    }

    private void flag(int bit, String event) {
        flags |= 1 << bit;
        events.add(event);
    }

    private void check(boolean right) {
        if (!right) {
            flag(0, "invalid_value");
        }
    }

    /** The function without the bit that marks exceptions. */
    public int function() {
        return rawFunction & 0x7f;
    }

    boolean isException() {
        return !request && (rawFunction & EXCEPTION) != 0;
    }

    public int unit() {
        return unit;
    }

    /** The kinds of access, bits of {@link ModbusFunction}. */
    public int access() {
        return isException() ? 0 : ModbusFunction.access(function());
    }

    /** The category of its function, a bit of {@link ModbusFunction}. */
    public int category() {
        return ModbusFunction.category(function());
    }

    /** The sub-function of a diagnostic; -1 for others. */
    public int subFunction() {
        return function() == ModbusFunction.DIAGNOSTIC ? sub : -1;
    }

    Set<String> events() {
        return events;
    }

    private void request(FieldReader reader) {
        int function = function();
        switch (function) {
            case 1, 2, 3, 4 -> {
                readAddress = reader.u16();
                readQuantity = reader.u16();
                check(readQuantity > 0 && readQuantity <= (function <= 2 ? COILS_READ_MAX : REGISTERS_READ_MAX));
            }
            case ModbusFunction.WRITE_COIL, ModbusFunction.WRITE_REGISTER -> single(reader);
            case ModbusFunction.WRITE_COILS, ModbusFunction.WRITE_REGISTERS -> {
                boolean coils = function == ModbusFunction.WRITE_COILS;
                several(reader, coils, coils ? COILS_WRITTEN_MAX : REGISTERS_WRITTEN_MAX);
            }
            case ModbusFunction.MASK_WRITE -> mask(reader);
            case ModbusFunction.READ_WRITE -> {
                readAddress = reader.u16();
                readQuantity = reader.u16();
                check(readQuantity > 0 && readQuantity <= REGISTERS_READ_MAX);
                several(reader, false, REGISTERS_EXCHANGED_MAX);
            }
            default -> other(reader);
        }
    }

    private void response(FieldReader reader) {
        switch (function()) {
            case 1, 2, 3, 4, ModbusFunction.READ_WRITE -> data = reader.octets(reader.u8());
            case ModbusFunction.WRITE_COIL, ModbusFunction.WRITE_REGISTER -> single(reader);
            case ModbusFunction.WRITE_COILS, ModbusFunction.WRITE_REGISTERS -> {
                writeAddress = reader.u16();
                writeValue = reader.u16();
            }
            case ModbusFunction.MASK_WRITE -> mask(reader);
            default -> other(reader);
        }
    }

    private void single(FieldReader reader) {
        writeAddress = reader.u16();
        writeValue = reader.u16();
        check(function() != ModbusFunction.WRITE_COIL || writeValue == 0 || writeValue == COIL_ON);
    }

    private void several(FieldReader reader, boolean coils, int most) {
        writeAddress = reader.u16();
        writeQuantity = reader.u16();
        int count = reader.u8();
        int expected = coils ? (writeQuantity + 7) / 8 : writeQuantity * 2;
        check(writeQuantity > 0 && writeQuantity <= most && count == expected);
        data = reader.octets(count);
    }

    private void mask(FieldReader reader) {
        writeAddress = reader.u16();
        andMask = reader.u16();
        orMask = reader.u16();
    }

    private void other(FieldReader reader) {
        if (function() == ModbusFunction.DIAGNOSTIC) {
            sub = reader.u16();
        } else if (function() == ModbusFunction.MEI) {
            sub = reader.u8();
        }
        data = reader.octets(reader.remaining());
    }

    /** The first address that it reads or writes, from 1; -1 when it has none. */
    public int firstAddress() {
        return readAddress >= 0 ? readAddress + 1 : writeAddress >= 0 ? writeAddress + 1 : -1;
    }

    /** The last address that it reads or writes. */
    public int lastAddress() {
        int quantity = readAddress >= 0 ? readQuantity : Math.max(1, writeQuantity);
        return firstAddress() + Math.max(1, quantity) - 1;
    }

    /** The value that it writes to an address, counted from 1; -1 when it writes none there. */
    public int valueAt(int address) {
        int place = address - 1 - writeAddress;
        if (writeAddress < 0 || place < 0) {
            return -1;
        }
        if (writeQuantity < 0) {
            return place == 0 ? writeValue : -1;
        }
        if (place >= writeQuantity) {
            return -1;
        }
        if (function() == ModbusFunction.WRITE_COILS) {
            return place / 8 < data.length ? data[place / 8] >>> place % 8 & 1 : -1;
        }
        return 2 * place + 1 < data.length ? (data[2 * place] & 0xff) << 8 | data[2 * place + 1] & 0xff : -1;
    }

    /** True when the response to a write repeats what was asked. */
    boolean repeats(ModbusMessage asked) {
        if (writeAddress < 0) {
            return true;
        }
        boolean several = asked.writeQuantity >= 0;
        return writeAddress == asked.writeAddress
                && writeValue == (several ? asked.writeQuantity : asked.writeValue)
                && andMask == asked.andMask
                && orMask == asked.orMask;
    }

    void writeTo(EveFields out) {
        out.put("transaction_id", transaction).put("protocol_id", protocol).put("unit_id", unit);
        out.put("function_raw", function()).put("function_code", ModbusFunction.name(function()));
        out.put("access_type", ModbusFunction.accessText(ModbusFunction.access(function())));
        out.put("category", ModbusFunction.categoryText(category()));
        out.put("error_flags", ModbusFunction.text(FLAGS, flags));
        if (isException()) {
            out.object("exception").put("raw", sub).put("code", ModbusFunction.exception(sub));
            out.end();
            return;
        }
        switch (function()) {
            case ModbusFunction.DIAGNOSTIC -> named(out, "diagnostic", ModbusFunction.diagnostic(sub));
            case ModbusFunction.MEI -> named(out, "mei", ModbusFunction.mei(sub));
            default -> writeData(out);
        }
    }

    private void named(EveFields out, String name, String code) {
        out.object(name).put("raw", sub).put("code", code);
        out.put("data", OctetText.of(data)).end();
    }

    private void writeData(EveFields out) {
        boolean reads = (access() & ModbusFunction.READ) != 0;
        if (readAddress >= 0) {
            out.object("read").put("address", readAddress).put("quantity", readQuantity);
            out.end();
        } else if (reads) {
            out.object("read").put("data", OctetText.of(data)).end();
        }
        if (writeAddress >= 0) {
            out.object("write").put("address", writeAddress);
            if (writeQuantity >= 0) {
                out.put("quantity", writeQuantity).put("data", OctetText.of(data));
            } else if (andMask >= 0) {
                out.put("and_mask", andMask).put("or_mask", orMask);
            } else {
                out.put("data", writeValue);
            }
            out.end();
        } else if (!reads && data.length > 0) {
            out.put("data", OctetText.of(data));
        }
    }
}
