package jp.genkan.av.harmless;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import jp.genkan.av.eicar.Eicar;
import jp.genkan.av.scan.FileScanner;
import jp.genkan.av.scan.ScanLimits;
import jp.genkan.av.scan.ScanSet;
import jp.genkan.av.unpack.Unpackers;

/** The test file, and who finds it. */
final class Viruses {
    static final byte[] EICAR = ("X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-" + "ANTIVIRUS-TEST-FILE!$H+H*")
            .getBytes(StandardCharsets.US_ASCII);

    static final Notice NOTICE = new Notice(Instant.parse("2026-11-26T03:04:05Z"), ZoneId.of("Asia/Tokyo"), "Genkan");

    private static final FileScanner SCANNER =
            new FileScanner(new ScanSet(List.of(new Eicar())), Unpackers.all(), ScanLimits.DEFAULT);

    /** Finds the test file in everything that can be unpacked. */
    static final Judge JUDGE = new ScannerJudge(SCANNER);

    private Viruses() {}

    static boolean isInfected(byte[] octets) {
        return isInfected(octets, List.of());
    }

    static boolean isInfected(byte[] octets, List<String> formats) {
        return JUDGE.look(octets, 0, octets.length, null, formats, List.of()).infection() != null;
    }

    static Outcome neutralise(Wire wire) {
        return new Neutraliser().neutralise(wire, JUDGE, NOTICE);
    }
}
