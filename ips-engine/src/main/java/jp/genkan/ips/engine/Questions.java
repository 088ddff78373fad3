package jp.genkan.ips.engine;

import java.util.Objects;
import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.FileState;
import jp.genkan.core.observation.Progress;
import jp.genkan.ips.inspect.Inspection;
import jp.genkan.ips.match.Buffer;
import jp.genkan.ips.match.BufferSink;
import jp.genkan.ips.match.Moment;
import jp.genkan.ips.signature.Check;
import org.jspecify.annotations.Nullable;

/**
 * What a part of a rule answers about a transaction, a file, or octets that come piece by piece.
 *
 * <p>Thread rule: one worker.
 */
final class Questions {
    private final Moment moment;
    private final Inspection inspection;
    private final FieldCache fields;
    private final boolean patient;
    private final BufferSink transformed = new BufferSink();

    Questions(Moment moment, Inspection inspection, FieldCache fields, boolean patient) {
        this.moment = moment;
        this.inspection = inspection;
        this.fields = fields;
        this.patient = patient;
    }

    Answer ask(RuleSet rules, Plan.Part part, TransactionState state, TransactionState.@Nullable FileState file) {
        Direction direction = moment.direction();
        if (!part.ways.include(direction.isToServer())) {
            return Answer.LATER;
        }
        if (!part.isOf(state.transaction.protocol())) {
            return Answer.NO;
        }
        Progress progress = state.transaction.progress(direction);
        boolean complete = progress == Progress.COMPLETE;
        if (part.condition != null) {
            boolean fileClosed = file == null || file.file.state() != FileState.OPEN;
            if (progress.compareTo(part.at) < 0) {
                return Answer.LATER;
            }
            return part.condition.holds(moment) ? Answer.YES : complete && fileClosed ? Answer.NO : Answer.LATER;
        }
        Buffer buffer = Objects.requireNonNull(part.buffer);
        return switch (buffer.origin()) {
            case TRANSACTION -> progress.compareTo(part.at) < 0 ? Answer.LATER : ofField(rules, part, buffer, complete);
            case BODY -> ofFollower(rules, part, state.bodies[index(direction)], complete);
            case FILE -> ofFile(rules, part, file);
            case FILE_CONTENT ->
                file == null || patient && file.isTooShort()
                        ? Answer.LATER
                        : ofFollower(rules, part, file.follower, file.file.state() != FileState.OPEN);
            case PAYLOAD, PACKET, FRAME -> Answer.YES;
        };
    }

    private Answer ofFile(RuleSet rules, Plan.Part part, TransactionState.@Nullable FileState file) {
        if (file == null) {
            return Answer.LATER;
        }
        Answer answer = ofInstances(part, fields.get(rules.keys[part.key], part.key, moment));
        return answer == Answer.NO && file.file.state() == FileState.OPEN ? Answer.LATER : answer;
    }

    private Answer ofField(RuleSet rules, Plan.Part part, Buffer buffer, boolean complete) {
        boolean open = buffer.isGrowing() && !complete;
        if (open && part.absence != Check.Absence.REFUSED) {
            return Answer.LATER;
        }
        Answer answer = ofInstances(part, fields.get(rules.keys[part.key], part.key, moment));
        return open && answer == Answer.NO ? Answer.LATER : answer;
    }

    Answer ofInstances(Plan.Part part, BufferSink instances) {
        if (instances.count() == 0) {
            return part.absence == Check.Absence.REFUSED ? Answer.NO : Answer.YES;
        }
        if (part.absence == Check.Absence.REQUIRED) {
            return Answer.NO;
        }
        for (int i = 0; i < instances.count(); i++) {
            if (inspection.inspect(part.steps, instances.octets(i), instances.from(i), instances.to(i), 0, true)) {
                return Answer.YES;
            }
        }
        return Answer.NO;
    }

    Answer ofFollower(RuleSet rules, Plan.Part part, @Nullable Follower follower, boolean complete) {
        if (follower == null || follower.window.total() == 0) {
            if (!complete) {
                return Answer.LATER;
            }
            return part.absence == Check.Absence.REFUSED ? Answer.NO : Answer.YES;
        }
        if (part.absence == Check.Absence.REQUIRED) {
            return Answer.NO;
        }
        if (part.needsWhole && !complete) {
            return Answer.LATER;
        }
        OctetWindow window = follower.window;
        boolean holds = part.transforms.length == 0
                ? inspection.inspect(part.steps, window.octets(), 0, window.length(), window.base(), complete)
                : ofTransformed(rules, part, window);
        return holds ? Answer.YES : complete ? Answer.NO : Answer.LATER;
    }

    private boolean ofTransformed(RuleSet rules, Plan.Part part, OctetWindow window) {
        transformed.clear();
        FieldCache.transform(rules.keys[part.key], window.octets(), 0, window.length(), moment, transformed);
        return transformed.count() > 0
                && inspection.inspect(
                        part.steps, transformed.octets(0), transformed.from(0), transformed.to(0), 0, true);
    }

    private static int index(Direction direction) {
        return direction.isToServer() ? RuleSet.TO_SERVER : RuleSet.TO_CLIENT;
    }
}
