package jp.genkan.protocols.modbus;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What is known of function codes (Modbus Application Protocol 1.1b3 §5), in EVE's words. Stateless. */
public final class ModbusFunction {
    static final int READ_COILS = 1;
    static final int READ_INPUTS = 4;
    static final int WRITE_COIL = 5;
    static final int WRITE_REGISTER = 6;
    static final int DIAGNOSTIC = 8;
    static final int WRITE_COILS = 15;
    static final int WRITE_REGISTERS = 16;
    static final int MASK_WRITE = 22;
    static final int READ_WRITE = 23;
    static final int MEI = 43;

    // Kinds of access
    public static final int READ = 1;
    public static final int WRITE = 2;
    public static final int DISCRETES = 4;
    public static final int COILS = 8;
    public static final int INPUT = 16;
    public static final int HOLDING = 32;
    static final int SINGLE = 64;
    static final int MULTIPLE = 128;

    // Categories
    public static final int ASSIGNED = 1;
    public static final int UNASSIGNED = 2;
    public static final int USER = 4;
    public static final int RESERVED = 8;

    private static final List<String> ACCESSES =
            List.of("READ", "WRITE", "DISCRETES", "COILS", "INPUT", "HOLDING", "SINGLE", "MULTIPLE");
    private static final List<String> CATEGORIES =
            List.of("PUBLIC_ASSIGNED", "PUBLIC_UNASSIGNED", "USER_DEFINED", "RESERVED");
    private static final Set<Integer> RESERVED_CODES = Set.of(9, 10, 13, 14, 18, 19, 41, 42, 90, 91, 125, 126, 127);
    private static final Set<Integer> ASSIGNED_CODES =
            Set.of(1, 2, 3, 4, 5, 6, 7, 8, 11, 12, 15, 16, 17, 20, 21, 22, 23, 24, 43);
    private static final String[] NAMES = {
        "Unknown",
        "RdCoils",
        "RdDiscreteInputs",
        "RdHoldRegs",
        "RdInputRegs",
        "WrSingleCoil",
        "WrSingleReg",
        "RdExcStatus",
        "Diagnostic",
        "Program484",
        "Poll484",
        "GetCommEventCtr",
        "GetCommEventLog",
        "ProgramController",
        "PollController",
        "WrMultCoils",
        "WrMultRegs",
        "ReportServerID",
        "Program884",
        "ResetCommLink",
        "RdFileRec",
        "WrFileRec",
        "MaskWrReg",
        "RdWrMultRegs",
        "RdFIFOQueue"
    };

    private static final String[] DIAGNOSTICS = {
        "RetQueryData",
        "RestartCommOpt",
        "RetDiagReg",
        "ChangeInputDelimiter",
        "ForceListenOnlyMode",
        "Unknown",
        "Unknown",
        "Unknown",
        "Unknown",
        "Unknown",
        "ClearCtrDiagReg",
        "RetBusMsgCount",
        "RetBusCommErrCount",
        "RetBusExcErrCount",
        "RetServerMsgCount",
        "RetServerNoRespCount",
        "RetServerNAKCount",
        "RetServerBusyCount",
        "RetBusCharOverrunCount",
        "RetOverrunErrCount",
        "ClearOverrunCounterFlag",
        "GetClearPlusStats"
    };
    private static final String[] EXCEPTIONS = {
        "Unknown",
        "IllegalFunction",
        "IllegalDataAddr",
        "IllegalDataValue",
        "ServerDeviceFail",
        "Ack",
        "ServerDeviceBusy",
        "NegAck",
        "MemParityErr",
        "Unknown",
        "GatewayPathUnavailable",
        "GatewayTargetFailToResp"
    };

    private ModbusFunction() {}

    private static String name(String[] names, int number) {
        return number >= 0 && number < names.length ? names[number] : "Unknown";
    }

    static String name(int function) {
        return function == MEI ? "MEI" : name(NAMES, function);
    }

    static String diagnostic(int number) {
        return name(DIAGNOSTICS, number);
    }

    static String mei(int type) {
        return type == 13 ? "CANOpenGenRefReqResp" : type == 14 ? "RdDevId" : "Unknown";
    }

    static String exception(int code) {
        return name(EXCEPTIONS, code);
    }

    static boolean isException(int code) {
        return !exception(code).equals("Unknown");
    }

    static int access(int function) {
        return switch (function) {
            case 1 -> READ | COILS;
            case 2 -> READ | DISCRETES;
            case 3 -> READ | HOLDING;
            case 4 -> READ | INPUT;
            case WRITE_COIL -> WRITE | COILS | SINGLE;
            case WRITE_REGISTER -> WRITE | HOLDING | SINGLE;
            case WRITE_COILS -> WRITE | COILS | MULTIPLE;
            case WRITE_REGISTERS -> WRITE | HOLDING | MULTIPLE;
            case MASK_WRITE -> WRITE | HOLDING;
            case READ_WRITE -> READ | WRITE | HOLDING | MULTIPLE;
            default -> 0;
        };
    }

    static int category(int function) {
        if (ASSIGNED_CODES.contains(function)) {
            return ASSIGNED;
        }
        if (RESERVED_CODES.contains(function)) {
            return RESERVED;
        }
        if (function >= 65 && function <= 72 || function >= 100 && function <= 110) {
            return USER;
        }
        return function > 0 && function < 128 ? UNASSIGNED : 0;
    }

    static String accessText(int access) {
        return text(ACCESSES, access);
    }

    static String categoryText(int category) {
        return text(CATEGORIES, category);
    }

    static String text(List<String> names, int flags) {
        List<String> set = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            if ((flags & 1 << i) != 0) {
                set.add(names.get(i));
            }
        }
        return set.isEmpty() ? "NONE" : String.join(" | ", set);
    }
}
