package jp.genkan.testbed.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import jp.genkan.testbed.net.OffloadMode;
import org.jspecify.annotations.Nullable;

/**
 * What the command line asks for.
 *
 * @param rounds how often each subject has its turn
 * @param modes of offload
 * @param subjects in the order of the table; the bridge is always among them
 * @param seconds of each test
 * @param outages whether failures are measured too
 * @param out file for the table, or null for standard output
 */
record Options(
        int rounds,
        List<OffloadMode> modes,
        List<Subject> subjects,
        int seconds,
        boolean outages,
        @Nullable Path out) {
    static final String USAGE = """
            usage: bench [--rounds N] [--modes wire,nic,gso] [--subjects %s] [--seconds N] [--outages yes|no] [--out FILE]
            """.formatted(String.join(
            ",", Arrays.stream(Subject.values()).map(Subject::title).toList()));

    /** Reads the arguments. */
    static Options parse(String[] arguments) {
        int rounds = 5;
        int seconds = 3;
        boolean outages = true;
        List<OffloadMode> modes = List.of(OffloadMode.NIC, OffloadMode.WIRE);
        List<Subject> subjects =
                List.of(Subject.BRIDGE, Subject.GENKAN, Subject.GENKAN_SETTLED, Subject.PCAP4J, Subject.PCAP4J_RAW);
        Path out = null;
        for (int i = 0; i < arguments.length; i += 2) {
            if (i + 1 == arguments.length) {
                throw new IllegalArgumentException("no value after " + arguments[i]);
            }
            String value = arguments[i + 1];
            switch (arguments[i]) {
                case "--rounds" -> rounds = positive(value);
                case "--seconds" -> seconds = positive(value);
                case "--modes" ->
                    modes = list(value).stream().map(Options::mode).toList();
                case "--subjects" -> subjects = subjects(value);
                case "--outages" -> outages = "yes".equals(value);
                case "--out" -> out = Path.of(value);
                default -> throw new IllegalArgumentException("unknown option " + arguments[i]);
            }
        }
        return new Options(rounds, modes, subjects, seconds, outages, out);
    }

    private static List<Subject> subjects(String value) {
        List<Subject> subjects = new ArrayList<>();
        for (String title : list(value)) {
            subjects.add(Arrays.stream(Subject.values())
                    .filter(subject -> subject.title().equals(title))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("unknown subject " + title)));
        }
        if (!subjects.contains(Subject.BRIDGE)) {
            subjects.addFirst(Subject.BRIDGE);
        }
        return subjects;
    }

    private static OffloadMode mode(String name) {
        try {
            return OffloadMode.valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("unknown mode " + name, e);
        }
    }

    private static int positive(String value) {
        try {
            int number = Integer.parseInt(value);
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("not a number: " + value, e);
        }
        throw new IllegalArgumentException("not a positive number: " + value);
    }

    private static List<String> list(String value) {
        return Arrays.asList(value.split(",", -1));
    }
}
