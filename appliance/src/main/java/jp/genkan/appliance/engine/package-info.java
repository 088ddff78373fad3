/**
 * The running appliance: {@link jp.genkan.appliance.engine.Engine} starts and stops its parts.
 *
 * <p>Thread rule: started and stopped by the main thread; status and control are read from any thread.
 */
@NullMarked
package jp.genkan.appliance.engine;

import org.jspecify.annotations.NullMarked;
