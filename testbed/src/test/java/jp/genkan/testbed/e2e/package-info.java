/**
 * End-to-end tests: real programs and frames through a real box in network namespaces.
 *
 * <p>Thread rule: as JUnit runs them, one after another.
 */
@NullMarked
package jp.genkan.testbed.e2e;

import org.jspecify.annotations.NullMarked;
