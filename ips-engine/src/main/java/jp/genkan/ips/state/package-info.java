/**
 * What rules keep about hosts and pairs of hosts, beyond a flow: tables that workers share.
 *
 * <p>Main type: {@link jp.genkan.ips.state.StateTable}.
 *
 * <p>Thread rule: shared by all workers; every row is touched under the lock of its stripe only.
 */
@NullMarked
package jp.genkan.ips.state;

import org.jspecify.annotations.NullMarked;
