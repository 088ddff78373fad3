package jp.genkan.protocols.ssh;

import java.nio.charset.StandardCharsets;
import jp.genkan.core.event.EveFields;
import jp.genkan.protocols.conversation.OctetText;
import jp.genkan.protocols.tls.Fingerprints;
import org.jspecify.annotations.Nullable;

/** What one side of SSH says of itself. Texts have one character an octet. */
public final class SshPeer {
    private @Nullable String protocolVersion;
    private @Nullable String softwareVersion;
    private @Nullable String hassh;

    SshPeer() {}

    /** The version of the protocol, as "2.0"; null when no banner was seen. */
    public @Nullable String protocolVersion() {
        return protocolVersion;
    }

    /** The name of the software, without comments; null when no banner was seen. */
    public @Nullable String softwareVersion() {
        return softwareVersion;
    }

    /** The text of HASSH: the algorithms that it offers; null when they were not seen. */
    public @Nullable String hassh() {
        return hassh;
    }

    void banner(String protocol, String software) {
        protocolVersion = protocol;
        softwareVersion = software;
    }

    void hassh(String text) {
        hassh = text;
    }

    void writeTo(EveFields out, String name) {
        if (protocolVersion == null || softwareVersion == null) {
            return;
        }
        out.object(name);
        out.put("proto_version", shown(protocolVersion));
        out.put("software_version", shown(softwareVersion));
        if (hassh != null) {
            out.object("hassh");
            out.put("hash", Fingerprints.md5(hassh));
            out.put("string", shown(hassh));
            out.end();
        }
        out.end();
    }

    private static String shown(String latin) {
        return OctetText.of(latin.getBytes(StandardCharsets.ISO_8859_1));
    }
}
