/**
 * Lists in the form in which they are asked: {@link jp.genkan.urlfilter.compiled.TableBuilder} makes it of entries,
 * {@link jp.genkan.urlfilter.compiled.TableFile} keeps it on disk, and {@link jp.genkan.urlfilter.compiled.CompiledBook} answers from it.
 *
 * <p>Thread rule: a builder belongs to one thread; what it makes is immutable and shared.
 */
@NullMarked
package jp.genkan.urlfilter.compiled;

import org.jspecify.annotations.NullMarked;
