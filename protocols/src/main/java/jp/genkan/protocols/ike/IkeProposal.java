package jp.genkan.protocols.ike;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A proposal of version 2: which algorithms go together (RFC 7296 §3.3.1).
 *
 * @param protocol 1 IKE, 2 AH, 3 ESP
 * @param transforms the algorithms
 */
public record IkeProposal(int protocol, List<IkeTransform> transforms) {
    private static final int AH = 2;

    // Numbers of algorithms: IANA, "Internet Key Exchange Version 2 (IKEv2) Parameters"
    private static final Set<Integer> WEAK_ENCRYPTION = Set.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 11);
    private static final Set<Integer> AEAD = Set.of(14, 15, 16, 18, 19, 20, 21, 25, 26, 27, 28, 29, 30, 31);
    private static final Set<Integer> WEAK_PRF = Set.of(1, 2);
    private static final Set<Integer> WEAK_INTEGRITY = Set.of(1, 2, 3, 4, 5, 6, 7);
    private static final Set<Integer> WEAK_GROUP = Set.of(1, 2, 5, 22);

    public IkeProposal {
        transforms = List.copyOf(transforms);
    }

    /** Adds the events of Suricata that it deserves. */
    void judge(Set<String> events) {
        for (IkeTransform transform : transforms) {
            String event = judged(transform);
            if (event != null) {
                events.add(event);
            }
        }
        if (transforms.stream().noneMatch(transform -> transform.type() == IkeTransform.GROUP)) {
            events.add("weak_crypto_nodh");
        }
        if (protocol == AH) {
            events.add("no_encryption");
        }
        boolean authenticated = transforms.stream()
                .anyMatch(transform -> transform.type() == IkeTransform.INTEGRITY && transform.id() != 0
                        || transform.type() == IkeTransform.ENCRYPTION && AEAD.contains(transform.id()));
        if (!authenticated) {
            events.add("weak_crypto_noauth");
        }
    }

    private static @Nullable String judged(IkeTransform transform) {
        int id = transform.id();
        return switch (transform.type()) {
            case IkeTransform.ENCRYPTION -> WEAK_ENCRYPTION.contains(id) ? "weak_crypto_enc" : null;
            case IkeTransform.PRF -> id == 0 ? "invalid_proposal" : WEAK_PRF.contains(id) ? "weak_crypto_prf" : null;
            case IkeTransform.INTEGRITY -> WEAK_INTEGRITY.contains(id) ? "weak_crypto_auth" : null;
            case IkeTransform.GROUP -> id == 0 ? "invalid_proposal" : WEAK_GROUP.contains(id) ? "weak_crypto_dh" : null;
            default -> transform.isKnown() ? null : "unknown_proposal";
        };
    }
}
