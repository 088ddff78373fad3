/**
 * Keywords of DCE/RPC, in connections of its own, in datagrams, and in pipes of SMB.
 *
 * <p>Main type: {@link jp.genkan.ips.keyword.dcerpc.DcerpcKeywords}.
 *
 * <p>Thread rule: immutable.
 */
@NullMarked
package jp.genkan.ips.keyword.dcerpc;

import org.jspecify.annotations.NullMarked;
