package jp.genkan.dataplane.port;

import java.time.Duration;
import java.util.List;

/**
 * Forwards between two interfaces until its standard input ends, then prints the counters:
 * {@code ForwarderMain INSIDE OUTSIDE [WORKERS [BLOCKS [BATCH [SPIN_MICROS]]]]}.
 */
final class ForwarderMain {
    private ForwarderMain() {}

    public static void main(String[] arguments) throws Exception {
        int workers = number(arguments, 2, 1);
        PortSettings settings = new PortSettings(
                List.of(arguments[0]),
                List.of(arguments[1]),
                null,
                new RingSize(number(arguments, 3, RingSize.PORT.blocks())),
                RingSize.HOST,
                PortSettings.STALL_LIMIT,
                number(arguments, 4, PortSettings.BATCH_MAX),
                Duration.ofNanos(1000L * number(arguments, 5, 0)));
        try (PortSetup setup = PortSetup.prepare(settings)) {
            Ports ports = setup.open(workers, RingFilters.NONE, PortListener.NONE);
            try (FloodingForwarder forwarder = new FloodingForwarder(ports, workers)) {
                System.out.println("ready " + forwarder.threads().size());
                while (System.in.read() >= 0) {
                    // until the one who started us closes the pipe
                }
            }
            for (Port port : ports.ports()) {
                System.out.print(port.name());
                for (PortCounter counter : PortCounter.values()) {
                    System.out.print(" " + counter + "=" + port.total(counter));
                }
                System.out.println();
            }
        } catch (PortException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
    }

    private static int number(String[] arguments, int place, int otherwise) {
        return arguments.length > place ? Integer.parseInt(arguments[place]) : otherwise;
    }
}
