package jp.genkan.av.stage;

import java.time.Duration;
import jp.genkan.av.password.PasswordBook;
import jp.genkan.av.scan.FileScanner;
import jp.genkan.av.scan.ScanLimits;
import jp.genkan.av.unpack.Unpackers;
import org.jspecify.annotations.Nullable;

/**
 * What the stages of all workers share. Immutable.
 *
 * @param signatures those in force
 * @param acting true when verdicts act; false when the traffic is only looked at
 * @param pool looks at what is too much for a worker; null when workers look at everything themselves, as in a replay
 * @param limits of a scan where there is no pool
 * @param fileOctetsMax of a file that are gathered
 * @param memoryOctets for all files of a worker at a time
 * @param pages where the memory for large ones comes from
 * @param secrets passwords of mails, and archives that wait for one
 * @param patience how long a file's last octets wait for the pool
 * @param holds whether transfers are held, and infected ones delivered harmless
 * @param boxName by which people know the box
 */
public record AvSettings(
        SignatureBase signatures,
        boolean acting,
        @Nullable ScanPool pool,
        ScanLimits limits,
        long fileOctetsMax,
        long memoryOctets,
        Pages pages,
        PasswordBook<PastFile> secrets,
        Duration patience,
        boolean holds,
        String boxName) {
    public AvSettings {
        if (fileOctetsMax < FileMemory.SMALL || memoryOctets < fileOctetsMax) {
            throw new IllegalArgumentException("a worker has memory for one file at least, and a file has "
                    + FileMemory.SMALL + " octets at least");
        }
    }

    /** A scanner of one thread, with what is in force now. */
    FileScanner newScanner() {
        return new FileScanner(signatures.current(), Unpackers.all(), limits);
    }
}
