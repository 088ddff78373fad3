/**
 * Files of signatures, found and compiled to what files are held against.
 *
 * <p>Main type: {@link jp.genkan.av.load.SignatureLoader}.
 *
 * <p>Thread rule: the control plane.
 */
@NullMarked
package jp.genkan.av.load;

import org.jspecify.annotations.NullMarked;
