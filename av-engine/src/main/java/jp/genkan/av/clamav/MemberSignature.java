package jp.genkan.av.clamav;

import java.nio.charset.StandardCharsets;
import jp.genkan.av.pattern.Regex;
import jp.genkan.av.scan.FileFacts;
import org.jspecify.annotations.Nullable;

/**
 * A signature of a container's member (docs.clamav.net, "Container metadata"), as far as a member's name, size and container say.
 *
 * @param name that is told
 * @param container its format; empty for any
 * @param memberName what its name looks like; null for any
 * @param size unpacked octets
 */
record MemberSignature(
        String name, String container, @Nullable Regex memberName, Range size) {
    boolean matches(FileFacts facts, long fileSize) {
        String own = facts.name();
        return facts.depth() > 0
                && Conditions.isIn(container, facts)
                && size.has(fileSize)
                && (memberName == null
                        || own != null
                                && memberName.matches(
                                        new String(own.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1)));
    }
}
