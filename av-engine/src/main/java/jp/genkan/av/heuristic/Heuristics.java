package jp.genkan.av.heuristic;

import java.util.EnumSet;
import java.util.Set;
import jp.genkan.av.content.Content;
import jp.genkan.av.scan.Detection;
import jp.genkan.av.scan.Detections;
import jp.genkan.av.scan.FileFacts;
import jp.genkan.av.scan.SignatureMatcher;
import jp.genkan.av.scan.Signatures;

/**
 * All heuristics as one set of signatures.
 *
 * <p>Thread rule: immutable, any thread.
 */
public final class Heuristics implements Signatures {
    private final HeuristicPolicy policy;

    public Heuristics(HeuristicPolicy policy) {
        this.policy = policy;
    }

    @Override
    public int count() {
        return (int) policy.grades().values().stream()
                .filter(grade -> grade != Heuristic.Grade.OFF)
                .count();
    }

    @Override
    public SignatureMatcher matcher() {
        return this::match;
    }

    private void match(Content content, FileFacts facts, Detections detections) {
        Set<Heuristic> found = EnumSet.noneOf(Heuristic.class);
        NameLook.look(facts, found);
        ContentLook.look(content, facts, found);
        for (Heuristic heuristic : found) {
            Heuristic.Grade grade = policy.grade(heuristic);
            if (grade != Heuristic.Grade.OFF) {
                detections.add(new Detection(heuristic.signature(), Heuristic.kind(grade)));
            }
        }
    }
}
