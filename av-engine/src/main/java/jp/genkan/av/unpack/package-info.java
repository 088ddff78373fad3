/**
 * What files are packed in: archives, disc images, documents, mails. Each format is one {@link jp.genkan.av.unpack.Unpacker}; their list is {@link
 * jp.genkan.av.unpack.Unpackers}.
 *
 * <p>Main type: {@link jp.genkan.av.unpack.Unpacker}.
 *
 * <p>Thread rule: unpackers have no state and belong to everybody; what they write to belongs to the thread that scans.
 */
@NullMarked
package jp.genkan.av.unpack;

import org.jspecify.annotations.NullMarked;
