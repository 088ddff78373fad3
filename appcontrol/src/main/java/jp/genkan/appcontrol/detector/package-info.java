/**
 * Protocols that need more than octets at places: {@link jp.genkan.appcontrol.detector.Detectors} lists the {@link jp.genkan.appcontrol.detector.Detector}s.
 *
 * <p>Thread rule: a detector has no state but numbers of names; what it has to remember of a flow stands in the flow's memory.
 */
@NullMarked
package jp.genkan.appcontrol.detector;

import org.jspecify.annotations.NullMarked;
