package jp.genkan.ips.engine;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jp.genkan.core.frame.Address;
import jp.genkan.core.frame.Packet;
import jp.genkan.ips.match.Moment;
import jp.genkan.ips.signature.Memory;
import org.jspecify.annotations.Nullable;

/**
 * Which packets are written down because a rule with {@code tag} has matched: the next ones of its flow, or of one of its hosts. The packet in which it matched
 * counts, and is not written again.
 *
 * <p>Thread rule: one worker; a host's packets are seen as far as this worker has them.
 */
final class Tagging {
    /** Most tags of one flow or host: as many as Suricata keeps. */
    static final int TAGS_MAX = 50;

    /** Most hosts with tags: a rule tags attackers, of which a worker follows as many as the flows of a large scan at once. */
    static final int HOSTS_MAX = 4_096;

    private static final long NANOS_A_SECOND = 1_000_000_000L;

    private final Map<Address, List<Tagged>> hosts = new LinkedHashMap<>();

    /** A tag that runs. */
    static final class Tagged {
        private final long signature;
        private final Memory.Tag tag;
        private final long beganNanos;
        private long counted;

        Tagged(long signature, Memory.Tag tag, long nanos, int bytes) {
            this.signature = signature;
            this.tag = tag;
            this.beganNanos = nanos;
            this.counted = tag.unit() == Memory.Tag.Unit.BYTES ? bytes : 1;
        }

        /** Counts a packet; false when it is one too many. */
        private boolean takes(Packet packet, long nanos) {
            return switch (tag.unit()) {
                case PACKETS -> ++counted <= tag.count();
                case BYTES -> (counted += packet.frameLength) <= tag.count();
                case SECONDS -> nanos - beganNanos <= tag.count() * NANOS_A_SECOND;
            };
        }
    }

    /** Begins what a rule asks for that has just matched. */
    void begin(long signature, List<Memory.Tag> tags, Moment moment, @Nullable FlowState state) {
        for (int i = 0; i < tags.size(); i++) {
            Memory.Tag tag = tags.get(i);
            List<Tagged> running = switch (tag.scope()) {
                case SESSION -> state == null ? null : state.tags;
                case SOURCE_HOST -> ofHost(moment.source());
                case DESTINATION_HOST -> ofHost(moment.destination());
            };
            if (running != null
                    && running.size() < TAGS_MAX
                    && running.stream().noneMatch(each -> each.signature == signature)) {
                running.add(new Tagged(signature, tag, moment.nanos(), moment.packet().frameLength));
            }
        }
    }

    private @Nullable List<Tagged> ofHost(Address host) {
        List<Tagged> known = hosts.get(host);
        if (known == null && hosts.size() < HOSTS_MAX) {
            known = new ArrayList<>(1);
            hosts.put(host, known);
        }
        return known;
    }

    /** True when this packet is to be written down. */
    boolean isTagged(Packet packet, @Nullable FlowState state, long nanos) {
        boolean tagged = state != null && !state.tags.isEmpty() && counts(state.tags, packet, nanos);
        if (hosts.isEmpty() || packet.ipVersion == 0) {
            return tagged;
        }
        tagged |= ofHost(new Address(packet.sourceHigh, packet.sourceLow), packet, nanos);
        tagged |= ofHost(new Address(packet.destinationHigh, packet.destinationLow), packet, nanos);
        return tagged;
    }

    private boolean ofHost(Address host, Packet packet, long nanos) {
        List<Tagged> running = hosts.get(host);
        if (running == null) {
            return false;
        }
        boolean tagged = counts(running, packet, nanos);
        if (running.isEmpty()) {
            hosts.remove(host);
        }
        return tagged;
    }

    private static boolean counts(List<Tagged> running, Packet packet, long nanos) {
        boolean tagged = false;
        for (Iterator<Tagged> each = running.iterator(); each.hasNext(); ) {
            if (each.next().takes(packet, nanos)) {
                tagged = true;
            } else {
                each.remove();
            }
        }
        return tagged;
    }
}
