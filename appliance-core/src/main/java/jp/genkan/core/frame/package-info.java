/**
 * A frame as the stages see it: {@link jp.genkan.core.frame.Packet} is the mutable view, {@link jp.genkan.core.frame.Address} the
 * control plane's value for an address.
 *
 * <p>Thread rule: a {@code Packet} belongs to one worker and is valid inside one call only.
 */
@NullMarked
package jp.genkan.core.frame;

import org.jspecify.annotations.NullMarked;
