package jp.genkan.dataplane.flow;

/** Is told of every flow that has ended, once, on the worker's thread. */
@FunctionalInterface
public interface FlowEndListener {
    /**
     * The flow has ended. It is no longer found, and its record is used again after this call: memory that hangs on it is to be released now.
     *
     * @param flow the flow as it was at its end, {@link FlowView#endReason} included; valid inside the call only
     */
    void onFlowEnd(FlowView flow);

    /**
     * A flow that the gate forwards would time out now: the worker has not seen it for long. Whoever knows what the gate has forwarded
     * calls {@link FlowView#markBypassed}, and if that was recent the flow stays.
     *
     * @param flow valid inside the call only
     */
    default void beforeTimeout(FlowView flow) {}
}
