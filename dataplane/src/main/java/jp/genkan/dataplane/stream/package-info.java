/**
 * TCP streams: {@link jp.genkan.dataplane.stream.StreamReassembler} hands each octet of a stream to its consumer once, in order and before the
 * receiver can read it, and keeps every later segment to what was handed over.
 *
 * <p>Thread rule: one reassembler a worker; counters may be read by anybody.
 */
@NullMarked
package jp.genkan.dataplane.stream;

import org.jspecify.annotations.NullMarked;
