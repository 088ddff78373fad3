/** A path of the frame without the data plane, for tests of stages: {@link jp.genkan.access.path.TestPath}. */
@NullMarked
package jp.genkan.access.path;

import org.jspecify.annotations.NullMarked;
