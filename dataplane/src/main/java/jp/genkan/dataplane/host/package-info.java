/**
 * Who is behind the box: {@link jp.genkan.dataplane.host.HostObserver} notices on the packet path what is new,
 * {@link jp.genkan.dataplane.host.HostTable} knows every machine with its addresses, name and maker.
 *
 * <p>Thread rule: an observer belongs to one worker and hands its news over by a {@link jp.genkan.dataplane.host.NewsRing}; the table
 * belongs to the control plane, whose threads wait for each other.
 */
@NullMarked
package jp.genkan.dataplane.host;

import org.jspecify.annotations.NullMarked;
