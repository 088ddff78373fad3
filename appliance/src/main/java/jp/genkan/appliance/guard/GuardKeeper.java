package jp.genkan.appliance.guard;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import jp.genkan.core.event.HealthEvent;
import jp.genkan.dataplane.guard.GuardMemory;
import jp.genkan.dataplane.guard.GuardSlots;
import jp.genkan.dataplane.linux.LinuxException;
import jp.genkan.dataplane.linux.ThreadNumber;
import jp.genkan.dataplane.port.Port;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engine's side of the guard: shares memory with it, starts it, and starts it again when it has died.
 *
 * <p>Without one the box works as ever; that is told in the log, in an event, and in the status.
 *
 * <p>Thread rule: made and closed by the engine's main thread; state by any.
 */
public final class GuardKeeper implements AutoCloseable {
    /** How the guard is. */
    public enum State {
        /** Nothing is held here, so that there is nothing to guard. */
        OFF,
        /** It has been started, and is not ready yet. */
        STARTING,
        /** It would act at once. */
        ALIVE,
        /** It has died, or could not be started. */
        FAILED
    }

    /**
     * Its JVM is to be small: the heap holds what two thousand flows need, one compiler is enough, what compiling took goes back to the machine, and the JDK's archive
     * of classes lies where it was made for, so that its ten megabytes stay the file's. The engine's AOT cache wants a larger heap.
     */
    private static final List<String> OPTIONS = List.of(
            "--enable-native-access=ALL-UNNAMED",
            "-XX:+UseSerialGC",
            "-Xms2m",
            "-Xmx16m",
            "-Xmn1m",
            "-Xss256k",
            "-XX:TieredStopAtLevel=1",
            "-XX:ReservedCodeCacheSize=4m",
            "-XX:TrimNativeHeapInterval=5000",
            "-XX:+UnlockDiagnosticVMOptions",
            "-XX:ArchiveRelocationMode=0",
            "-XX:-UsePerfData",
            "-Xlog:disable",
            "-Xlog:all=error:stderr");

    private static final long FIRST_WAIT_MILLIS = 1_000;
    private static final long LONGEST_WAIT_MILLIS = 60_000;

    /** One that has lived this long has not died of what it was started with. */
    private static final long LIVED_NANOS = TimeUnit.MINUTES.toNanos(1);

    /** How long it may take to end when it is told to. */
    private static final long END_MILLIS = 2_000;

    private static final Logger LOG = LoggerFactory.getLogger(GuardKeeper.class);

    private final Consumer<HealthEvent> teller;
    private final @Nullable GuardMemory memory;
    private final GuardSlots unguarded;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final @Nullable Thread thread;
    private volatile State state = State.OFF;
    private volatile @Nullable Process process;
    private final AtomicInteger deaths = new AtomicInteger();

    /**
     * Starts a guard where anything is held.
     *
     * @param flowsMax directions that each worker holds at most
     * @param teller takes events
     */
    public GuardKeeper(int workers, int flowsMax, Consumer<HealthEvent> teller) {
        this.teller = teller;
        this.memory = flowsMax == 0 ? null : memory(workers, flowsMax);
        this.unguarded = GuardSlots.unread(0);
        if (memory == null) {
            thread = null;
            state = flowsMax == 0 ? State.OFF : State.FAILED;
        } else {
            state = State.STARTING;
            thread = Thread.ofPlatform().daemon().name("guard").unstarted(() -> keep(memory));
            thread.start();
        }
    }

    private static @Nullable GuardMemory memory(int workers, int flowsMax) {
        try {
            return GuardMemory.make(workers, flowsMax);
        } catch (LinuxException refused) {
            LOG.warn("held transfers are not guarded: {}", refused.getMessage());
            return null;
        }
    }

    /** Where a worker notes what it holds. */
    public GuardSlots slots(int worker) {
        return memory == null ? unguarded : memory.slots(worker);
    }

    /** The ports, or what has become of them. */
    public void interfaces(List<Port> ports) {
        if (memory != null) {
            memory.interfaces(ports.stream().map(Port::index).toList());
        }
    }

    /** How it is. */
    public State state() {
        return state;
    }

    /** Directions that are guarded now. */
    public int flows() {
        return memory == null ? 0 : memory.flows();
    }

    /** How often it has died. */
    public int deaths() {
        return deaths.get();
    }

    /** Its process, 0 while there is none. */
    public long pid() {
        Process running = process;
        return running == null ? 0 : running.pid();
    }

    // ---- the keeper's thread

    private void keep(GuardMemory guarded) {
        long wait = FIRST_WAIT_MILLIS;
        try {
            do {
                long began = System.nanoTime();
                String end = guard(guarded);
                if (stop.getCount() == 0) {
                    return;
                }
                boolean lived = System.nanoTime() - began > LIVED_NANOS;
                wait = lived ? FIRST_WAIT_MILLIS : Math.min(2 * wait, LONGEST_WAIT_MILLIS);
                died(end);
            } while (!stop.await(wait, TimeUnit.MILLISECONDS));
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        } finally {
            Process running = process;
            if (running != null) {
                running.destroyForcibly(); // it takes the end of this thread for that of the engine
            }
        }
    }

    /** Starts one and stays with it to its end; says what that was. */
    private String guard(GuardMemory guarded) throws InterruptedException {
        state = State.STARTING;
        Process started;
        try {
            started = new ProcessBuilder(command(guarded.path()))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException refused) {
            return "cannot be started: " + refused.getMessage();
        }
        process = started;
        if (stop.getCount() == 0) {
            end(started);
        }
        try (BufferedReader said = started.inputReader(StandardCharsets.US_ASCII)) {
            for (String line = said.readLine(); line != null; line = said.readLine()) {
                LOG.debug("guard {}: {}", started.pid(), line);
                state = line.equals(GuardProcess.READY) ? State.ALIVE : state;
            }
        } catch (IOException broken) {
            LOG.debug("the guard's output: {}", broken.getMessage());
        }
        int exit = started.waitFor();
        process = null;
        return "has ended with exit code " + exit;
    }

    private void died(String end) {
        state = State.FAILED;
        deaths.incrementAndGet();
        LOG.warn("the guard {}: what is held would hang if the engine died now; it is started again", end);
        Instant now = Instant.now();
        teller.accept(HealthEvent.of(
                now.getEpochSecond() * 1_000_000_000L + now.getNano(),
                "guard_lost",
                HealthEvent.Severity.WARNING,
                "The guard of held transfers " + end + ". It is started again."));
    }

    private static List<String> command(Path shared) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(OPTIONS);
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(GuardProcess.class.getName());
        command.add(Integer.toString(ThreadNumber.current()));
        command.add(shared.toString());
        return command;
    }

    // ---- the end

    /** Ends it: there is nothing left to reset. */
    @Override
    public void close() {
        stop.countDown();
        try {
            Process running = process;
            if (running != null) {
                end(running);
            }
            if (thread != null) {
                thread.interrupt();
                thread.join(END_MILLIS);
            }
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
        }
        if (memory != null) {
            memory.close();
        }
    }

    private static void end(Process running) throws InterruptedException {
        try (OutputStream pipe = running.getOutputStream()) {
            pipe.write(GuardProcess.NOTHING_TO_DO);
        } catch (IOException gone) {
            LOG.debug("the guard has ended before: {}", gone.getMessage());
        }
        if (!running.waitFor(END_MILLIS, TimeUnit.MILLISECONDS)) {
            running.destroyForcibly();
            LOG.warn("the guard did not end within {} ms", END_MILLIS);
        }
    }
}
