/**
 * What is said in place of a file that was taken out, in Japanese and English.
 *
 * <p>Main type: {@link jp.genkan.av.harmless.explain.Explanation}.
 *
 * <p>Thread rule: immutable, any thread.
 */
@NullMarked
package jp.genkan.av.harmless.explain;

import org.jspecify.annotations.NullMarked;
