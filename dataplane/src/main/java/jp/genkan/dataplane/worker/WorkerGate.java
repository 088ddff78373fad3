package jp.genkan.dataplane.worker;

import jp.genkan.core.frame.Packet;
import jp.genkan.dataplane.pipeline.PipelineRunner;
import jp.genkan.dataplane.port.PortQueue;

/** What a worker and the kernel's gate have to say to each other. Called on the worker's thread; nothing allocates. */
public interface WorkerGate {
    /**
     * Tells the gate that the worker runs.
     *
     * @return true when it had not run for so long that the kernel took over meanwhile
     */
    boolean signOfLife(long nanos);

    /** Whether a pause up to this moment had been announced: the kernel has not taken over, and what waits in the rings goes on. */
    boolean wasAnnounced(long nanos);

    /** Answers a decoded frame out of the queue that it came from, when it is the watchdog's probe. */
    boolean answersProbe(PortQueue queue, Packet frame);

    /** A machine appeared behind another port: what was settled is to be looked at again. */
    void machineMoved();

    /** Number of the lists and policies in force; another number than last time means that no flow is settled any more. */
    int policy();

    /**
     * Hands the flow of a frame that was just forwarded to the kernel, when the stages need to see no more of it.
     *
     * @param egress the port that the frame left by
     * @param policy the policy under which the stages judged
     * @return true when it was handed over
     */
    boolean settles(PipelineRunner runner, Packet frame, int egress, int policy);
}
