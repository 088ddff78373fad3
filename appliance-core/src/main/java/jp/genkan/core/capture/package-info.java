/**
 * Capture files: {@link jp.genkan.core.capture.CaptureReader} puts a packet over each frame of a memory-mapped pcap or pcapng file,
 * {@link jp.genkan.core.capture.CaptureWriter} writes classic pcap.
 *
 * <p>Thread rule: a reader or writer belongs to one thread.
 */
@NullMarked
package jp.genkan.core.capture;

import org.jspecify.annotations.NullMarked;
