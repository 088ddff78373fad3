package jp.genkan.literals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Literals as two automata in Java: one for those whose case counts, one for the others, because a case cannot be verified any more when
 * the first half of a literal came with an earlier piece of a stream.
 *
 * <p>Thread rule: immutable.
 */
final class AutomatonDatabase implements LiteralDatabase {
    private static final int STREAM_BYTES = 28; // a row of the scanner's table

    private final LiteralSet set;
    private final Mode mode;
    private final Automaton exact;
    private final Automaton caseless;
    private final boolean anyExact;
    private final boolean anyCaseless;
    /** For each id the longest other literal of the same kind that it ends with, or -1. */
    private final int[] suffixes;

    AutomatonDatabase(LiteralSet set, Mode mode) {
        this.set = set;
        this.mode = mode;
        List<Automaton.Entry> exactOnes = new ArrayList<>();
        List<Automaton.Entry> caselessOnes = new ArrayList<>();
        for (int i = 0; i < set.literals().size(); i++) {
            Literal literal = set.literals().get(i);
            (literal.caseless() ? caselessOnes : exactOnes).add(new Automaton.Entry(literal, set.id(i)));
        }
        suffixes = new int[set.size()];
        Arrays.fill(suffixes, -1);
        anyExact = !exactOnes.isEmpty();
        anyCaseless = !caselessOnes.isEmpty();
        exact = new Automaton(exactOnes, false, suffixes);
        caseless = new Automaton(caselessOnes, true, suffixes);
    }

    @Override
    public int size() {
        return set.size();
    }

    @Override
    public int longest() {
        return set.longest();
    }

    @Override
    public Mode mode() {
        return mode;
    }

    @Override
    public long memoryBytes() {
        return exact.memoryBytes() + caseless.memoryBytes() + 4L * suffixes.length;
    }

    @Override
    public int streamBytes() {
        return mode == Mode.STREAM ? STREAM_BYTES : 0;
    }

    /**
     * Goes on from the states of both automata, 0 at first.
     *
     * @param before octets of the scan that were given already
     * @return the states to go on from
     */
    long scan(long states, byte[] octets, int from, int to, int before, LiteralHits hits) {
        int ofExact = (int) states;
        int ofCaseless = (int) (states >>> 32);
        if (anyExact) {
            ofExact = exact.scan(ofExact, octets, from, to, before + 1, hits);
        }
        if (anyCaseless) {
            ofCaseless = caseless.scan(ofCaseless, octets, from, to, before + 1, hits);
        }
        return (long) ofCaseless << 32 | ofExact;
    }

    /** As {@link #scan}, telling every end. */
    long scanEnds(long states, byte[] octets, int length, int before, EndSink sink) {
        int ofExact = (int) states;
        int ofCaseless = (int) (states >>> 32);
        if (anyExact) {
            ofExact = exact.scanEnds(ofExact, octets, length, before + 1, sink);
        }
        if (anyCaseless) {
            ofCaseless = caseless.scanEnds(ofCaseless, octets, length, before + 1, sink);
        }
        return (long) ofCaseless << 32 | ofExact;
    }

    /** Ends a scan: completes what was left out of the hits on the way. */
    void complete(LiteralHits hits) {
        if (hits.count() == 0) {
            return;
        }
        if (mode == Mode.STREAM) {
            hits.extendSuffixes(suffixes);
        } else {
            hits.keepFirstEnds();
        }
        set.addDuplicates(hits);
    }
}
