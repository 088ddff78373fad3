package jp.genkan.av.pattern;

import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Objects;
import jp.genkan.av.content.Content;
import jp.genkan.literals.EndSink;
import jp.genkan.literals.LiteralScanner;
import org.jspecify.annotations.Nullable;

/**
 * Searches contents for the patterns of a set, one content after the other, with memory that is used again. Offsets and lengths are ints: only
 * the first 2 GiB of a content are searched.
 *
 * <p>Thread rule: one thread.
 */
public final class PatternMatcher implements AutoCloseable {
    /** Matches of one pattern, as many as YARA tells. What comes behind them is not told. */
    public static final int MATCHES_MAX = 1_000_000;

    /** Matches of all patterns in one content: 32 MiB. Beyond them a pattern has {@link #MATCHES_LATER_MAX}. */
    static final int MATCHES_OF_ALL_MAX = 4_000_000;

    /** Matches of a pattern when there is little room left: enough for every count that rules ask for. */
    static final int MATCHES_LATER_MAX = 1_000;

    /** Lists of matches that are kept for the next content. */
    private static final int LISTS_KEPT_MAX = 1_024;

    private static final int NONE = -1;

    private final PatternSet set;
    private final LiteralScanner scanner = new LiteralScanner();
    private final Verifier verifier = new Verifier();
    private final HitBuffer hits = new HitBuffer();
    private final ArrayDeque<MatchList> spare = new ArrayDeque<>();
    private final MatchList atOnePlace = new MatchList();

    // By unit. What stands there counts only if the unit was met in this content.
    private final int[] lastHit;
    private final boolean[] met;
    private final boolean[] settled;
    private final @Nullable MatchList[] matches;
    private int[] metUnits = new int[64];
    private int metCount;

    // By pattern.
    private final boolean[] candidate;
    private int[] candidates = new int[64];
    private int candidateCount;
    /** The matches of patterns of several units. */
    private final @Nullable MatchList[] joined;

    private int[] joinedPatterns = new int[16];
    private int joinedCount;

    private int matchesOfAll;

    // By stage.
    private final boolean[] searched;
    private final EndSink sink = this::found;
    private int firstLiteral;
    private MemorySegment octets = MemorySegment.NULL;
    private int size;

    PatternMatcher(PatternSet set) {
        this.set = set;
        lastHit = new int[set.units()];
        met = new boolean[set.units()];
        settled = new boolean[set.units()];
        matches = new @Nullable MatchList[set.units()];
        candidate = new boolean[set.size()];
        joined = new @Nullable MatchList[set.size()];
        searched = new boolean[set.stages()];
    }

    /**
     * The first pass. Forgets what was found in the content before.
     *
     * @param content has to stay as it is until the next one comes
     * @param deadline value of {@link System#nanoTime()} after which searches end early, as if there were nothing more to find
     */
    public void scan(Content content, long deadline) {
        forget();
        octets = content.octets();
        size = (int) Math.min(Integer.MAX_VALUE - 1L, content.size());
        verifier.begin(octets, size, deadline);
        search(PatternSetBuilder.FIRST_STAGE);
    }

    /** Lets go of the content; what was found can be asked for no longer. */
    void release() {
        octets = MemorySegment.NULL;
        size = 0;
        verifier.begin(octets, 0, 0);
    }

    /** The pass of a stage, unless it has taken place: patterns of it that have a literal in the content become candidates. */
    public void search(int stage) {
        if (!searched[stage]) {
            searched[stage] = true;
            if (stage == PatternSetBuilder.FIRST_STAGE || !verifier.isLateNow()) {
                firstLiteral = set.firstLiteral(stage);
                scanner.scanEnds(set.database(stage), octets, 0, size, sink);
            }
        }
    }

    private void forget() {
        for (int i = 0; i < metCount; i++) {
            int unit = metUnits[i];
            met[unit] = false;
            settled[unit] = false;
            giveBack(matches[unit]);
            matches[unit] = null;
        }
        metCount = 0;
        for (int i = 0; i < candidateCount; i++) {
            candidate[candidates[i]] = false;
        }
        candidateCount = 0;
        for (int i = 0; i < joinedCount; i++) {
            giveBack(joined[joinedPatterns[i]]);
            joined[joinedPatterns[i]] = null;
        }
        joinedCount = 0;
        hits.clear();
        matchesOfAll = 0;
        Arrays.fill(searched, false);
    }

    private void giveBack(@Nullable MatchList list) {
        if (list != null && spare.size() < LISTS_KEPT_MAX) {
            list.clear();
            spare.push(list);
        }
    }

    private MatchList fresh() {
        return spare.isEmpty() ? new MatchList() : spare.pop();
    }

    private void found(int id, int end) {
        int literal = firstLiteral + id;
        int place = end - set.lengthOfLiteral(literal);
        for (int form : set.formsOfLiteral(literal)) {
            int unit = set.unitOfForm(form);
            meet(unit);
            if (hits.isFull()) {
                verifyAll();
            }
            lastHit[unit] = hits.add(form, place, lastHit[unit], literal);
        }
    }

    /** The first time that a unit is met in this content. */
    private void meet(int unit) {
        if (met[unit]) {
            return;
        }
        met[unit] = true;
        lastHit[unit] = NONE;
        if (metCount == metUnits.length) {
            metUnits = Arrays.copyOf(metUnits, metCount * 2);
        }
        metUnits[metCount++] = unit;
        int pattern = set.patternOfUnit(unit);
        if (pattern >= 0 && !candidate[pattern]) {
            candidate[pattern] = true;
            if (candidateCount == candidates.length) {
                candidates = Arrays.copyOf(candidates, candidateCount * 2);
            }
            candidates[candidateCount++] = pattern;
        }
    }

    /** Makes room for more hits. */
    private void verifyAll() {
        for (int i = 0; i < metCount; i++) {
            verify(metUnits[i]);
        }
        hits.clear();
    }

    private MatchList verify(int unit) {
        MatchList list = matches[unit];
        if (list == null) {
            list = fresh();
            matches[unit] = list;
        }
        int before = list.count();
        int most = matchesOfAll < MATCHES_OF_ALL_MAX ? MATCHES_MAX : MATCHES_LATER_MAX;
        for (int hit = lastHit[unit]; hit != NONE; hit = hits.before(hit)) {
            int length = set.lengthOfLiteral(hits.literal(hit));
            verifier.verify(set.form(hits.form(hit)), hits.place(hit), length, list, most);
        }
        lastHit[unit] = NONE;
        matchesOfAll += list.count() - before;
        return list;
    }

    /** The matches of a unit, sorted. */
    private MatchList matchesOfUnit(int unit) {
        if (settled[unit]) {
            return Objects.requireNonNull(matches[unit]);
        }
        meet(unit);
        settled[unit] = true;
        MatchList list = verify(unit);
        Unit compiled = set.unit(unit);
        if (compiled.direct()) {
            search(compiled, list);
        }
        list.settle(compiled.greedy());
        return list;
    }

    private void search(Unit unit, MatchList list) {
        int before = list.count();
        int most = matchesOfAll < MATCHES_OF_ALL_MAX ? MATCHES_MAX : MATCHES_LATER_MAX;
        for (int i = 0; i < unit.forms().size(); i++) {
            if (!unit.hasLiteral(i)) {
                verifier.search(unit.forms().get(i), list, most);
            }
        }
        matchesOfAll += list.count() - before;
    }

    /** The matches of a pattern, sorted. */
    private MatchList matchesOf(int pattern) {
        Chain chain = set.pattern(pattern);
        if (chain.units() == 1) {
            return matchesOfUnit(chain.first());
        }
        MatchList list = joined[pattern];
        if (list == null) {
            list = fresh();
            joined[pattern] = list;
            if (joinedCount == joinedPatterns.length) {
                joinedPatterns = Arrays.copyOf(joinedPatterns, joinedCount * 2);
            }
            joinedPatterns[joinedCount++] = pattern;
            join(chain, list);
        }
        return list;
    }

    /** Leaves of the matches of each unit, from the last one back, those that one of the next unit follows. */
    private void join(Chain chain, MatchList into) {
        for (int i = 0; i < chain.units(); i++) {
            int unit = chain.first() + i;
            if (!met[unit] && !set.unit(unit).direct()) {
                return;
            }
        }
        MatchList behind = matchesOfUnit(chain.first() + chain.units() - 1);
        for (int i = chain.units() - 2; i >= 0 && behind.count() > 0; i--) {
            MatchList here = matchesOfUnit(chain.first() + i);
            MatchList good = i == 0 ? into : new MatchList();
            Expression.Gap gap = chain.gaps().get(i);
            for (int one = 0; one < here.count(); one++) {
                long end = (long) here.offset(one) + here.length(one);
                int next = behind.firstFrom(end + gap.min());
                if (next < behind.count() && behind.offset(next) <= end + gap.max()) {
                    int length = behind.offset(next) + behind.length(next) - here.offset(one);
                    good.add(here.offset(one), length);
                }
            }
            behind = good;
        }
    }

    /**
     * How many patterns had a literal found, so that they may match; the others of the stages that were searched do not match, but for
     * {@link PatternSet#hasNoLiteral}.
     */
    public int candidates() {
        return candidateCount;
    }

    /** The id of the n-th of them, in no particular order. */
    public int candidate(int index) {
        return candidates[Objects.checkIndex(index, candidateCount)];
    }

    /** True when this pattern may match. */
    public boolean isCandidate(int pattern) {
        search(set.stageOfPattern(pattern));
        return candidate[pattern] || set.hasNoLiteral(pattern);
    }

    /** True when it matches anywhere. */
    public boolean matches(int pattern) {
        return isCandidate(pattern) && matchesOf(pattern).count() > 0;
    }

    /** True when it matches exactly there: for a pattern without literals much cheaper than a search. */
    public boolean matchesAt(int pattern, long offset) {
        if (!isCandidate(pattern)) {
            return false;
        }
        Chain chain = set.pattern(pattern);
        Unit unit = set.unit(chain.first());
        if (chain.units() == 1 && unit.isOnlyDirect() && !settled[chain.first()]) {
            atOnePlace.clear();
            for (Form form : unit.forms()) {
                if (verifier.matchesAt(form, offset, atOnePlace)) {
                    return true;
                }
            }
            return false;
        }
        MatchList list = matchesOf(pattern);
        int index = list.firstFrom(offset);
        return index < list.count() && list.offset(index) == offset;
    }

    /** How often it matches: once for each offset at most, and at most {@link #MATCHES_MAX} times. */
    public int count(int pattern) {
        return isCandidate(pattern) ? matchesOf(pattern).count() : 0;
    }

    /** How many matches begin from one offset to another, both included. */
    public int countIn(int pattern, long from, long to) {
        if (!isCandidate(pattern) || to < from) {
            return 0;
        }
        MatchList list = matchesOf(pattern);
        return list.firstFrom(to + 1) - list.firstFrom(from);
    }

    /** Where it matches for the n-th time, ascending. */
    public int offset(int pattern, int index) {
        return list(pattern, index).offset(index);
    }

    /** How many octets its n-th match has. */
    public int length(int pattern, int index) {
        return list(pattern, index).length(index);
    }

    private MatchList list(int pattern, int index) {
        Objects.checkIndex(index, count(pattern));
        return matchesOf(pattern);
    }

    /** True when the time was over before all was looked at. */
    public boolean isLate() {
        return verifier.isLate();
    }

    @Override
    public void close() {
        scanner.close();
    }
}
