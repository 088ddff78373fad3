package jp.genkan.protocols.rdp;

import java.util.List;
import java.util.Map;
import jp.genkan.core.event.EveFields;
import org.jspecify.annotations.Nullable;

/**
 * What a client says of itself: the core data of MS-RDPBCGR §2.2.1.3.2. Its later fields came with later versions, so that it may end anywhere.
 *
 * <p>Thread rule: immutable.
 */
public final class RdpClientSettings {
    private static final int NAME = 32;
    private static final int IME_NAME = 64;
    private static final int PRODUCT_ID = 64;
    private static final int VALID_CONNECTION_TYPE = 0x0020;

    private static final Map<Long, String> VERSIONS = Map.ofEntries(
            Map.entry(0x00080001L, "v4"),
            Map.entry(0x00080004L, "v5"),
            Map.entry(0x00080005L, "v10.0"),
            Map.entry(0x00080006L, "v10.1"),
            Map.entry(0x00080007L, "v10.2"),
            Map.entry(0x00080008L, "v10.3"),
            Map.entry(0x00080009L, "v10.4"),
            Map.entry(0x0008000aL, "v10.5"),
            Map.entry(0x0008000bL, "v10.6"),
            Map.entry(0x0008000cL, "v10.7"));

    private static final List<String> KEYBOARDS = List.of("xt", "ico", "at", "enhanced", "1050", "9140", "jp");
    private static final List<String> CONNECTIONS =
            List.of("modem", "low_broadband", "satellite", "high_broadband", "wan", "lan", "autodetect");

    private static final Map<Integer, String> CAPABILITIES = Map.ofEntries(
            Map.entry(0, "support_errinfo_pdf"),
            Map.entry(1, "want_32bpp_session"),
            Map.entry(2, "support_statusinfo_pdu"),
            Map.entry(3, "strong_asymmetric_keys"),
            Map.entry(5, "valid_connection_type"),
            Map.entry(6, "support_monitor_layout_pdu"),
            Map.entry(7, "support_netchar_autodetect"),
            Map.entry(8, "support_dynvc_gfx_protocol"),
            Map.entry(9, "support_dynamic_time_zone"),
            Map.entry(10, "support_heartbeat_pdu"));

    private static final Map<Long, String> BUILDS = Map.of(
            2195L, "Windows 2000",
            2600L, "Windows XP",
            3790L, "Windows Server 2003",
            6000L, "Windows Vista",
            6001L, "Windows Vista SP1",
            6002L, "Windows Vista SP2",
            7600L, "Windows 7",
            7601L, "Windows 7 SP1",
            9200L, "Windows 8",
            9600L, "Windows 8.1");

    /** The languages of Windows' keyboard layouts that are common; the low half of the layout is the language. */
    private static final Map<Integer, String> LANGUAGES = Map.ofEntries(
            Map.entry(0x0401, "ar-SA"),
            Map.entry(0x0404, "zh-TW"),
            Map.entry(0x0405, "cs-CZ"),
            Map.entry(0x0406, "da-DK"),
            Map.entry(0x0407, "de-DE"),
            Map.entry(0x0408, "el-GR"),
            Map.entry(0x0409, "en-US"),
            Map.entry(0x040a, "es-ES"),
            Map.entry(0x040b, "fi-FI"),
            Map.entry(0x040c, "fr-FR"),
            Map.entry(0x040d, "he-IL"),
            Map.entry(0x040e, "hu-HU"),
            Map.entry(0x0410, "it-IT"),
            Map.entry(0x0411, "ja-JP"),
            Map.entry(0x0412, "ko-KR"),
            Map.entry(0x0413, "nl-NL"),
            Map.entry(0x0414, "nb-NO"),
            Map.entry(0x0415, "pl-PL"),
            Map.entry(0x0416, "pt-BR"),
            Map.entry(0x0418, "ro-RO"),
            Map.entry(0x0419, "ru-RU"),
            Map.entry(0x041d, "sv-SE"),
            Map.entry(0x041e, "th-TH"),
            Map.entry(0x041f, "tr-TR"),
            Map.entry(0x0422, "uk-UA"),
            Map.entry(0x042a, "vi-VN"),
            Map.entry(0x0804, "zh-CN"),
            Map.entry(0x0807, "de-CH"),
            Map.entry(0x0809, "en-GB"),
            Map.entry(0x080a, "es-MX"),
            Map.entry(0x080c, "fr-BE"),
            Map.entry(0x0816, "pt-PT"),
            Map.entry(0x0c04, "zh-HK"),
            Map.entry(0x0c07, "de-AT"),
            Map.entry(0x0c09, "en-AU"),
            Map.entry(0x0c0a, "es-ES"),
            Map.entry(0x0c0c, "fr-CA"),
            Map.entry(0x1009, "en-CA"),
            Map.entry(0x100c, "fr-CH"));

    private final long version;
    private final int width;
    private final int height;
    private final long layout;
    private final long build;
    private final String name;
    private final long keyboardType;
    private final long keyboardSubtype;
    private final long functionKeys;
    private final String ime;
    private final int colorDepth;
    private final int productId;
    private final long serialNumber;
    private final int capabilities;
    private final String digitalProductId;
    private final int connectionType;
    private final long physicalWidth;
    private final long physicalHeight;
    private final int orientation;
    private final long scale;
    private final long deviceScale;

    private RdpClientSettings(LittleReader in) {
        version = in.u32();
        width = in.u16();
        height = in.u16();
        int depth = depth(in.u16());
        in.u16(); // secure access sequence
        layout = in.u32();
        build = in.u32();
        name = in.wide(NAME);
        keyboardType = in.u32();
        keyboardSubtype = in.u32();
        functionKeys = in.u32();
        ime = in.wide(IME_NAME);
        if (in.remaining() >= 2) { // a later field that says more
            depth = depth(in.u16());
        }
        productId = in.u16();
        serialNumber = in.u32();
        if (in.remaining() >= 2) { // a later field that says more
            depth = depth(in.u16());
        }
        colorDepth = depth;
        in.u16(); // supported depths
        capabilities = in.u16();
        digitalProductId = in.wide(PRODUCT_ID);
        connectionType = in.u8();
        in.u8(); // padding
        in.u32(); // selected protocol
        physicalWidth = in.u32();
        physicalHeight = in.u32();
        orientation = in.u16();
        scale = in.u32();
        deviceScale = in.u32();
    }

    /** Reads the data block, behind its header. */
    static RdpClientSettings read(LittleReader in) {
        return new RdpClientSettings(in);
    }

    /** Old clients give a code, new ones the number itself. */
    private static int depth(int field) {
        return switch (field) {
            case 0xca00 -> 4;
            case 0xca01 -> 8;
            case 0xca02 -> 15;
            case 0xca03 -> 16;
            case 0xca04 -> 24;
            default -> field;
        };
    }

    /** The client computer's name. */
    public String name() {
        return name;
    }

    /** The build of its operating system. */
    public long build() {
        return build;
    }

    /** The version of the protocol, as {@code v5}. */
    public String version() {
        return VERSIONS.getOrDefault(version, "unknown");
    }

    void writeTo(EveFields out) {
        out.object("client");
        out.put("version", version());
        out.put("desktop_width", width);
        out.put("desktop_height", height);
        putIfKnown(out, "color_depth", colorDepth);
        putIfKnown(out, "keyboard_layout", LANGUAGES.get((int) (layout & 0xffff)));
        out.put("build", BUILDS.getOrDefault(build, "Build " + build));
        putIfKnown(out, "client_name", name);
        putIfKnown(out, "keyboard_type", entry(KEYBOARDS, keyboardType));
        putIfKnown(out, "keyboard_subtype", keyboardSubtype);
        putIfKnown(out, "function_keys", functionKeys);
        putIfKnown(out, "ime", ime);
        putIfKnown(out, "product_id", productId);
        putIfKnown(out, "serial_number", serialNumber);
        if (capabilities != 0) {
            out.array("capabilities");
            for (int bit = 0; bit <= 10; bit++) {
                String capability = CAPABILITIES.get(bit);
                if (capability != null && (capabilities >> bit & 1) != 0) {
                    out.add(capability);
                }
            }
            out.end();
        }
        putIfKnown(out, "id", digitalProductId);
        if ((capabilities & VALID_CONNECTION_TYPE) != 0) {
            putIfKnown(out, "connection_hint", entry(CONNECTIONS, connectionType));
        }
        putIfKnown(out, "physical_width", physicalWidth);
        putIfKnown(out, "physical_height", physicalHeight);
        putIfKnown(out, "desktop_orientation", orientation);
        putIfKnown(out, "scale_factor", scale);
        putIfKnown(out, "device_scale_factor", deviceScale);
        out.end();
    }

    private static @Nullable String entry(List<String> names, long oneBased) {
        return oneBased >= 1 && oneBased <= names.size() ? names.get((int) oneBased - 1) : null;
    }

    private static void putIfKnown(EveFields out, String field, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            out.put(field, value);
        }
    }

    private static void putIfKnown(EveFields out, String field, long value) {
        if (value != 0) {
            out.put(field, value);
        }
    }
}
