package jp.genkan.dataplane.application;

import java.util.ArrayList;
import java.util.List;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.Direction;
import jp.genkan.protocols.conversation.DatagramParser;
import jp.genkan.protocols.conversation.StreamParser;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a flow that is being read: its first octets until its protocol is known, its parser from then on.
 *
 * <p>Thread rule: one worker.
 */
final class FlowConversation {
    /** Not null while the protocol is not known. */
    @Nullable
    FirstOctets opening;

    /** A bit for each protocol of the list that it may still be. */
    long candidates;

    @Nullable
    StreamParser stream;

    @Nullable
    DatagramParser datagrams;

    /** The protocol that is being read, or was read last. */
    @Nullable
    AppProtocol protocol;

    /** What was spoken before it, in the same connection. */
    @Nullable
    AppProtocol previous;

    final List<FollowedFile> files = new ArrayList<>(2);
    long filesBegun;
    /** Not null where somebody asks for frames. */
    @Nullable
    FrameTracker frames;

    /** Octets of the directions' streams that came, gaps included. */
    long seenToServer;

    long seenToClient;
    int handOvers;
    int datagramsSeen;
    boolean endedToServer;
    boolean endedToClient;

    /** The name of the server was said. */
    boolean named;

    private boolean heardToServer;
    private boolean heardToClient;

    boolean isHeard(Direction direction) {
        return direction.isToServer() ? heardToServer : heardToClient;
    }

    /** Octets of a direction have come. */
    void hear(Direction direction) {
        if (direction.isToServer()) {
            heardToServer = true;
        } else {
            heardToClient = true;
        }
    }

    /** What was recognised has looked at these octets already. */
    void hear(FirstOctets of) {
        heardToServer = of.length(Direction.TO_SERVER) > 0;
        heardToClient = of.length(Direction.TO_CLIENT) > 0;
    }

    /** Makes it ready for another flow. */
    void clear() {
        opening = null;
        candidates = 0;
        stream = null;
        datagrams = null;
        protocol = null;
        previous = null;
        files.clear();
        filesBegun = 0;
        frames = null;
        seenToServer = 0;
        seenToClient = 0;
        handOvers = 0;
        datagramsSeen = 0;
        endedToServer = false;
        endedToClient = false;
        named = false;
        heardToServer = false;
        heardToClient = false;
    }
}
