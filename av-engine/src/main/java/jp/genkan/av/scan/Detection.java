package jp.genkan.av.scan;

/**
 * A signature that was found.
 *
 * @param signature its name
 * @param kind what it means
 */
public record Detection(String signature, Kind kind) {
    /** What a detection means for the file. */
    public enum Kind {
        /** A known virus: the file is infected. */
        SIGNATURE,
        /** No virus that is known, but nothing that honest files have: the file is infected unless the policy says otherwise. */
        HEURISTIC,
        /** To be noted; the file is not infected for it. */
        NOTE
    }

    public Detection {
        if (signature.isEmpty()) {
            throw new IllegalArgumentException("a signature has a name");
        }
    }
}
