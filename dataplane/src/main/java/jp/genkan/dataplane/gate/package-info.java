/**
 * The gate: eBPF programs at each port that decide, frame by frame, whether the inspector or the kernel forwards it. Start at
 * {@link jp.genkan.dataplane.gate.Gate}; the programs themselves are {@code src/main/bpf/gate.c} and {@code fanout.c}.
 *
 * <p>Thread rule: {@code Gate} is control plane and safe on any thread; a {@link jp.genkan.dataplane.gate.Heartbeat} is beaten by its worker,
 * a {@link jp.genkan.dataplane.gate.SettledFlows} belongs to one thread.
 */
@NullMarked
package jp.genkan.dataplane.gate;

import org.jspecify.annotations.NullMarked;
