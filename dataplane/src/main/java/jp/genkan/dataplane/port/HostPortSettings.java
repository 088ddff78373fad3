package jp.genkan.dataplane.port;

import jp.genkan.dataplane.linux.Interfaces;

/**
 * The box's own port: a veth pair, whose one end has the box's address and whose other end is a port like the others.
 *
 * @param name of the end that has the address
 * @param portName of the end that is the port
 * @param address where the address comes from
 */
public record HostPortSettings(String name, String portName, HostAddress address) {
    /** Names by default. */
    public static final String NAME = "genkan0";

    public static final String PORT_NAME = "genkan0p";

    public HostPortSettings {
        if (!Interfaces.isName(name) || !Interfaces.isName(portName) || name.equals(portName)) {
            throw new IllegalArgumentException("host port: " + name + " and " + portName
                    + " are not two names of interfaces (1 to 15 letters or digits)");
        }
    }

    /** The default names. */
    public static HostPortSettings of(HostAddress address) {
        return new HostPortSettings(NAME, PORT_NAME, address);
    }
}
