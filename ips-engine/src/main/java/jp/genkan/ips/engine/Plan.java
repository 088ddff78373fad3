package jp.genkan.ips.engine;

import java.util.ArrayList;
import java.util.List;
import jp.genkan.core.frame.IpProtocol;
import jp.genkan.core.frame.Packet;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.Progress;
import jp.genkan.ips.inspect.Content;
import jp.genkan.ips.inspect.Step;
import jp.genkan.ips.match.Buffer;
import jp.genkan.ips.match.Condition;
import jp.genkan.ips.match.Effect;
import jp.genkan.ips.match.Moment;
import jp.genkan.ips.match.Transform;
import jp.genkan.ips.signature.Check;
import jp.genkan.ips.signature.Header;
import jp.genkan.ips.signature.Signature;
import org.jspecify.annotations.Nullable;

/**
 * A signature as the matcher runs it: arrays instead of lists, and what follows from its checks. Immutable.
 *
 * <p>Thread rule: shared.
 */
final class Plan {
    /** Most checks of one rule: their answers are kept as bits. */
    static final int CHECKS_MAX = 63;

    final Signature signature;
    /** Its place in the order of evaluation. */
    final int index;

    final Kind kind;
    final Condition[] conditions;
    final Effect[] effects;
    /** What it asks of a transaction and its files. */
    final Part[] parts;
    /** What it asks of headers of the packet. */
    final Part[] packetParts;
    /** What it asks of the payload; null when nothing. */
    final Step @Nullable [] payload;
    /** The payload of a packet is looked at. */
    final boolean inPacket;
    /** The stream is looked at. */
    final boolean inStream;
    /** Some part is about a file: all such parts have to hold for the same one. */
    final boolean ofFile;
    /** Its parts belong to both directions of a transaction. */
    final boolean spans;
    /** Asked once a direction of a flow. */
    final boolean oncePerFlow;
    /** It asks for octets of a stream and for nothing else. */
    final boolean onlyStream;
    /** It looks at nothing but ends and ports: what it does concerns the whole flow. */
    final boolean ofConversation;
    /** There is no literal that leads to it: it is asked again and again. */
    final boolean always;
    /** Asked only when something odd was seen in a transaction. */
    final boolean ofEvent;
    /** All parts hold when every bit of this is set. */
    final long allParts;

    private final long applications;
    private final long transports;

    /** What a rule is asked for. */
    enum Kind {
        /** Each packet. */
        PACKET,
        /** Octets of packets or streams. */
        PAYLOAD,
        /** Transactions, and files in them. */
        TRANSACTION,
        /** Pieces of a protocol's framing. */
        FRAME
    }

    /** A check with its arrays. */
    static final class Part {
        final Check check;
        final @Nullable Buffer buffer;
        /** Number of the buffer with its transforms; -1 for a value. */
        final int key;

        final Transform[] transforms;
        final Step[] steps;
        final boolean needsWhole;
        final Check.Absence absence;
        final @Nullable Condition condition;
        final Progress at;
        final Buffer.Ways ways;
        final boolean ofFile;

        Part(Check check, Keys keys) {
            this.check = check;
            this.at = check.at();
            this.ways = check.ways();
            this.ofFile = check.isOfFile();
            if (check instanceof Check.OfBuffer of) {
                buffer = of.key().buffer();
                key = keys.number(of.key());
                transforms = of.key().transforms().toArray(Transform[]::new);
                steps = of.steps().toArray(Step[]::new);
                needsWhole = of.steps().stream().anyMatch(Step::needsWhole) || transforms.length > 0;
                absence = of.absence();
                condition = null;
            } else {
                buffer = null;
                key = -1;
                transforms = new Transform[0];
                steps = new Step[0];
                needsWhole = false;
                absence = Check.Absence.REFUSED;
                condition = ((Check.OfValue) check).condition();
            }
        }

        boolean isOf(AppProtocol protocol) {
            return check.protocols().isEmpty() || check.protocols().contains(protocol);
        }
    }

    /** Numbers for buffers with their transforms. */
    interface Keys {
        int number(Check.BufferKey key);
    }

    Plan(Signature signature, int index, Keys keys) {
        this.signature = signature;
        this.index = index;
        this.conditions = signature.conditions().toArray(Condition[]::new);
        this.effects = signature.effects().toArray(Effect[]::new);
        List<Part> ofTransaction = new ArrayList<>();
        List<Part> ofPacket = new ArrayList<>();
        Step[] ofPayload = null;
        for (Check check : signature.checks()) {
            Part part = new Part(check, keys);
            Buffer.Origin origin = part.buffer == null ? Buffer.Origin.TRANSACTION : part.buffer.origin();
            switch (origin) {
                case PAYLOAD -> ofPayload = part.steps;
                case PACKET -> ofPacket.add(part);
                case TRANSACTION, BODY, FILE, FILE_CONTENT, FRAME -> ofTransaction.add(part);
            }
        }
        this.parts = ofTransaction.toArray(Part[]::new);
        this.packetParts = ofPacket.toArray(Part[]::new);
        this.payload = ofPayload;
        this.ofFile = ofTransaction.stream().anyMatch(part -> part.ofFile);
        this.kind = kind(ofTransaction, ofPayload != null);
        this.allParts = parts.length == 0 ? 0 : -1L >>> Long.SIZE - parts.length;
        this.spans = has(Buffer.Ways.TO_SERVER) && has(Buffer.Ways.TO_CLIENT);
        this.applications = bits(signature.header());
        this.transports = transports(signature.header());
        boolean needsPacket = signature.traits().has(Signature.Trait.NEEDS_PACKET)
                || !ofPacket.isEmpty()
                || ofPayload != null && isAnchored(ofPayload);
        Header.Payload where = signature.header().payload();
        this.inPacket =
                ofPayload != null && where != Header.Payload.STREAM && (needsPacket || where == Header.Payload.PACKET);
        this.onlyStream = where == Header.Payload.STREAM || signature.traits().has(Signature.Trait.NEEDS_STREAM);
        this.inStream = ofPayload != null
                && where != Header.Payload.PACKET
                && !signature.traits().has(Signature.Trait.NEEDS_PACKET)
                && ofPacket.isEmpty();
        this.ofEvent = signature.checks().stream()
                .anyMatch(check ->
                        check instanceof Check.OfValue value && value.name().equals(Check.EVENT));
        this.always = anchor() == null;
        this.ofConversation = kind == Kind.PACKET && signature.conditions().isEmpty() && ofPacket.isEmpty();
        this.oncePerFlow = kind == Kind.PACKET
                && signature.conditions().isEmpty()
                && ofPacket.isEmpty()
                && signature.header().applications().isEmpty()
                && signature.header().payload() == Header.Payload.ANY;
    }

    private static Kind kind(List<Part> ofTransaction, boolean hasPayload) {
        if (ofTransaction.isEmpty()) {
            return hasPayload ? Kind.PAYLOAD : Kind.PACKET;
        }
        Buffer first = ofTransaction.getFirst().buffer;
        return first != null && first.origin() == Buffer.Origin.FRAME ? Kind.FRAME : Kind.TRANSACTION;
    }

    private boolean has(Buffer.Ways ways) {
        for (Part part : parts) {
            if (part.ways == ways) {
                return true;
            }
        }
        return false;
    }

    private static boolean isAnchored(Step[] steps) {
        for (Step step : steps) {
            if (step instanceof Content content
                    && !content.place().relative()
                    && (content.place().limited()
                            || !content.place().offset().equals(jp.genkan.ips.inspect.Operand.ZERO))) {
                return true;
            }
        }
        return false;
    }

    private static long bits(Header header) {
        long bits = 0;
        for (AppProtocol protocol : header.applications()) {
            bits |= 1L << protocol.ordinal();
        }
        return bits;
    }

    private static long transports(Header header) {
        long bits = 0;
        for (int protocol : header.transport()) {
            bits |= bit(protocol);
        }
        return bits;
    }

    private static long bit(int protocol) {
        return switch (protocol) {
            case IpProtocol.TCP -> 1;
            case IpProtocol.UDP -> 2;
            case 1 -> 4;
            case 58 -> 8;
            case 132 -> 16;
            case 2 -> 32;
            default -> 64;
        };
    }

    /** True when nothing is said of what the flow speaks. */
    boolean isAnyApplication() {
        return applications == 0;
    }

    /** True when the flow speaks what the rule is about. */
    boolean isAbout(@Nullable AppProtocol spoken) {
        return applications == 0 || spoken != null && (applications & 1L << spoken.ordinal()) != 0;
    }

    /** True when a packet of this IP protocol may be meant. */
    boolean isOver(int ipProtocol) {
        return transports == 0 || (transports & bit(ipProtocol)) != 0;
    }

    /** True when packets of other IP protocols than TCP and UDP may be meant. */
    boolean isOverOthers() {
        return transports == 0 || (transports & ~(bit(IpProtocol.TCP) | bit(IpProtocol.UDP))) != 0;
    }

    /** True when the header of the rule fits to the moment. */
    boolean fits(Moment moment) {
        return fits(moment, moment.application());
    }

    /** The same of a transaction, whose protocol the flow may have left meanwhile (STARTTLS). */
    boolean fits(Moment moment, @Nullable AppProtocol spoken) {
        return fitsPacket(moment.packet()) && isAbout(spoken) && fitsEnds(moment);
    }

    /** True when addresses and ports fit. */
    boolean fitsEnds(Moment moment) {
        return signature.ways().include(moment.direction().isToServer())
                        && signature.ends().fit(moment)
                || moment.flow() == null && signature.ends().fit(moment);
    }

    /** True when the packet's IP version and protocol fit; a flow that has timed out has no packet any more. */
    boolean fitsPacket(Packet packet) {
        int version = signature.header().ipVersion();
        return packet.ipVersion == 0 || (version == 0 || packet.ipVersion == version) && isOver(packet.ipProtocol);
    }

    /** True when all conditions hold. */
    boolean conditionsHold(Moment moment) {
        for (Condition condition : conditions) {
            if (!condition.holds(moment)) {
                return false;
            }
        }
        return true;
    }

    /** The literal that has to be found before the rule is asked, and where; null when there is none. */
    @Nullable
    Anchor anchor() {
        if (ofEvent) {
            return null;
        }
        Anchor best = null;
        if (kind == Kind.PAYLOAD) {
            for (Step step : java.util.Objects.requireNonNull(payload)) {
                best = better(best, step, null);
            }
            return best;
        }
        for (Part part : parts) {
            if (part.buffer == null
                    || part.absence != Check.Absence.REFUSED
                    || ofFile && part.buffer.origin() != Buffer.Origin.FILE_CONTENT) {
                continue;
            }
            boolean streamed = switch (part.buffer.origin()) {
                case BODY, FILE_CONTENT, FRAME -> true;
                case PAYLOAD, PACKET, TRANSACTION, FILE -> false;
            };
            if (part.buffer.origin() == Buffer.Origin.FILE || streamed && part.transforms.length > 0) {
                continue;
            }
            for (Step step : part.steps) {
                best = better(best, step, part);
            }
        }
        return best;
    }

    private static @Nullable Anchor better(@Nullable Anchor best, Step step, @Nullable Part part) {
        if (!(step instanceof Content content) || content.isNegated()) {
            return best;
        }
        Anchor candidate = new Anchor(content, part);
        return best == null || candidate.score() > best.score() ? candidate : best;
    }

    /**
     * A literal of the prefilter.
     *
     * @param part in which it stands; null for the payload
     */
    record Anchor(Content content, @Nullable Part part) {
        private static final int SAID = 10_000;

        int score() {
            byte[] octets = content.octets();
            boolean[] seen = new boolean[256];
            int distinct = 0;
            for (byte octet : octets) {
                if (!seen[octet & 0xff]) {
                    seen[octet & 0xff] = true;
                    distinct++;
                }
            }
            int said = content.fastPattern() == Content.FastPattern.UNSAID ? 0 : SAID;
            return said + Math.min(octets.length, 64) + distinct * 2;
        }
    }

    /** True when it is about flows that speak a certain protocol: what it does then concerns the flow, though it was asked of a packet. */
    boolean isAboutApplication() {
        return !signature.header().applications().isEmpty()
                && !signature.traits().has(Signature.Trait.NEEDS_PACKET);
    }
}
