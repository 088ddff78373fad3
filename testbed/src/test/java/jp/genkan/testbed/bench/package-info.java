/**
 * Benchmarks of whole boxes, interleaved and against the kernel's bridge in the same run. {@link jp.genkan.testbed.bench.Bench} is the
 * program behind {@code ./build bench}.
 *
 * <p>Thread rule: one thread measures.
 */
@NullMarked
package jp.genkan.testbed.bench;

import org.jspecify.annotations.NullMarked;
