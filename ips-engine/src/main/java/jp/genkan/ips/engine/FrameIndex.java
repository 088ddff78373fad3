package jp.genkan.ips.engine;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.ProtocolFrame;
import jp.genkan.ips.match.Buffer;
import jp.genkan.literals.LiteralCompiler;
import jp.genkan.literals.Mode;
import org.jspecify.annotations.Nullable;

/** The rules about frames, by protocol, type and direction. Immutable. Thread rule: shared. */
final class FrameIndex {
    private final Map<AppProtocol, Map<String, Group>> groups = new EnumMap<>(AppProtocol.class);

    /** Those about one type of frame. */
    static final class Group {
        private final jp.genkan.ips.engine.@Nullable Group[] literals;
        private final int[][] always;

        private Group(jp.genkan.ips.engine.@Nullable Group[] literals, int[][] always) {
            this.literals = literals;
            this.always = always;
        }

        /** What is searched for in the octets. */
        jp.genkan.ips.engine.@Nullable Group literals(boolean toServer) {
            return literals[toServer ? RuleSet.TO_SERVER : RuleSet.TO_CLIENT];
        }

        /** Plans without any literal. */
        int[] always(boolean toServer) {
            return always[toServer ? RuleSet.TO_SERVER : RuleSet.TO_CLIENT];
        }

        /** True when no rule asks for this direction. */
        boolean isEmpty(boolean toServer) {
            return literals(toServer) == null && always(toServer).length == 0;
        }
    }

    /** True when no rule is about frames. */
    boolean isEmpty() {
        return groups.isEmpty();
    }

    /** The rules about frames of this type; null when there are none. */
    @Nullable
    Group find(ProtocolFrame frame) {
        Map<String, Group> ofProtocol = groups.get(frame.protocol());
        return ofProtocol == null ? null : ofProtocol.get(frame.type());
    }

    /** Collects them. Thread rule: the thread that loads rules. */
    static final class Builder {
        private final Map<Buffer, Lists> lists = new LinkedHashMap<>();

        private static final class Lists {
            private final List<jp.genkan.ips.engine.Group.Builder> literals =
                    List.of(new jp.genkan.ips.engine.Group.Builder(), new jp.genkan.ips.engine.Group.Builder());
            private final List<List<Integer>> always = List.of(new ArrayList<>(), new ArrayList<>());
        }

        void add(Plan plan, int direction) {
            Plan.Anchor anchor = plan.anchor();
            Buffer buffer = plan.parts[0].buffer;
            if (buffer == null) {
                return;
            }
            Lists of = lists.computeIfAbsent(buffer, ignored -> new Lists());
            if (anchor == null) {
                of.always.get(direction).add(plan.index);
            } else {
                of.literals.get(direction).add(anchor.content(), plan.index);
            }
        }

        FrameIndex build(LiteralCompiler compiler) {
            FrameIndex index = new FrameIndex();
            lists.forEach((buffer, of) -> {
                jp.genkan.ips.engine.@Nullable Group[] literals = new jp.genkan.ips.engine.Group[2];
                int[][] always = new int[2][];
                for (int way = RuleSet.TO_SERVER; way <= RuleSet.TO_CLIENT; way++) {
                    jp.genkan.ips.engine.Group.Builder builder = of.literals.get(way);
                    literals[way] = builder.literals() == 0 ? null : builder.build(compiler, Mode.STREAM);
                    always[way] = of.always.get(way).stream()
                            .mapToInt(Integer::intValue)
                            .toArray();
                }
                for (AppProtocol protocol : buffer.protocols()) {
                    index.groups
                            .computeIfAbsent(protocol, ignored -> new LinkedHashMap<>())
                            .put(buffer.frameType(), new Group(literals, always));
                }
            });
            return index;
        }
    }
}
