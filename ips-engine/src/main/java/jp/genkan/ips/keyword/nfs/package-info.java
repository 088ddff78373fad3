/**
 * Keywords of NFS.
 *
 * <p>Main type: {@link jp.genkan.ips.keyword.nfs.NfsKeywords}.
 *
 * <p>Thread rule: immutable.
 */
@NullMarked
package jp.genkan.ips.keyword.nfs;

import org.jspecify.annotations.NullMarked;
