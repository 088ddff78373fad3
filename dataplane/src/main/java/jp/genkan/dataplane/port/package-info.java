/**
 * Ports: the interfaces of the box. {@link jp.genkan.dataplane.port.PortQueue} is what one worker receives and sends frames by.
 *
 * <p>Thread rule: a {@code PortQueue} belongs to one worker.
 */
@NullMarked
package jp.genkan.dataplane.port;

import org.jspecify.annotations.NullMarked;
