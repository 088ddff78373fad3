/**
 * Compressed streams of an exact length: blocks that are stored, and padding that means nothing.
 *
 * <p>Main type: {@link jp.genkan.av.harmless.coding.StoredDeflate}.
 *
 * <p>Thread rule: stateless.
 */
@NullMarked
package jp.genkan.av.harmless.coding;

import org.jspecify.annotations.NullMarked;
