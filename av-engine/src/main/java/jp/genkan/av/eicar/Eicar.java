package jp.genkan.av.eicar;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import jp.genkan.av.content.Content;
import jp.genkan.av.scan.Detection;
import jp.genkan.av.scan.Detections;
import jp.genkan.av.scan.FileFacts;
import jp.genkan.av.scan.SignatureMatcher;
import jp.genkan.av.scan.Signatures;

/**
 * Finds EICAR's test file: its 68 octets at the beginning of a file, or anywhere in a short one. Long texts that quote it are not the test file.
 *
 * <p>Thread rule: immutable.
 */
public final class Eicar implements Signatures, SignatureMatcher {
    /** The name under which it is told. */
    public static final String NAME = "EICAR-Test-File";

    /** A file of this size or less is searched: the definition allows 128 octets, mails and servers add to them. */
    private static final int SHORT = 1_024;

    // in two halves, so that no scanner stops at this class
    private static final byte[] OCTETS = ("X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-" + "ANTIVIRUS-TEST-FILE!$H+H*")
            .getBytes(StandardCharsets.US_ASCII);

    private static final Detection FOUND = new Detection(NAME, Detection.Kind.SIGNATURE);

    @Override
    public int count() {
        return 1;
    }

    @Override
    public SignatureMatcher matcher() {
        return this;
    }

    @Override
    public void match(Content content, FileFacts facts, Detections detections) {
        long last = content.size() - OCTETS.length;
        if (last > SHORT) {
            last = 0;
        }
        byte[] head = content.head();
        for (int at = 0; at <= last; at++) {
            if (head[at] == OCTETS[0] && Arrays.equals(head, at, at + OCTETS.length, OCTETS, 0, OCTETS.length)) {
                detections.add(FOUND);
                return;
            }
        }
    }
}
