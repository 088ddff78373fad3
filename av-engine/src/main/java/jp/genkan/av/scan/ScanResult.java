package jp.genkan.av.scan;

import java.util.List;
import jp.genkan.av.unpack.Members.Reason;
import org.jspecify.annotations.Nullable;

/**
 * What was found in a file and its members.
 *
 * @param findings detections, each where it was found, in the order of the file; a signature once a place
 * @param blind what could not be looked at, the first {@value #BLIND_MAX}
 * @param octets looked at, members included
 */
public record ScanResult(List<Finding> findings, List<Blind> blind, long octets) {
    /** Places that could not be looked at which are told; a bomb has many. */
    public static final int BLIND_MAX = 16;

    /** For a file that could not be looked at because of a fault of ours. */
    public static final ScanResult FAULT =
            new ScanResult(List.of(), List.of(new Blind(Reason.BROKEN, List.of(), "internal fault")), 0);

    /** The word for a file. */
    public enum Verdict {
        INFECTED,
        CLEAN,
        /** Nothing was found, but not all of it was looked at. */
        UNINSPECTABLE
    }

    /**
     * A detection and its place.
     *
     * @param path names of the containers entered and of the member at last; empty for the file itself
     */
    public record Finding(Detection detection, List<String> path) {
        public Finding {
            path = List.copyOf(path);
        }
    }

    /**
     * A place that could not be looked at.
     *
     * @param path as in {@link Finding}
     * @param detail more about the reason; null when there is nothing to add
     */
    public record Blind(
            Reason reason, List<String> path, @Nullable String detail) {
        public Blind {
            path = List.copyOf(path);
        }
    }

    public ScanResult {
        findings = List.copyOf(findings);
        blind = List.copyOf(blind);
    }

    /** The word for the file: heuristics infect, notes do not. */
    public Verdict verdict() {
        if (infection() != null) {
            return Verdict.INFECTED;
        }
        return blind.isEmpty() ? Verdict.CLEAN : Verdict.UNINSPECTABLE;
    }

    /** The detection that makes the file infected: the first by a signature, else the first by a heuristic; null when it is not. */
    public @Nullable Finding infection() {
        Finding heuristic = null;
        for (Finding finding : findings) {
            switch (finding.detection().kind()) {
                case SIGNATURE -> {
                    return finding;
                }
                case HEURISTIC -> heuristic = heuristic == null ? finding : heuristic;
                case NOTE -> {}
            }
        }
        return heuristic;
    }
}
