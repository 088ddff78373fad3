/**
 * Files of several kinds that explain themselves, each made to an exact number of octets.
 *
 * <p>Main type: {@link jp.genkan.av.harmless.form.Forms}.
 *
 * <p>Thread rule: stateless.
 */
@NullMarked
package jp.genkan.av.harmless.form;

import org.jspecify.annotations.NullMarked;
