package jp.genkan.appliance.guard;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import jp.genkan.dataplane.guard.Guard;
import jp.genkan.dataplane.linux.LinuxException;
import jp.genkan.dataplane.linux.Priority;
import jp.genkan.dataplane.linux.ProcessWatch;

/**
 * The process that outlives the engine for a moment. The kernel tells it that the engine has died, however that happens; an engine that ends in order
 * says so before, on standard input.
 *
 * <p>Its arguments are the keeper's thread and the memory that both share; a command line for people it has not, because that would be most of what it loads.
 *
 * <p>Thread rule: the main thread.
 */
public final class GuardProcess {
    /** What it says when it is ready. */
    static final String READY = "ready";

    /** What an engine says that ends in order. */
    static final int NOTHING_TO_DO = 'q';

    /** As urgent as a worker: it has to be quick once in its life. */
    private static final int NICE = -10;

    /** When memory runs out, the engine dies of it, and this process is needed. */
    private static final String SPARED = "-900";

    private GuardProcess() {}

    /** Guards the engine that has this memory, until one of both has ended. */
    public static void main(String[] arguments) {
        if (arguments.length != 2) {
            System.err.println("genkan: the guard is started by the engine");
            Runtime.getRuntime().halt(2);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(GuardProcess::outlastSignals, "outlast"));
        int exit = 0;
        try (ProcessWatch watch = ProcessWatch.open(Integer.parseInt(arguments[0]));
                Guard guard = Guard.open(Path.of(arguments[1]))) {
            hurry();
            guard.rehearse();
            System.out.println(READY);
            if (!watch.await() || System.in.read() < 0) {
                reset(guard);
            }
        } catch (IOException | RuntimeException failed) {
            System.err.println("genkan: the guard has failed: " + failed.getMessage());
            exit = 1;
        }
        Runtime.getRuntime().halt(exit);
    }

    private static void reset(Guard guard) throws LinuxException {
        int flows = guard.reset();
        if (flows > 0) {
            System.err.println(
                    String.format(Locale.ROOT, "genkan: the engine has died; %d held transfers were reset", flows));
        }
    }

    /** A service manager ends all processes of a service at once; this one has to end after the engine. The main thread halts. */
    private static void outlastSignals() {
        while (true) {
            try {
                Thread.sleep(Long.MAX_VALUE);
            } catch (InterruptedException impatient) {
                // nothing to hurry for
            }
        }
    }

    /** What is refused here makes it slower or more exposed, not useless; of the same priority the workers' log tells. */
    private static void hurry() {
        boolean hurried = isDone(() -> Priority.set(NICE));
        boolean spared =
                isDone(() -> Files.writeString(Path.of("/proc/self/oom_score_adj"), SPARED, StandardCharsets.US_ASCII));
        System.out.println("hurried " + hurried + ", spared " + spared);
    }

    private interface Wish {
        void ask() throws IOException;
    }

    private static boolean isDone(Wish wish) {
        try {
            wish.ask();
            return true;
        } catch (IOException refused) {
            return false;
        }
    }
}
