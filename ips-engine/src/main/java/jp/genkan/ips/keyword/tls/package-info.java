/**
 * What rules say of TLS.
 *
 * <p>Main type: {@link jp.genkan.ips.keyword.tls.TlsKeywords}.
 *
 * <p>Thread rule: filled once, then only read.
 */
@NullMarked
package jp.genkan.ips.keyword.tls;

import org.jspecify.annotations.NullMarked;
