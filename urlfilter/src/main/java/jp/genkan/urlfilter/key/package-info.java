/**
 * The 64 bits that stand for a host, an address or a URL: {@link jp.genkan.urlfilter.key.SiteKeys}, and {@link jp.genkan.urlfilter.key.KeyMap}
 * for small tables of them.
 *
 * <p>Thread rule: functions are free of state; a {@code KeyMap} is filled by one thread and then read by anybody.
 */
@NullMarked
package jp.genkan.urlfilter.key;

import org.jspecify.annotations.NullMarked;
