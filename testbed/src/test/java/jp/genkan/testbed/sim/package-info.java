/**
 * The path of the frame without a kernel: {@link jp.genkan.testbed.sim.SimulatedPort} stands in for the rings,
 * {@link jp.genkan.testbed.sim.SimulatedWire} loses, repeats and reorders, and {@link jp.genkan.testbed.sim.Simulation} is the only clock.
 * The same seed gives the same run, frame by frame.
 *
 * <p>Thread rule: one thread does everything.
 */
@NullMarked
package jp.genkan.testbed.sim;

import org.jspecify.annotations.NullMarked;
