/**
 * The control socket: how commands reach a running engine. {@link jp.genkan.appliance.control.ControlServer} answers,
 * {@link jp.genkan.appliance.control.ControlClient} asks.
 *
 * <p>One request is one line of JSON, {@code {"command": "status"}}; the answer is one line, or with {@code events} a line an event until
 * the client hangs up.
 *
 * <p>Thread rule: each client is served by a thread of its own; what it reads of the engine is safe to read from any thread.
 */
@NullMarked
package jp.genkan.appliance.control;

import org.jspecify.annotations.NullMarked;
