/**
 * Keywords of RFB, which VNC speaks.
 *
 * <p>Main type: {@link jp.genkan.ips.keyword.rfb.RfbKeywords}.
 *
 * <p>Thread rule: immutable.
 */
@NullMarked
package jp.genkan.ips.keyword.rfb;

import org.jspecify.annotations.NullMarked;
