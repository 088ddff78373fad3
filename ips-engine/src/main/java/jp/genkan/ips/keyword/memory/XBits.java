package jp.genkan.ips.keyword.memory;

import jp.genkan.core.observation.Transaction;
import jp.genkan.core.pipeline.Flow;
import jp.genkan.ips.match.Moment;
import jp.genkan.ips.rule.RuleException;
import jp.genkan.ips.rule.RuleOption;
import jp.genkan.ips.signature.Memory;
import jp.genkan.ips.signature.Signature;
import jp.genkan.ips.signature.SignatureBuilder;
import jp.genkan.ips.state.HostBits;
import jp.genkan.ips.state.NameHash;

/** {@code xbits} and {@code hostbits}: bits of a host, a pair of hosts or a transaction, which end by themselves. Bits of hosts are the same for both keywords. */
final class XBits {
    private static final long NANOS_A_SECOND = 1_000_000_000L;

    /** Suricata's default of {@code xbits}. */
    private static final long XBITS_EXPIRE_SECONDS = 30;

    /** Suricata's lifetime of {@code hostbits}. */
    private static final long HOSTBITS_EXPIRE_SECONDS = 300;

    /** How long a transaction's bit lasts: longer than a flow may be silent, so that it never ends before its transaction. */
    private static final long TRANSACTION_EXPIRE_SECONDS = 86_400;

    private XBits() {}

    /** Whose bit it is; names of different kinds never meet. */
    private enum Track {
        SOURCE(Memory.Place.HOSTBIT, 0),
        DESTINATION(Memory.Place.HOSTBIT, 0),
        BOTH(Memory.Place.HOSTBIT, 0),
        PAIR(Memory.Place.PAIR_BIT, 0x5bd1_e995_9e37_79b9L),
        TRANSACTION(Memory.Place.TRANSACTION_BIT, 0x2545_f491_4f6c_dd1dL);

        private final Memory.Place place;
        private final long salt;

        Track(Memory.Place place, long salt) {
            this.place = place;
            this.salt = salt;
        }
    }

    private record Bit(HostBits table, Track track, long name, long lifeNanos) {
        boolean isThere(Moment moment) {
            return switch (track) {
                case SOURCE -> atSource(moment);
                case DESTINATION -> atDestination(moment);
                case BOTH -> atSource(moment) || atDestination(moment);
                case PAIR ->
                    table.hasPair(
                            name,
                            moment.sourceHigh(),
                            moment.sourceLow(),
                            moment.destinationHigh(),
                            moment.destinationLow(),
                            moment.nanos());
                case TRANSACTION -> {
                    Transaction transaction = moment.transaction();
                    Flow flow = moment.flow();
                    yield transaction != null
                            && flow != null
                            && table.has(name, flow.id(), transaction.number(), moment.nanos());
                }
            };
        }

        private boolean atSource(Moment moment) {
            return table.has(name, moment.sourceHigh(), moment.sourceLow(), moment.nanos());
        }

        private boolean atDestination(Moment moment) {
            return table.has(name, moment.destinationHigh(), moment.destinationLow(), moment.nanos());
        }

        void set(Moment moment) {
            long now = moment.nanos();
            long end = now + lifeNanos;
            if (track == Track.SOURCE || track == Track.BOTH) {
                table.set(name, moment.sourceHigh(), moment.sourceLow(), now, end);
            }
            if (track == Track.DESTINATION || track == Track.BOTH) {
                table.set(name, moment.destinationHigh(), moment.destinationLow(), now, end);
            }
            if (track == Track.PAIR) {
                table.setPair(
                        name,
                        moment.sourceHigh(),
                        moment.sourceLow(),
                        moment.destinationHigh(),
                        moment.destinationLow(),
                        now,
                        end);
            }
            Transaction transaction = moment.transaction();
            Flow flow = moment.flow();
            if (track == Track.TRANSACTION && transaction != null && flow != null) {
                table.set(name, flow.id(), transaction.number(), now, end);
            }
        }

        void clear(Moment moment) {
            long now = moment.nanos();
            if (track == Track.SOURCE || track == Track.BOTH) {
                table.clear(name, moment.sourceHigh(), moment.sourceLow(), now);
            }
            if (track == Track.DESTINATION || track == Track.BOTH) {
                table.clear(name, moment.destinationHigh(), moment.destinationLow(), now);
            }
            if (track == Track.PAIR) {
                table.clearPair(
                        name,
                        moment.sourceHigh(),
                        moment.sourceLow(),
                        moment.destinationHigh(),
                        moment.destinationLow(),
                        now);
            }
            Transaction transaction = moment.transaction();
            Flow flow = moment.flow();
            if (track == Track.TRANSACTION && transaction != null && flow != null) {
                table.clear(name, flow.id(), transaction.number(), now);
            }
        }
    }

    /** {@code xbits:set,name,track ip_src,expire 60}. */
    static void compile(RuleOption option, SignatureBuilder rule) throws RuleException {
        String text = option.unquoted().strip();
        if (text.equals("noalert")) {
            rule.trait(Signature.Trait.NO_ALERT);
            return;
        }
        String[] parts = text.split(",", -1);
        if (parts.length < 3 || parts.length > 4) {
            throw option.badValue("a command, a name and \"track ip_src\" with commas between them are wanted");
        }
        BitCommand command = BitCommand.of(parts[0].strip(), option);
        Track track = switch (afterWord(parts[2], "track", option)) {
            case "ip_src" -> Track.SOURCE;
            case "ip_dst" -> Track.DESTINATION;
            case "ip_pair" -> Track.PAIR;
            case "tx" -> Track.TRANSACTION;
            default -> throw option.badValue("track is ip_src, ip_dst, ip_pair or tx");
        };
        long seconds = track == Track.TRANSACTION ? TRANSACTION_EXPIRE_SECONDS : XBITS_EXPIRE_SECONDS;
        if (parts.length == 4) {
            seconds = seconds(afterWord(parts[3], "expire", option), option);
        }
        add(command, BitCommand.name(parts[1], option), track, seconds, rule);
    }

    /** {@code hostbits:set,name,src}. */
    static void compileHostBits(RuleOption option, SignatureBuilder rule) throws RuleException {
        String text = option.unquoted().strip();
        if (text.equals("noalert")) {
            rule.trait(Signature.Trait.NO_ALERT);
            return;
        }
        String[] parts = text.split(",", -1);
        if (parts.length < 2 || parts.length > 4) {
            throw option.badValue("a command, a name and src, dst or both with commas between them are wanted");
        }
        BitCommand command = BitCommand.of(parts[0].strip(), option);
        Track track = Track.SOURCE;
        if (parts.length > 2) {
            track = switch (parts[2].strip()) {
                case "src" -> Track.SOURCE;
                case "dst" -> Track.DESTINATION;
                case "both" -> Track.BOTH;
                default -> throw option.badValue("the host is src, dst or both");
            };
        }
        long seconds = HOSTBITS_EXPIRE_SECONDS;
        if (parts.length == 4) {
            seconds = seconds(afterWord(parts[3], "expire", option), option);
        }
        add(command, BitCommand.name(parts[1], option), track, seconds, rule);
    }

    private static String afterWord(String text, String word, RuleOption option) throws RuleException {
        String part = text.strip();
        if (!part.startsWith(word + " ")) {
            throw option.badValue("\"" + word + "\" is wanted where \"" + part + "\" stands");
        }
        return part.substring(word.length()).strip();
    }

    private static long seconds(String text, RuleOption option) throws RuleException {
        try {
            int seconds = Integer.parseInt(text);
            if (seconds > 0) {
                return seconds;
            }
        } catch (NumberFormatException notANumber) {
            throw option.badValue("\"" + text + "\" is no number of seconds");
        }
        throw option.badValue("expire has to be at least one second");
    }

    private static void add(BitCommand command, String name, Track track, long seconds, SignatureBuilder rule) {
        HostBits table = rule.environment().shared(HostBits.class, HostBits::new);
        Bit bit = new Bit(table, track, NameHash.of(name) ^ track.salt, seconds * NANOS_A_SECOND);
        rule.use(command.use(track.place, name));
        switch (command) {
            case ISSET -> rule.lateCondition(moment -> hasEnds(moment) && bit.isThere(moment));
            case ISNOTSET -> rule.lateCondition(moment -> hasEnds(moment) && !bit.isThere(moment));
            case SET ->
                rule.effect(moment -> {
                    if (hasEnds(moment)) {
                        bit.set(moment);
                    }
                });
            case UNSET ->
                rule.effect(moment -> {
                    if (hasEnds(moment)) {
                        bit.clear(moment);
                    }
                });
            case TOGGLE ->
                rule.effect(moment -> {
                    if (!hasEnds(moment)) {
                        return;
                    }
                    if (bit.isThere(moment)) {
                        bit.clear(moment);
                    } else {
                        bit.set(moment);
                    }
                });
        }
    }

    /** True when there are addresses to look up. */
    private static boolean hasEnds(Moment moment) {
        return moment.flow() != null || moment.packet().ipVersion != 0;
    }
}
