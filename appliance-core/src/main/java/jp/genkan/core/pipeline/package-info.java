/**
 * The contract between the path of the frame and the engines: a {@link jp.genkan.core.pipeline.Stage} sees each packet in order and
 * answers with a {@link jp.genkan.core.pipeline.Verdict}.
 *
 * <p>Thread rule: a stage object belongs to one worker. What workers share (lists, rules) is immutable and published by one reference.
 */
@NullMarked
package jp.genkan.core.pipeline;

import org.jspecify.annotations.NullMarked;
