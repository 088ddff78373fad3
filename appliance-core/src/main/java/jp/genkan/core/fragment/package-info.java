/**
 * IPv4 and IPv6 fragments put together for inspection; the fragments themselves are forwarded as they came.
 * {@link jp.genkan.core.fragment.IpReassembler} is the way in.
 *
 * <p>Thread rule: one reassembler a worker; all fragments of an address pair come to the same worker.
 */
@NullMarked
package jp.genkan.core.fragment;

import org.jspecify.annotations.NullMarked;
