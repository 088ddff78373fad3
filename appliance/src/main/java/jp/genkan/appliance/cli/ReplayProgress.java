package jp.genkan.appliance.cli;

import java.io.Console;
import java.io.PrintWriter;
import java.util.Locale;
import jp.genkan.appliance.replay.Replay;

/** Says on a terminal how far a replay is; says nothing elsewhere. Single-threaded. */
final class ReplayProgress implements Replay.Progress, AutoCloseable {
    private static final long STEP_NANOS = 200_000_000L;

    private final PrintWriter terminal;
    private final boolean shown;
    private long lastNanos;
    private boolean printed;

    private ReplayProgress(PrintWriter terminal, boolean shown) {
        this.terminal = terminal;
        this.shown = shown;
    }

    @SuppressWarnings("SystemConsoleNull") // JDK 25 answers null again where no terminal is
    static ReplayProgress onTerminal(PrintWriter err) {
        Console console = System.console();
        return new ReplayProgress(err, console != null && console.isTerminal());
    }

    @Override
    public void at(long framesRead, long octetsRead, long octetsInAll) {
        if (!shown) {
            return;
        }
        long now = System.nanoTime();
        if (now - lastNanos < STEP_NANOS) {
            return;
        }
        lastNanos = now;
        printed = true;
        double share = octetsInAll == 0 ? 1 : (double) octetsRead / octetsInAll;
        terminal.printf(Locale.ROOT, "\r  %5.1f %%  %,d frames", 100 * share, framesRead);
        terminal.flush();
    }

    @Override
    public void close() {
        if (printed) {
            terminal.print("\r                                        \r");
            terminal.flush();
        }
    }
}
