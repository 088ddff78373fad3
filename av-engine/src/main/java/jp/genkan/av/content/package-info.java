/**
 * The octets that are looked at: a file, or a member of one.
 *
 * <p>Main type: {@link jp.genkan.av.content.Content}.
 *
 * <p>Thread rule: the thread that scans the file.
 */
@NullMarked
package jp.genkan.av.content;

import org.jspecify.annotations.NullMarked;
