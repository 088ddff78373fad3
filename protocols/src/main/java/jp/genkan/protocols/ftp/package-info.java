/**
 * FTP: {@link jp.genkan.protocols.ftp.FtpParser} reads the control connection, {@link jp.genkan.protocols.ftp.FtpDataParser} the data connections that it
 * announces; a {@link jp.genkan.protocols.ftp.Transfer} ties them together.
 *
 * <p>Sources: RFC 959, RFC 2428 (EPRT, EPSV), RFC 3659 (REST, MLSD), RFC 4217 (AUTH TLS). Not read: block and compressed mode, whose octets are taken
 * as they come; page structure; transfers between two servers.
 *
 * <p>Thread rule: each parser belongs to the worker of its flow; a transfer is shared between two flows and safe for it.
 */
@NullMarked
package jp.genkan.protocols.ftp;

import org.jspecify.annotations.NullMarked;
