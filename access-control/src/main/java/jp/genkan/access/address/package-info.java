/**
 * Small sets of addresses that both stages share: {@link jp.genkan.access.address.AddressSet}, and
 * {@link jp.genkan.access.address.AddressException} for what is never to be blocked.
 *
 * <p>Thread rule: everything here is immutable.
 */
@NullMarked
package jp.genkan.access.address;

import org.jspecify.annotations.NullMarked;
