/**
 * Flows that carry packets of other flows: {@link jp.genkan.access.tunnel.TunnelFlow}.
 *
 * <p>Thread rule: no state.
 */
@NullMarked
package jp.genkan.access.tunnel;

import org.jspecify.annotations.NullMarked;
