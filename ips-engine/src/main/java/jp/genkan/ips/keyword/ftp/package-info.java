/**
 * Keywords of FTP, of its control connection and of its data connections.
 *
 * <p>Main type: {@link jp.genkan.ips.keyword.ftp.FtpKeywords}.
 *
 * <p>Thread rule: immutable.
 */
@NullMarked
package jp.genkan.ips.keyword.ftp;

import org.jspecify.annotations.NullMarked;
