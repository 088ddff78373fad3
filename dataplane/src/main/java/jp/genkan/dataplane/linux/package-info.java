/**
 * The Linux system calls that the path of a frame needs, by {@code java.lang.foreign}: one small class a facility, and nothing in them but
 * the call, its numbers and its errors. {@link jp.genkan.dataplane.linux.Native} makes a C function callable,
 * {@link jp.genkan.dataplane.linux.LinuxException} says in one line what was refused and what the operator can do.
 *
 * <p>Pointers are passed as {@code long}, and a call that is made per batch takes its {@link jp.genkan.dataplane.linux.CallState} from the
 * caller, so that none of them allocates.
 *
 * <p>Thread rule: static and without state; a {@code CallState} belongs to one thread. Everything works in the network namespace of the
 * calling thread, and nothing reads {@code /sys}, which may belong to another one.
 */
@NullMarked
package jp.genkan.dataplane.linux;

import org.jspecify.annotations.NullMarked;
