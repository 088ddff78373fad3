/**
 * TFTP (RFC 1350): {@link jp.genkan.protocols.tftp.TftpParser} tells requests. Not read: the transfer itself, which goes between other ports.
 *
 * <p>Thread rule: a parser belongs to the worker of its flow, a transaction never changes.
 */
@NullMarked
package jp.genkan.protocols.tftp;

import org.jspecify.annotations.NullMarked;
