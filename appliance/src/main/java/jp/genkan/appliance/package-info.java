/**
 * The composition root: {@link jp.genkan.appliance.Main} is where the process begins, {@link jp.genkan.appliance.Composition} where its
 * parts are put together.
 */
@NullMarked
package jp.genkan.appliance;

import org.jspecify.annotations.NullMarked;
