/**
 * Where a frame goes out: {@link jp.genkan.dataplane.forward.MacTable} knows behind which port a machine is.
 *
 * <p>Thread rule: the table is shared by all workers without locks.
 */
@NullMarked
package jp.genkan.dataplane.forward;

import org.jspecify.annotations.NullMarked;
