package jp.genkan.appliance;

import jp.genkan.core.frame.Packet;
import jp.genkan.core.pipeline.Flow;
import jp.genkan.core.pipeline.Stage;
import jp.genkan.core.pipeline.StageContext;
import jp.genkan.core.pipeline.Verdict;

/**
 * Asks for the bytes of every TCP stream and looks at none of them: with {@code stream.inspect: all} every stream is put in order, and what
 * contradicts itself is dropped, whether or not an engine reads it.
 */
final class NormaliseStage implements Stage {
    private static final int TCP = 6;

    @Override
    public String name() {
        return "normalise";
    }

    @Override
    public Verdict onPacket(Packet packet, Flow flow, StageContext context) {
        if (flow.protocol() != TCP) {
            flow.settle(context.stage());
        } else if (flow.isNew()) {
            flow.requestStream(context.stage());
        }
        return Verdict.FORWARD;
    }
}
