/**
 * The composition root: {@link jp.genkan.appliance.Main} is where the process begins, {@link jp.genkan.appliance.Composition} where its
 * parts are put together.
 *
 * <p>Thread rule: put together by the main thread; each pipeline then belongs to its worker.
 */
@NullMarked
package jp.genkan.appliance;

import org.jspecify.annotations.NullMarked;
