/**
 * Keywords of SIP, and of the descriptions of sessions (SDP) that it carries.
 *
 * <p>Main type: {@link jp.genkan.ips.keyword.sip.SipKeywords}.
 *
 * <p>Thread rule: immutable.
 */
@NullMarked
package jp.genkan.ips.keyword.sip;

import org.jspecify.annotations.NullMarked;
