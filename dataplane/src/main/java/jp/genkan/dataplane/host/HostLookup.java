package jp.genkan.dataplane.host;

import java.util.List;
import java.util.stream.Collectors;

/** What looking for a machine by a text gives. */
public sealed interface HostLookup {
    /**
     * Exactly one machine.
     *
     * @param host it
     */
    record Found(Host host) implements HostLookup {}

    /**
     * More than one machine has this name or address.
     *
     * @param text what was looked for
     * @param candidates who has it
     */
    record Ambiguous(String text, List<Host> candidates) implements HostLookup {
        /** One line for the operator, naming the candidates. */
        public String message() {
            return "'" + text + "' is " + candidates.size() + " machines: "
                    + candidates.stream().map(Ambiguous::describe).collect(Collectors.joining(", "))
                    + ": say which by its MAC address";
        }

        private static String describe(Host host) {
            return host.addresses().isEmpty()
                    ? host.label()
                    : host.label() + " " + host.addresses().getFirst().address();
        }
    }

    /**
     * No machine.
     *
     * @param text what was looked for
     */
    record Unknown(String text) implements HostLookup {
        /** One line for the operator. */
        public String message() {
            return "no machine '" + text + "' is known: give its MAC address, its IP address, or its name";
        }
    }
}
