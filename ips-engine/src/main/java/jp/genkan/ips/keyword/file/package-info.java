/**
 * The keywords of files that travel in any protocol: their octets, names, types and sizes.
 *
 * <p>Main type: {@link jp.genkan.ips.keyword.file.FileKeywords}.
 *
 * <p>Thread rule: filled once, then only read.
 */
@NullMarked
package jp.genkan.ips.keyword.file;

import org.jspecify.annotations.NullMarked;
