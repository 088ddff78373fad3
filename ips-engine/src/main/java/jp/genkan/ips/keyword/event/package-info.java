/**
 * Keywords about oddities: what the decoder, TCP tracking and the parsers of application protocols have found in a packet. The names are Suricata's and stand in
 * tables beside this package.
 *
 * <p>Main type: {@link jp.genkan.ips.keyword.event.EventKeywords}.
 *
 * <p>Thread rule: immutable.
 */
@NullMarked
package jp.genkan.ips.keyword.event;

import org.jspecify.annotations.NullMarked;
