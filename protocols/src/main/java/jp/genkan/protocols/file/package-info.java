/**
 * What is done with every file that a parser finds: {@link jp.genkan.protocols.file.FileTracker} counts, hashes and names the type of one file,
 * {@link jp.genkan.protocols.file.RangeJoiner} makes one file of the parts in which a client fetched it.
 *
 * <p>Thread rule: everything belongs to one worker.
 */
@NullMarked
package jp.genkan.protocols.file;

import org.jspecify.annotations.NullMarked;
