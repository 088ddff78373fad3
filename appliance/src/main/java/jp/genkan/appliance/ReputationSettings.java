package jp.genkan.appliance;

import static jp.genkan.core.config.ConfigKey.key;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import jp.genkan.access.address.AddressException;
import jp.genkan.access.reputation.ListAction;
import jp.genkan.access.reputation.ListDirection;
import jp.genkan.access.reputation.ReputationList;
import jp.genkan.core.config.Config;
import jp.genkan.core.config.ConfigKey;
import jp.genkan.core.config.ConfigObject;
import jp.genkan.core.frame.AddressRange;

/** The section {@code reputation}. */
final class ReputationSettings {
    private static final ConfigKey<String> LIST_NAME =
            key("name", "Stands in events and status").string().required();
    private static final ConfigKey<Path> LIST_FILE =
            key("file", "One address, network or range a line").path().required();
    private static final ConfigKey<ListAction> LIST_ACTION =
            key("action", "What a match leads to").choice(ListAction.class).orElse(ListAction.BLOCK);
    private static final ConfigKey<ListDirection> LIST_DIRECTION = key(
                    "direction", "For connections begun from which side")
            .choice(ListDirection.class)
            .orElse(ListDirection.BOTH);
    private static final ConfigKey<String> LIST_CATEGORY =
            key("category", "Stands in events").string().orElse(ReputationList.DEFAULT_CATEGORY);
    private static final ConfigKey<Integer> LIST_SEVERITY =
            key("severity", "Stands in events; 1 is the worst").integer(1, 4).orElse(2);
    static final ConfigKey<List<ConfigObject>> LISTS = key("reputation.lists", "Lists of addresses and networks")
            .objects(LIST_NAME, LIST_FILE, LIST_ACTION, LIST_DIRECTION, LIST_CATEGORY, LIST_SEVERITY)
            .orElse(List.of());
    private static final ConfigKey<String> EXCEPTION_ADDRESS =
            key("address", "An address, a network or a range").string().required();
    private static final ConfigKey<String> EXCEPTION_UNTIL =
            key("until", "Last day of the exception, as 2027-03-31").string().optional("for ever");
    private static final ConfigKey<String> EXCEPTION_BY =
            key("by", "Who asked for it").string().orElse("");
    static final ConfigKey<List<ConfigObject>> EXCEPTIONS = key(
                    "reputation.exceptions", "Addresses that are never blocked, whatever the lists say")
            .objects(EXCEPTION_ADDRESS, EXCEPTION_UNTIL, EXCEPTION_BY)
            .orElse(List.of());

    private ReputationSettings() {}

    /** The lists, in order. */
    static List<ReputationList> lists(Config config) {
        List<ReputationList> lists = new ArrayList<>();
        for (ConfigObject list : config.get(LISTS)) {
            lists.add(new ReputationList(
                    list.get(LIST_NAME),
                    list.get(LIST_FILE),
                    list.get(LIST_ACTION),
                    list.get(LIST_DIRECTION),
                    list.get(LIST_CATEGORY),
                    list.get(LIST_SEVERITY)));
        }
        return lists;
    }

    /**
     * Addresses that no list blocks.
     *
     * @throws IllegalArgumentException with place and reason when one cannot be read
     */
    static List<AddressException> exceptions(Config config) {
        List<AddressException> exceptions = new ArrayList<>();
        for (ConfigObject exception : config.get(EXCEPTIONS)) {
            AddressRange range = Settings.range(exception.get(EXCEPTION_ADDRESS), exception.where(EXCEPTION_ADDRESS));
            String until = exception.find(EXCEPTION_UNTIL);
            Instant end = until == null ? null : Settings.endOfDay(until, exception.where(EXCEPTION_UNTIL));
            exceptions.add(new AddressException(range, end, exception.get(EXCEPTION_BY)));
        }
        return exceptions;
    }
}
