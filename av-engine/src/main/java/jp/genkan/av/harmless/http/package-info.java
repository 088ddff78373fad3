/**
 * Makes messages of HTTP/1 harmless at their length: chunks, content codings and announced lengths stay as they are.
 *
 * <p>Main type: {@link jp.genkan.av.harmless.http.HttpCleaner}.
 *
 * <p>Thread rule: no state, any thread.
 */
@NullMarked
package jp.genkan.av.harmless.http;

import org.jspecify.annotations.NullMarked;
