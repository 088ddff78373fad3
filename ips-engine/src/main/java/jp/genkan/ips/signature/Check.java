package jp.genkan.ips.signature;

import java.util.List;
import java.util.Set;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.Progress;
import jp.genkan.ips.inspect.Step;
import jp.genkan.ips.match.Buffer;
import jp.genkan.ips.match.Condition;
import jp.genkan.ips.match.Transform;

/** One thing that a signature asks of a transaction, a file or a payload. Immutable. */
public sealed interface Check {
    /** Name of the check that something odd was seen in a transaction: it is asked only where something was. */
    String EVENT = "app-layer-event";

    /** Which directions can have it. */
    Buffer.Ways ways();

    /** From which progress of its direction on it can be answered. */
    Progress at();

    /** Whose transactions have it; empty where that does not matter. */
    Set<AppProtocol> protocols();

    /** True when it is about a file: all checks about files have to hold for the same one. */
    boolean isOfFile();

    /**
     * Steps over one buffer.
     *
     * @param key the buffer and what is done to it before
     * @param steps in order; empty when the buffer only has to exist
     * @param absence true when the buffer may also be missing ({@code absent})
     */
    record OfBuffer(BufferKey key, List<Step> steps, Absence absence) implements Check {
        public OfBuffer {
            steps = List.copyOf(steps);
        }

        @Override
        public Buffer.Ways ways() {
            return key.buffer().ways();
        }

        @Override
        public Progress at() {
            return key.buffer().at();
        }

        @Override
        public Set<AppProtocol> protocols() {
            return key.buffer().protocols();
        }

        @Override
        public boolean isOfFile() {
            return key.buffer().origin() == Buffer.Origin.FILE || key.buffer().origin() == Buffer.Origin.FILE_CONTENT;
        }
    }

    /** What a check says of a buffer that does not exist. */
    enum Absence {
        /** It has to be there. */
        REFUSED,
        /** It must not be there. */
        REQUIRED,
        /** It may be missing; when it is there, the steps have to hold. */
        ALLOWED
    }

    /**
     * A value of a transaction or a file.
     *
     * @param name for messages
     * @param isOfFile true when it is about {@link jp.genkan.ips.match.Moment#file}
     * @param condition asked when the progress is reached; asked again with each further progress until it holds
     */
    record OfValue(
            String name,
            Set<AppProtocol> protocols,
            Buffer.Ways ways,
            Progress at,
            boolean isOfFile,
            Condition condition)
            implements Check {
        public OfValue {
            protocols = Set.copyOf(protocols);
        }
    }

    /**
     * A buffer with the transforms before it; equal keys are equal octets, so that they are made and scanned once.
     *
     * @param transforms in the order in which they are applied
     */
    record BufferKey(Buffer buffer, List<Transform> transforms) {
        public BufferKey {
            transforms = List.copyOf(transforms);
        }
    }
}
