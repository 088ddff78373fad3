/**
 * The life of a frame between its arrival and its sending: {@link jp.genkan.dataplane.pipeline.PipelineRunner} takes it through decode,
 * host table, fragments, flow, stages and stream.
 *
 * <p>Thread rule: one runner a worker. Nothing on the path of a frame allocates, waits or logs.
 */
@NullMarked
package jp.genkan.dataplane.pipeline;

import org.jspecify.annotations.NullMarked;
