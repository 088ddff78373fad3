/**
 * What rules say of SSH.
 *
 * <p>Main type: {@link jp.genkan.ips.keyword.ssh.SshKeywords}.
 *
 * <p>Thread rule: filled once, then only read.
 */
@NullMarked
package jp.genkan.ips.keyword.ssh;

import org.jspecify.annotations.NullMarked;
