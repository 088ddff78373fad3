/**
 * Small files that outlive the process and a power cut: {@link jp.genkan.core.state.StateFile}.
 *
 * <p>Thread rule: control plane only, one writer a file.
 */
@NullMarked
package jp.genkan.core.state;

import org.jspecify.annotations.NullMarked;
