package jp.genkan.ips.engine;

import jp.genkan.core.counter.CounterSet;
import jp.genkan.core.observation.ProtocolFrame;
import jp.genkan.ips.match.Moment;

/**
 * Holds the rules about pieces of a protocol's framing against those of a flow.
 *
 * <p>Thread rule: one worker.
 */
final class FrameRules {
    /** Octets of a frame that rules look at as one piece: as many as of a body. */
    private static final int KEPT = 65_536;

    /** Frames of one flow that rules wait for: a packet brings some dozens, and what only looks waits for a packet of their direction. */
    private static final int FRAMES_MAX = 1_024;

    /** Pieces of one frame between gaps that wait for the frame's end: more were never seen in a capture that misses packets now and then. */
    private static final int EARLIER_MAX = 8;

    private final Moment moment;
    private final Matcher matcher;
    private final CounterSet<IpsCounter> counters;
    private final PlanList found = new PlanList();

    FrameRules(Moment moment, Matcher matcher, CounterSet<IpsCounter> counters) {
        this.moment = moment;
        this.matcher = matcher;
        this.counters = counters;
    }

    /** Octets of a frame have come, or its end. */
    void add(FlowState state, RuleSet rules, ProtocolFrame frame, byte[] octets, int from, int to, long missing) {
        FrameIndex.Group group = rules.frames.find(frame);
        boolean toServer = frame.direction().isToServer();
        if (group == null || group.isEmpty(toServer)) {
            return;
        }
        FrameState known = state.find(frame);
        if (known == null) {
            if (state.frames.size() >= FRAMES_MAX) {
                counters.increment(IpsCounter.FRAMES_SHED);
                return;
            }
            known = new FrameState(frame, group, new Follower(KEPT, matcher.rooms()));
            state.frames.add(known);
        }
        if (missing > 0) {
            gap(known, missing);
        }
        known.follower.window.append(octets, from, to);
        found.clear();
        known.follower.scan(group.literals(toServer), octets, from, to, matcher.scanner(), matcher.hits(), found);
        matcher.begin(rules, found, known.candidates, toServer);
        known.dirty = true;
    }

    private void gap(FrameState state, long missing) {
        OctetWindow window = state.follower.window;
        if (state.dirty && window.length() > 0 && state.earlier.size() < EARLIER_MAX) {
            state.earlier.add(state.follower);
            state.follower.close(matcher.scanner());
            state.follower = new Follower(KEPT, matcher.rooms());
            state.follower.window.gap(window.total() + missing);
        } else {
            state.follower.gap(missing, matcher.scanner());
        }
    }

    /**
     * Asks the rules about what has come. What only looks waits until a frame is whole, or as long as rules look at.
     *
     * @param acting true when verdicts act: nothing may be forwarded before rules have looked at it
     * @param flowIsOver true when no packet of either direction will come
     */
    void look(FlowState state, boolean acting, boolean flowIsOver) {
        for (int i = 0; i < state.frames.size(); i++) {
            FrameState each = state.frames.get(i);
            boolean due = acting || flowIsOver || each.frame.direction() == moment.packetDirection();
            if (!each.dirty || !due) {
                continue;
            }
            boolean over = each.frame.isOver();
            if (acting || over || each.follower.window.total() >= KEPT) {
                each.dirty = false;
                lookAt(each);
                each.follower.window.look();
            }
            if (over) {
                each.follower.release(matcher.scanner());
                state.frames.remove(i--);
            }
        }
    }

    private void lookAt(FrameState state) {
        Follower latest = state.follower;
        for (int i = 0; i < state.earlier.size(); i++) {
            state.follower = state.earlier.get(i);
            matcher.frame(state, false);
        }
        state.earlier.clear();
        state.follower = latest;
        matcher.frame(state, state.frame.isOver());
    }

    /** Gives back what is kept. */
    void closeAll(FlowState state) {
        for (int i = 0; i < state.frames.size(); i++) {
            state.frames.get(i).follower.release(matcher.scanner());
        }
        state.frames.clear();
    }
}
