/**
 * DER (ITU-T X.690) as it is needed to read signatures of programs: values within values, bounded by the octets that are there.
 *
 * <p>Main type: {@link jp.genkan.av.der.DerValue}.
 *
 * <p>Thread rule: immutable, any thread.
 */
@NullMarked
package jp.genkan.av.der;

import org.jspecify.annotations.NullMarked;
