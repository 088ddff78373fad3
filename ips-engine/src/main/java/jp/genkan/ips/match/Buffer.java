package jp.genkan.ips.match;

import java.util.Set;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.Progress;
import org.jspecify.annotations.Nullable;

/**
 * Octets that rules may look at: what a sticky buffer of the language names. Immutable, one object a buffer, compared by identity.
 */
public final class Buffer {
    private final String name;
    private final Origin origin;
    private final Set<AppProtocol> protocols;
    private final Ways ways;
    private final Progress at;
    private final boolean multiple;
    private final Source source;
    private final boolean caseless;
    private final @Nullable Buffer[] narrowed = new Buffer[2];
    private final boolean growing;

    /** Where a buffer's octets are from. */
    public enum Origin {
        /** The payload of a packet, or the stream that it belongs to. */
        PAYLOAD,
        /** A header of a packet. */
        PACKET,
        /** A field of a transaction. */
        TRANSACTION,
        /** The body of a transaction, as it comes in; its octets are told piece by piece, {@link Source} is not asked. */
        BODY,
        /** A property of a file: its name, its type. */
        FILE,
        /** The octets of a file, as they come in; {@link Source} is not asked. */
        FILE_CONTENT,
        /** The octets of a piece of a protocol's framing, as they come in; {@link Source} is not asked. */
        FRAME
    }

    /** Which directions have a buffer. */
    public enum Ways {
        TO_SERVER,
        TO_CLIENT,
        BOTH;

        /** True when a direction is among them. */
        public boolean include(boolean toServer) {
            return this == BOTH || (this == TO_SERVER) == toServer;
        }
    }

    /** Where the octets come from. Asked once a transaction and direction, when the buffer is complete. */
    @FunctionalInterface
    public interface Source {
        /** Adds the instances; none when the moment has no such buffer. */
        void read(Moment moment, BufferSink out);
    }

    /**
     * A buffer.
     *
     * @param name of the sticky buffer: {@code http.uri}
     * @param protocols whose transactions have it; empty where it belongs to packets or to files of any protocol
     * @param ways which directions have it
     * @param at from which progress of its direction on it is complete
     * @param multiple true when a transaction may have several instances, each of which is looked at by itself
     */
    public Buffer(
            String name,
            Origin origin,
            Set<AppProtocol> protocols,
            Ways ways,
            Progress at,
            boolean multiple,
            Source source) {
        this.name = name;
        this.origin = origin;
        this.protocols = Set.copyOf(protocols);
        this.ways = ways;
        this.at = at;
        this.multiple = multiple;
        this.source = source;
        this.caseless = false;
        this.growing = false;
    }

    private Buffer(Buffer of, Ways ways, boolean caseless, boolean growing) {
        name = of.name;
        origin = of.origin;
        protocols = of.protocols;
        this.ways = ways;
        at = of.at;
        multiple = of.multiple;
        source = of.source;
        this.caseless = caseless;
        this.growing = growing;
    }

    /** The same, in which letter case of contents never matters: hexadecimal digests, which rules write either way. */
    public Buffer caseless() {
        return new Buffer(this, ways, true, growing);
    }

    /** The same, to which instances are added as its direction goes on: it is looked at again with each further step until the direction is complete. */
    public Buffer growing() {
        return new Buffer(this, ways, caseless, true);
    }

    /** The same, but only in one direction of a transaction: always the same object for that direction. */
    public synchronized Buffer towards(Ways only) {
        if (only == ways) {
            return this;
        }
        int at = only == Ways.TO_SERVER ? 0 : 1;
        Buffer made = narrowed[at];
        if (made == null) {
            made = new Buffer(this, only, caseless, growing);
            narrowed[at] = made;
        }
        return made;
    }

    /** True when instances may be added later. */
    public boolean isGrowing() {
        return growing;
    }

    /** True when letter case of contents never matters. */
    public boolean isCaseless() {
        return caseless;
    }

    /** As rules spell it. */
    public String name() {
        return name;
    }

    public Origin origin() {
        return origin;
    }

    /** Of a buffer of frames, the name of their type in its protocol: what stands behind the protocol's name. */
    public String frameType() {
        return name.substring(name.indexOf('.') + 1);
    }

    /** Whose transactions have it; empty for packets and files. */
    public Set<AppProtocol> protocols() {
        return protocols;
    }

    public Ways ways() {
        return ways;
    }

    /** From which progress on it is complete. */
    public Progress at() {
        return at;
    }

    public boolean isMultiple() {
        return multiple;
    }

    public Source source() {
        return source;
    }

    @Override
    public String toString() {
        return name;
    }
}
