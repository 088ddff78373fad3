package jp.genkan.core.pipeline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a stage keeps of flows as objects: its slot in the flow holds the place of one. Places are used again.
 *
 * <p>Thread rule: one worker.
 *
 * @param <T> what is kept
 */
public final class FlowStates<T> {
    private final int max;
    private final List<@Nullable T> states = new ArrayList<>();
    private int[] free = new int[64];
    private int freeCount;

    /** For at most so many flows at a time. */
    public FlowStates(int max) {
        this.max = max;
    }

    /** What is kept of this flow; null when there is nothing. */
    public @Nullable T get(Flow flow, StageContext context) {
        long slot = flow.slot(context.stage());
        return slot == 0 ? null : states.get((int) slot - 1);
    }

    /**
     * Keeps something of a flow of which nothing is kept yet.
     *
     * @return false when there is no more room
     */
    public boolean put(Flow flow, StageContext context, T state) {
        int index;
        if (freeCount > 0) {
            index = free[--freeCount];
            states.set(index, state);
        } else if (states.size() < max) {
            index = states.size();
            states.add(state);
        } else {
            return false;
        }
        flow.slot(context.stage(), index + 1L);
        return true;
    }

    /** Forgets what is kept of a flow, if there is anything. */
    public void remove(Flow flow, StageContext context) {
        long slot = flow.slot(context.stage());
        if (slot == 0) {
            return;
        }
        int index = (int) slot - 1;
        states.set(index, null);
        flow.slot(context.stage(), 0);
        if (freeCount == free.length) {
            free = Arrays.copyOf(free, free.length * 2);
        }
        free[freeCount++] = index;
    }

    /** Hands over everything that is kept. */
    public void forEach(Consumer<? super T> action) {
        for (T state : states) {
            if (state != null) {
                action.accept(state);
            }
        }
    }
}
