package jp.genkan.appliance.engine;

import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import jp.genkan.access.address.OwnAddresses;
import jp.genkan.core.frame.Address;

/**
 * The box's own addresses, as its interface has them now: they come and go with DHCP.
 *
 * <p>Thread rule: {@link #refresh} by the main thread; asked by workers, without allocating.
 */
final class BoxAddresses implements OwnAddresses {
    private final String interfaceName;
    private volatile long[] halves = new long[0];

    BoxAddresses(String interfaceName) {
        this.interfaceName = interfaceName;
    }

    /** Reads the interface again. */
    void refresh() {
        try {
            NetworkInterface own = NetworkInterface.getByName(interfaceName);
            List<Address> addresses = own == null
                    ? List.of()
                    : own.inetAddresses()
                            .map(address -> Address.ofBytes(address.getAddress()))
                            .toList();
            long[] fresh = new long[2 * addresses.size()];
            for (int i = 0; i < addresses.size(); i++) {
                fresh[2 * i] = addresses.get(i).high();
                fresh[2 * i + 1] = addresses.get(i).low();
            }
            halves = fresh;
        } catch (SocketException gone) {
            halves = new long[0];
        }
    }

    @Override
    public boolean contains(long high, long low) {
        long[] known = halves;
        for (int i = 0; i < known.length; i += 2) {
            if (known[i] == high && known[i + 1] == low) {
                return true;
            }
        }
        return false;
    }
}
