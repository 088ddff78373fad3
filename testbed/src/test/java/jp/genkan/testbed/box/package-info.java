/**
 * What stands in the middle of the test's network: {@link jp.genkan.testbed.box.Box} and its kinds.
 *
 * <p>Thread rule: one thread per box.
 */
@NullMarked
package jp.genkan.testbed.box;

import org.jspecify.annotations.NullMarked;
