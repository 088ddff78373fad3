package jp.genkan.appliance.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import jp.genkan.appliance.AntivirusSettings;
import jp.genkan.appliance.Settings;
import jp.genkan.av.load.SignatureLoader;
import jp.genkan.av.scan.ScanSet;
import jp.genkan.av.stage.SignatureBase;

/**
 * The signatures of a running box: loaded at its start, and again when it is told to. What cannot be read leaves the set before it in force.
 *
 * <p>Thread rule: any thread; loading happens on one at a time.
 */
final class LiveSignatures {
    private final Settings settings;
    private final SignatureBase base;
    private volatile Status status = new Status(Instant.EPOCH, 0, 0, List.of(), 0);

    /**
     * What is in force.
     *
     * @param files that were read
     * @param signatures in force
     * @param problems what could not be used
     * @param seconds that loading took
     */
    record Status(Instant since, int files, long signatures, List<String> problems, double seconds) {
        Status {
            problems = List.copyOf(problems);
        }
    }

    LiveSignatures(Settings settings, SignatureBase base) {
        this.settings = settings;
        this.base = base;
    }

    Status status() {
        return status;
    }

    /**
     * Loads what is configured and puts it in force.
     *
     * @throws IOException when a file cannot be read; what was in force stays
     */
    synchronized void load() throws IOException {
        AntivirusSettings antivirus = settings.antivirus();
        if (!antivirus.isOn()) {
            return;
        }
        long started = System.nanoTime();
        Path content = settings.content();
        List<Path> files = SignatureLoader.files(antivirus.places(content));
        SignatureLoader loader =
                new SignatureLoader(settings.stateDirectory().resolve("signatures"), antivirus.heuristics());
        ScanSet set = loader.load(files, content == null);
        base.replace(set);
        status = new Status(
                Instant.now(), files.size(), set.count(), loader.problems(), (System.nanoTime() - started) / 1e9);
    }
}
