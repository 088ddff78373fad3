/**
 * The test file that every antivirus product knows, so that a box can be tried without a virus.
 *
 * <p>Main type: {@link jp.genkan.av.eicar.Eicar}.
 *
 * <p>Thread rule: immutable.
 */
@NullMarked
package jp.genkan.av.eicar;

import org.jspecify.annotations.NullMarked;
