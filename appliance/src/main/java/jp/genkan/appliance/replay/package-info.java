/**
 * The whole pipeline over a capture file: {@link jp.genkan.appliance.replay.Replay} runs one {@link jp.genkan.appliance.replay.ReplayJob}.
 * A frame's time stamp is the clock.
 *
 * <p>Thread rule: one job at a time on one thread; jobs share nothing.
 */
@NullMarked
package jp.genkan.appliance.replay;

import org.jspecify.annotations.NullMarked;
