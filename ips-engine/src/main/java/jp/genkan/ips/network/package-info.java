/**
 * Addresses and ports of rule headers, compiled: expressions with lists, negation and variables become sorted ranges.
 *
 * <p>Main type: {@link jp.genkan.ips.network.Variables}, which compiles {@link jp.genkan.ips.network.AddressSpec} and
 * {@link jp.genkan.ips.network.PortSpec}.
 *
 * <p>Thread rule: specs are immutable and asked by any worker; variables belong to one thread of the control plane.
 */
@NullMarked
package jp.genkan.ips.network;

import org.jspecify.annotations.NullMarked;
