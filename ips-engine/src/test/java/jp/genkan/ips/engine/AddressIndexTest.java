package jp.genkan.ips.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import jp.genkan.core.frame.Address;
import jp.genkan.core.frame.AddressRange;
import jp.genkan.ips.network.AddressSpec;
import org.junit.jupiter.api.Test;

class AddressIndexTest {
    private static AddressSpec spec(String text) {
        return AddressSpec.of(AddressRange.parse(text));
    }

    private static Set<Integer> found(AddressIndex index, Address address) {
        Set<Integer> found = new TreeSet<>();
        Arrays.stream(index.find(address.high(), address.low())).forEach(found::add);
        return found;
    }

    @Test
    void findsTheSetsThatHoldAnAddressAndNoOthers() {
        Random random = new Random(20261126);
        Map<Integer, AddressSpec> specs = new HashMap<>();
        for (int i = 0; i < 400; i++) {
            int bits = 20 + random.nextInt(13);
            int base = random.nextInt(1 << 16) << 8 | random.nextInt(256);
            int network = bits == 32 ? base : base >>> 32 - bits << 32 - bits;
            specs.put(i, spec(Address.ofV4(network) + "/" + bits));
        }
        List<Integer> wide = new ArrayList<>();
        AddressIndex index = AddressIndex.of(specs, wide);
        for (int i = 0; i < 20_000; i++) {
            Address address = Address.ofV4(random.nextInt(1 << 24));
            Set<Integer> expected = new TreeSet<>();
            specs.forEach((number, spec) -> {
                if (!wide.contains(number) && spec.contains(address.high(), address.low())) {
                    expected.add(number);
                }
            });
            assertThat(found(index, address)).isEqualTo(expected);
        }
    }

    @Test
    void leavesOutSetsThatWouldBeListedAgainAndAgain() {
        Map<Integer, AddressSpec> specs = new HashMap<>();
        for (int i = 0; i < 100; i++) {
            specs.put(i, spec("198.51." + i + ".7/32"));
        }
        specs.put(100, AddressSpec.ANY);
        List<Integer> wide = new ArrayList<>();
        AddressIndex index = AddressIndex.of(specs, wide);
        assertThat(wide).containsExactly(100);
        Address known = Address.parse("198.51.42.7");
        assertThat(found(index, known)).containsExactly(42);
    }

    @Test
    void findsNothingInAnEmptyIndex() {
        AddressIndex index = AddressIndex.of(Map.of(), new ArrayList<>());
        assertThat(index.find(-1, -1)).isEmpty();
        assertThat(index.find(0, 0)).isEmpty();
    }
}
