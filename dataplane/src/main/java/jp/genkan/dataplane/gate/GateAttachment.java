package jp.genkan.dataplane.gate;

/**
 * A program of ours that is attached to an interface.
 *
 * @param interfaceName of the interface
 * @param program its name: {@code genkan_open} or {@code genkan_guard}
 * @param programId its number in the kernel, as {@code bpftool prog} shows it
 * @param heldByProcess true when it goes with the process that holds it; false when it stays until it is detached
 */
public record GateAttachment(String interfaceName, String program, int programId, boolean heldByProcess) {}
