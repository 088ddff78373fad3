package jp.genkan.protocols.enip;

/** What numbers of EtherNet/IP and CIP are called. Stateless. */
public final class EnipNames {
    private EnipNames() {}

    /** The name of a command; its number when it has none. */
    public static String command(int command) {
        return switch (command) {
            case 0x00 -> "nop";
            case 0x04 -> "list_services";
            case 0x63 -> "list_identity";
            case 0x64 -> "list_interfaces";
            case 0x65 -> "register_session";
            case 0x66 -> "unregister_session";
            case 0x6f -> "send_rr_data";
            case 0x70 -> "send_unit_data";
            case 0x72 -> "indicate_status";
            case 0x73 -> "cancel";
            default -> "unknown-" + command;
        };
    }

    /** The name of a status of the encapsulation; its number when it has none. */
    public static String status(long status) {
        return switch ((int) status) {
            case 0x00 -> "success";
            case 0x01 -> "invalid_cmd";
            case 0x02 -> "no_resources";
            case 0x03 -> "incorrect_data";
            case 0x64 -> "invalid_session";
            case 0x65 -> "invalid_length";
            case 0x69 -> "unsupported_prot_rev";
            case 0x6a -> "encap_header_error";
            default -> "unknown-" + status;
        };
    }

    static String service(int service) {
        return switch (service) {
            case 0x01 -> "Get Attributes All";
            case 0x02 -> "Set Attributes All";
            case 0x03 -> "Get Attribute List";
            case 0x04 -> "Set Attribute List";
            case 0x05 -> "Reset";
            case 0x06 -> "Start";
            case 0x07 -> "Stop";
            case 0x08 -> "Create";
            case 0x09 -> "Delete";
            case 0x0a -> "Multiple Service Packet";
            case 0x0d -> "Apply Attributes";
            case 0x0e -> "Get Attribute Single";
            case 0x10 -> "Set Attribute Single";
            case 0x11 -> "Find Next Object Instance";
            case 0x15 -> "Restore";
            case 0x16 -> "Save";
            case 0x17 -> "No Operation";
            case 0x18 -> "Get Member";
            case 0x19 -> "Set Member";
            case 0x1a -> "Insert Member";
            case 0x1b -> "Remove Member";
            case 0x1c -> "Group Sync";
            default -> "unknown-" + service;
        };
    }

    static String cipStatus(int status) {
        return switch (status) {
            case 0x00 -> "Success";
            case 0x01 -> "Connection failure";
            case 0x02 -> "Resource unavailable";
            case 0x03 -> "Invalid parameter value";
            case 0x04 -> "Path segment error";
            case 0x05 -> "Path destination unknown";
            case 0x06 -> "Partial transfer";
            case 0x08 -> "Service not supported";
            case 0x09 -> "Invalid attribute value";
            case 0x0a -> "Attribute list error";
            case 0x0e -> "Attribute not settable";
            case 0x0f -> "Privilege violation";
            case 0x13 -> "Not enough data";
            case 0x14 -> "Attribute not supported";
            case 0x15 -> "Too much data";
            case 0x16 -> "Object does not exist";
            case 0x1e -> "Embedded service error";
            default -> "unknown-" + status;
        };
    }

    static String segment(CipMessage.Kind kind) {
        return switch (kind) {
            case CLASS -> "class";
            case INSTANCE -> "instance";
            case ATTRIBUTE -> "attribute";
        };
    }

    /** Empty when the class has no name here. */
    static String cipClass(long number) {
        return switch ((int) number) {
            case 0x01 -> "Identity";
            case 0x02 -> "Message Router";
            case 0x03 -> "DeviceNet";
            case 0x04 -> "Assembly";
            case 0x05 -> "Connection";
            case 0x06 -> "Connection Manager";
            case 0x07 -> "Register";
            case 0x08 -> "Discrete Input Point";
            case 0x09 -> "Discrete Output Point";
            case 0x0a -> "Analog Input Point";
            case 0x0b -> "Analog Output Point";
            case 0x0f -> "Parameter";
            case 0x37 -> "File";
            case 0x43 -> "Time Sync";
            case 0x47 -> "Device Level Ring";
            case 0xf4 -> "Port";
            case 0xf5 -> "TCP/IP Interface";
            case 0xf6 -> "EtherNet Link";
            default -> "";
        };
    }

    static String vendor(int vendor) {
        return switch (vendor) {
            case 1 -> "Rockwell Automation/Allen-Bradley";
            case 5 -> "Rockwell Automation/Reliance Elec.";
            case 40 -> "WAGO Corporation";
            case 47 -> "Omron Corporation";
            case 48 -> "Turck Inc.";
            case 161 -> "Mitsubishi Electric Corporation";
            case 243 -> "Schneider Electric";
            case 283 -> "Hilscher GmbH";
            default -> "unknown-" + vendor;
        };
    }

    static String deviceType(int type) {
        return switch (type) {
            case 0x02 -> "AC Drive device";
            case 0x07 -> "General Purpose Discrete I/O device";
            case 0x0c -> "Communications Adapter device";
            case 0x0e -> "Programmable Logic Controller";
            case 0x18 -> "Human-Machine Interface";
            case 0x2b -> "Generic Device (keyable)";
            case 0x2c -> "Managed Switch";
            default -> "unknown-" + type;
        };
    }
}
