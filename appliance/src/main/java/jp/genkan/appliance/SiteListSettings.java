package jp.genkan.appliance;

import static jp.genkan.core.config.ConfigKey.key;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import jp.genkan.core.config.Config;
import jp.genkan.core.config.ConfigKey;
import jp.genkan.core.config.ConfigObject;
import jp.genkan.core.config.ConfigSchema;
import jp.genkan.core.frame.AddressRange;
import jp.genkan.urlfilter.list.ListFormat;
import jp.genkan.urlfilter.own.SiteException;
import jp.genkan.urlfilter.own.Words;
import jp.genkan.urlfilter.site.ListAction;
import jp.genkan.urlfilter.site.Listing;
import jp.genkan.urlfilter.source.Categories;
import jp.genkan.urlfilter.source.SiteList;
import jp.genkan.urlfilter.source.SitePlan;
import jp.genkan.urlfilter.suffix.PublicSuffixes;
import org.jspecify.annotations.Nullable;

/** The settings about lists of hosts and URLs: what of the URL filter is content. */
final class SiteListSettings {
    private static final String WORDS_LIST = "words";

    private static final ConfigKey<String> LIST_NAME =
            key("name", "Stands in events and status").string().required();
    private static final ConfigKey<Path> LIST_FILE = key("file", "The list, as it is published; gz and tar.gz too")
            .path()
            .required();
    private static final ConfigKey<ListFormat> LIST_FORMAT = key("format", "How it is written; auto finds out")
            .choice(ListFormat.class)
            .orElse(ListFormat.AUTO);
    private static final ConfigKey<String> LIST_CATEGORY = key("category", "What kind of sites it names")
            .string()
            .optional("the folder's name in UT1's collection, or else the list's name");
    private static final ConfigKey<ListAction> LIST_ACTION = key("action", "What a hit leads to")
            .choice(ListAction.class)
            .optional("block; in UT1's collection only categories of attacks and those of block-categories");
    private static final ConfigKey<List<ConfigObject>> LISTS = key("urlfilter.lists", "Lists of hosts and URLs")
            .objects(LIST_NAME, LIST_FILE, LIST_FORMAT, LIST_CATEGORY, LIST_ACTION)
            .orElse(List.of());

    private static final ConfigKey<List<String>> BLOCK_CATEGORIES = key(
                    "urlfilter.block-categories",
                    "Categories that are blocked where their list does not say what to do, such as adult")
            .strings()
            .orElse(List.of());

    private static final ConfigKey<String> EXCEPTION_SITE = key(
                    "site", "A host with what is below it, or a URL with a path, which then is meant alone")
            .string()
            .required();
    private static final ConfigKey<String> EXCEPTION_ADDRESS = key(
                    "address", "Who may go there: an address, a network or a range")
            .string()
            .optional("everybody");
    private static final ConfigKey<String> EXCEPTION_UNTIL =
            key("until", "Last day of the exception, as 2027-03-31").string().optional("for ever");
    private static final ConfigKey<String> EXCEPTION_BY =
            key("by", "Who asked for it").string().orElse("");
    private static final ConfigKey<String> EXCEPTION_REASON =
            key("reason", "Why").string().orElse("");
    private static final ConfigKey<List<ConfigObject>> EXCEPTIONS = key(
                    "urlfilter.exceptions", "Sites that no list may block or log")
            .objects(EXCEPTION_SITE, EXCEPTION_ADDRESS, EXCEPTION_UNTIL, EXCEPTION_BY, EXCEPTION_REASON)
            .orElse(List.of());

    private static final ConfigKey<String> WORD = key("word", "Stands anywhere in a host or URL, in any case")
            .string()
            .required();
    private static final ConfigKey<ListAction> WORD_ACTION =
            key("action", "What a hit leads to").choice(ListAction.class).orElse(ListAction.LOG);
    private static final ConfigKey<String> WORD_CATEGORY =
            key("category", "Stands in events").string().orElse("word");
    private static final ConfigKey<List<ConfigObject>> WORDS = key(
                    "urlfilter.words", "Your own words, looked for in hosts and URLs")
            .objects(WORD, WORD_ACTION, WORD_CATEGORY)
            .orElse(List.of());

    private static final ConfigKey<Path> SUFFIXES = key(
                    "urlfilter.public-suffixes", "Public suffix list, as Debian's package publicsuffix has it")
            .path()
            .orElse(PublicSuffixes.PACKAGED);

    /** The keys. */
    static final ConfigSchema SCHEMA = ConfigSchema.of(LISTS, BLOCK_CATEGORIES, EXCEPTIONS, WORDS, SUFFIXES);

    private SiteListSettings() {}

    /**
     * What is configured.
     *
     * @param content the content folder, whose lists are added; null for none
     * @throws IllegalArgumentException with place and reason when something cannot be used
     */
    static SitePlan plan(Config config, @Nullable Path content) {
        return new SitePlan(
                lists(config),
                content,
                new Categories(Set.copyOf(config.get(BLOCK_CATEGORIES))),
                exceptions(config),
                words(config),
                config.get(SUFFIXES));
    }

    private static List<SiteList> lists(Config config) {
        List<SiteList> lists = new ArrayList<>();
        for (ConfigObject one : config.get(LISTS)) {
            String category = one.find(LIST_CATEGORY);
            lists.add(placed(
                    one,
                    LIST_NAME,
                    () -> new SiteList(
                            one.get(LIST_NAME),
                            one.get(LIST_FILE),
                            one.get(LIST_FORMAT),
                            category == null ? "" : category,
                            one.find(LIST_ACTION))));
        }
        return lists;
    }

    private static List<SiteException> exceptions(Config config) {
        List<SiteException> exceptions = new ArrayList<>();
        for (ConfigObject one : config.get(EXCEPTIONS)) {
            String address = one.find(EXCEPTION_ADDRESS);
            AddressRange machines = address == null ? null : Settings.range(address, one.where(EXCEPTION_ADDRESS));
            String day = one.find(EXCEPTION_UNTIL);
            Instant until = day == null ? null : Settings.endOfDay(day, one.where(EXCEPTION_UNTIL));
            exceptions.add(placed(
                    one,
                    EXCEPTION_SITE,
                    () -> new SiteException(
                            one.get(EXCEPTION_SITE),
                            machines,
                            until,
                            one.get(EXCEPTION_BY),
                            one.get(EXCEPTION_REASON))));
        }
        return exceptions;
    }

    private static List<Words.Word> words(Config config) {
        List<Words.Word> words = new ArrayList<>();
        for (ConfigObject one : config.get(WORDS)) {
            Listing listing =
                    new Listing(WORDS_LIST, one.get(WORD_CATEGORY), one.get(WORD_ACTION), one.get(WORD), null);
            words.add(placed(one, WORD, () -> new Words.Word(one.get(WORD), listing)));
        }
        return words;
    }

    /** Says where in the file it stands, when something cannot be used. */
    private static <T> T placed(ConfigObject one, ConfigKey<?> key, Supplier<T> made) {
        try {
            return made.get();
        } catch (IllegalArgumentException bad) {
            throw new IllegalArgumentException(one.where(key) + ": " + bad.getMessage(), bad);
        }
    }
}
