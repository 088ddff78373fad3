package jp.genkan.core.config;

import static jp.genkan.core.config.ConfigKey.key;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import jp.genkan.core.frame.Address;
import jp.genkan.core.frame.Network;

/** A schema that has one of everything. */
final class SampleSchema {
    enum Fail {
        OPEN,
        CLOSED
    }

    static final ConfigKey<Integer> WORKERS =
            key("workers", "Threads that inspect").integer(1, 64).orElse(2);
    static final ConfigKey<Fail> FAIL = key("fail", "What happens to frames when the engine does not run")
            .choice(Fail.class)
            .orElse(Fail.OPEN);
    static final ConfigKey<Path> CONTENT =
            key("content", "Folder of signatures").path().optional("the default content");
    static final ConfigKey<List<String>> INSIDE =
            key("ports.inside", "Interfaces on the side of the LAN").strings().required();
    static final ConfigKey<List<String>> OUTSIDE = key("ports.outside", "Interfaces on the side of the router")
            .strings()
            .required();
    static final ConfigKey<Boolean> STRICT = key("stream.strict", "Drop what a receiver would have to guess about")
            .bool()
            .orElse(true);
    static final ConfigKey<Duration> IDLE = key("stream.idle-timeout", "Time after which a silent flow is forgotten")
            .duration(Duration.ofSeconds(1), Duration.ofDays(1))
            .orElse(Duration.ofMinutes(10));
    static final ConfigKey<Long> MEMORY = key("stream.memory", "Memory for held segments")
            .size(1 << 20, 1L << 40)
            .orElse(64L << 20);
    static final ConfigKey<List<Network>> INSIDE_NETWORKS = key("networks.inside", "Addresses of the LAN")
            .networks()
            .orElse(List.of(Network.parse("192.168.0.0/16"), Network.parse("fc00::/7")));
    static final ConfigKey<List<Address>> HELP_DESK = key(
                    "isolation.exceptions", "Addresses that isolated machines may still talk to")
            .addresses()
            .orElse(List.of());
    static final ConfigKey<List<Long>> MACS =
            key("isolation.macs", "Machines that are always isolated").macs().orElse(List.of());
    static final ConfigKey<String> LIST_NAME =
            key("name", "Name of the list").string().required();
    static final ConfigKey<Path> LIST_FILE = key("file", "Its file").path().required();
    static final ConfigKey<Boolean> LIST_BLOCKS =
            key("block", "Whether it blocks").bool().orElse(true);
    static final ConfigKey<List<ConfigObject>> LISTS = key("reputation.lists", "Lists of bad addresses")
            .objects(LIST_NAME, LIST_FILE, LIST_BLOCKS)
            .orElse(List.of());

    static final ConfigSchema SCHEMA = ConfigSchema.of(
            WORKERS, FAIL, CONTENT, INSIDE, OUTSIDE, STRICT, IDLE, MEMORY, INSIDE_NETWORKS, HELP_DESK, MACS, LISTS);

    private SampleSchema() {}
}
