/**
 * Makes a whole file harmless at its length: only the infected members of an archive where its format allows it, else all of it.
 *
 * <p>Main type: {@link jp.genkan.av.harmless.file.FileCleaner}.
 *
 * <p>Thread rule: one call at a time for each {@link jp.genkan.av.harmless.file.Removal}.
 */
@NullMarked
package jp.genkan.av.harmless.file;

import org.jspecify.annotations.NullMarked;
