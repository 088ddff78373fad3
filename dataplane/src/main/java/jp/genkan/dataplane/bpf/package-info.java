/**
 * eBPF without libbpf: {@link jp.genkan.dataplane.bpf.BpfObject} reads what clang compiled, {@link jp.genkan.dataplane.bpf.BpfMap} and
 * {@link jp.genkan.dataplane.bpf.BpfProgram} put it into the kernel by {@code bpf(2)}, {@link jp.genkan.dataplane.bpf.Tcx} attaches programs
 * to interfaces. Only features of Linux 6.6 are used.
 *
 * <p>Everything works in the network namespace of the calling thread, and nothing needs bpffs.
 *
 * <p>Thread rule: a {@code BpfMap.Access} belongs to one thread; everything else may be shared.
 */
@NullMarked
package jp.genkan.dataplane.bpf;

import org.jspecify.annotations.NullMarked;
