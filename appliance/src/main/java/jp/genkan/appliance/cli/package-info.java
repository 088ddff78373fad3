/**
 * The commands, one class each; {@link jp.genkan.appliance.Main} lists them. Exit codes: 0 all well, 1 the run failed, 2 unusable
 * arguments, 3 the input was refused.
 *
 * <p>Thread rule: one command a process, on the main thread.
 */
@NullMarked
package jp.genkan.appliance.cli;

import org.jspecify.annotations.NullMarked;
