package jp.genkan.appcontrol.signature;

import java.util.List;

/**
 * What packets of a flow must show, one after the other, to be an application's. Immutable.
 *
 * @param application number of the name
 * @param master number of the name before it, 0 for none
 * @param transport over what
 * @param steps the packets, in their order
 * @param strength how sure it is
 */
public record Signature(int application, int master, Transport transport, List<Step> steps, Strength strength) {
    /** Most steps; a third packet that is told apart decides nothing that two did not. */
    public static final int STEPS_MAX = 6;

    public Signature {
        steps = List.copyOf(steps);
        if (steps.isEmpty() || steps.size() > STEPS_MAX) {
            throw new IllegalArgumentException("a signature has 1 to " + STEPS_MAX + " steps");
        }
    }

    /** What carries the packets. */
    public enum Transport {
        TCP,
        UDP,
        BOTH;

        /** True when this includes an IP protocol. */
        boolean carries(int ipProtocol) {
            return switch (this) {
                case TCP -> ipProtocol == 6;
                case UDP -> ipProtocol == 17;
                case BOTH -> ipProtocol == 6 || ipProtocol == 17;
            };
        }
    }

    /** Which way a packet goes. */
    public enum Way {
        CLIENT,
        SERVER,
        ANY,
        /** As the first step's packet. */
        SAME,
        /** Against the first step's packet. */
        ANSWER
    }

    /** How sure a signature is. */
    public enum Strength {
        /** Says only what it is when nothing else does, a parser's or a host's name included. */
        WEAK,
        /** What it says holds, and a name of a host is added to it. */
        MASTER,
        /** What it says holds. */
        SURE
    }

    /**
     * One packet.
     *
     * @param way it goes
     * @param conditions all hold
     */
    public record Step(Way way, List<Condition> conditions) {
        public Step {
            conditions = List.copyOf(conditions);
        }

        /** True when a packet that goes this way may be the step's. */
        boolean isWay(boolean toServer, boolean firstToServer) {
            return switch (way) {
                case CLIENT -> toServer;
                case SERVER -> !toServer;
                case ANY -> true;
                case SAME -> toServer == firstToServer;
                case ANSWER -> toServer != firstToServer;
            };
        }

        boolean holds(Payload payload) {
            for (int i = 0; i < conditions.size(); i++) {
                if (!conditions.get(i).holds(payload)) {
                    return false;
                }
            }
            return true;
        }
    }

    /** What a packet says about a step. */
    public enum Answer {
        /** It is another direction's: the step still waits. */
        WAITS,
        /** It is not what the step wants. */
        FAILS,
        /** It is. */
        HOLDS
    }

    /** Holds a packet against a step. */
    public Answer test(int step, Payload payload, boolean firstToServer) {
        Step wanted = steps.get(step);
        if (!wanted.isWay(payload.toServer(), firstToServer)) {
            return Answer.WAITS;
        }
        return wanted.holds(payload) ? Answer.HOLDS : Answer.FAILS;
    }

    /** How much it pins down; of two that match, the heavier one is meant. */
    public int weight() {
        int weight = 0;
        for (Step step : steps) {
            for (Condition condition : step.conditions()) {
                weight += condition.weight();
            }
        }
        return weight;
    }
}
