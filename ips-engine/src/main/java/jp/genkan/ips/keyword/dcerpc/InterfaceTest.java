package jp.genkan.ips.keyword.dcerpc;

import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import jp.genkan.ips.keyword.number.NumberTest;
import jp.genkan.ips.rule.RuleException;
import jp.genkan.ips.rule.RuleOption;
import jp.genkan.protocols.dcerpc.DcerpcCall;
import jp.genkan.protocols.dcerpc.DcerpcInterface;
import org.jspecify.annotations.Nullable;

/**
 * What {@code dcerpc.iface} asks: {@code uuid}, {@code uuid,>1}, {@code uuid,any_frag}. A call belongs to the interface of the context that it names, so
 * that fragments make no difference. An interface that the server has refused does not count.
 *
 * @param uuid in lower case
 * @param version of the interface, its major number; null for any
 */
record InterfaceTest(String uuid, @Nullable NumberTest version) implements Predicate<DcerpcCall> {
    private static final int UUID_LENGTH = 36;

    static InterfaceTest parse(RuleOption option) throws RuleException {
        String[] parts = option.unquoted().split(",", -1);
        String uuid = parts[0].strip().toLowerCase(Locale.ROOT);
        if (uuid.length() != UUID_LENGTH || !isUuid(uuid)) {
            throw option.badValue("\"" + parts[0].strip() + "\" is no UUID");
        }
        NumberTest version = null;
        for (int i = 1; i < parts.length; i++) {
            String part = parts[i].strip();
            if (part.equals("any_frag") && i == parts.length - 1) {
                break;
            }
            if (version != null || part.isEmpty() || "<>=!".indexOf(part.charAt(0)) < 0) {
                throw option.badValue("\"" + part + "\" is neither a version such as >1 nor any_frag");
            }
            version = NumberTest.parse(part, Map.of(), option);
        }
        return new InterfaceTest(uuid, version);
    }

    private static boolean isUuid(String text) {
        try {
            return UUID.fromString(text).toString().equals(text);
        } catch (IllegalArgumentException notOne) {
            return false;
        }
    }

    @Override
    public boolean test(DcerpcCall call) {
        for (DcerpcInterface bound : call.interfaces()) {
            boolean refused = bound.isAnswered() && bound.ackResult() != 0;
            if (!refused && bound.uuid().equals(uuid) && (version == null || version.test(bound.majorVersion()))) {
                return true;
            }
        }
        return false;
    }
}
