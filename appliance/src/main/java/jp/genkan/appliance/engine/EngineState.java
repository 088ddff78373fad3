package jp.genkan.appliance.engine;

import java.util.Locale;

/** What the appliance does, in one word: {@code state} of its status. */
public enum EngineState {
    /** Parts are being started; the kernel forwards, or nobody does, by the fail policy. */
    STARTING,
    /** Frames are looked at. */
    INSPECTING,
    /** Frames pass uninspected because a worker does not answer. */
    PASSING,
    /** On the way out. */
    STOPPED;

    /** The word in status and metrics. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
