/**
 * Keywords of SMB.
 *
 * <p>Main type: {@link jp.genkan.ips.keyword.smb.SmbKeywords}.
 *
 * <p>Thread rule: immutable.
 */
@NullMarked
package jp.genkan.ips.keyword.smb;

import org.jspecify.annotations.NullMarked;
