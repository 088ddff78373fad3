package jp.genkan.ips.engine;

import java.util.ArrayList;
import java.util.List;
import jp.genkan.core.observation.ProtocolFrame;

/** What rules know of a frame of a protocol. Thread rule: its flow's worker. */
final class FrameState {
    final ProtocolFrame frame;
    final FrameIndex.Group group;
    final Candidates candidates = new Candidates();
    /** What came before gaps and was not looked at yet. */
    final List<Follower> earlier = new ArrayList<>(0);

    Follower follower;
    boolean begun;
    /** It has grown since it was looked at. */
    boolean dirty;

    FrameState(ProtocolFrame frame, FrameIndex.Group group, Follower follower) {
        this.frame = frame;
        this.group = group;
        this.follower = follower;
    }
}
