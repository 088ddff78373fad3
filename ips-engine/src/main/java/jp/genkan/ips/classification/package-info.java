/**
 * What rules are told apart by, and where to read about them: the classes with their priorities, and the systems of references.
 *
 * <p>Main type: {@link jp.genkan.ips.classification.Classifications}.
 *
 * <p>Thread rule: control plane; immutable.
 */
@NullMarked
package jp.genkan.ips.classification;

import org.jspecify.annotations.NullMarked;
