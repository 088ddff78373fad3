/**
 * NFS 2, 3 and the procedures of 4 (RFC 1094, 1813, 7530) in ONC RPC (RFC 5531), over TCP and UDP: {@link jp.genkan.protocols.nfs.NfsParser}. Files that are
 * read and written in order are told as files. Not read: the operations inside COMPOUND, locks and mounts.
 *
 * <p>Thread rule: a parser belongs to the worker of its flow.
 */
@NullMarked
package jp.genkan.protocols.nfs;

import org.jspecify.annotations.NullMarked;
