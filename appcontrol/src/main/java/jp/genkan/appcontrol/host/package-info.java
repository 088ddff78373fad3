/**
 * Which application a host's name belongs to: {@link jp.genkan.appcontrol.host.HostTable}, by the longest suffix of whole labels.
 *
 * <p>Thread rule: immutable once built.
 */
@NullMarked
package jp.genkan.appcontrol.host;

import org.jspecify.annotations.NullMarked;
