package jp.genkan.appliance.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import jp.genkan.appliance.Settings;
import jp.genkan.core.config.ConfigException;
import jp.genkan.core.frame.Address;
import jp.genkan.urlfilter.site.Listing;
import jp.genkan.urlfilter.site.SiteBase;
import jp.genkan.urlfilter.site.SiteQuery;
import jp.genkan.urlfilter.source.SiteLists;
import jp.genkan.urlfilter.source.SitePlan;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says what the URL filter would do. */
@Command(
        name = "check",
        description =
                "Says for each URL or host what the URL filter would do: blocked, logged or allowed, and which list names it.",
        footer = {
            "",
            "Example: genkan url check --config /etc/genkan/genkan.yaml https://www.example.com/login",
            "         genkan url check --content lists --json - < urls.txt"
        },
        mixinStandardHelpOptions = true)
public final class UrlCheckCommand implements Callable<Integer> {
    /** Problems of lists that are written out; the others are counted. */
    private static final int PROBLEMS_MAX = 10;

    /** Longest line that is read; what is longer is no URL. */
    private static final int LINE_MAX = 1 << 20;

    @Parameters(
            arity = "1..*",
            paramLabel = "URL",
            description = "URLs or hosts; - reads one a line from standard input.")
    private List<String> given = List.of();

    @Option(names = "--content", paramLabel = "DIR", description = "Content folder whose lists are used.")
    private @Nullable Path content;

    @Option(names = "--config", paramLabel = "F", description = "Configuration file whose lists are used.")
    private @Nullable Path config;

    @Option(names = "--set", paramLabel = "K=V", description = "One configuration value; may be repeated.")
    private Map<String, String> set = Map.of();

    @Option(names = "--for", paramLabel = "ADDRESS", description = "The machine that asks: exceptions may be for one.")
    private @Nullable String machine;

    @Option(names = "--json", description = "One JSON object a line.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    private final SiteQuery query = new SiteQuery();
    private final ObjectMapper mapper =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    UrlCheckCommand() {
        spec = CommandSpec.create();
    }

    @Override
    public Integer call() throws IOException {
        SitePlan plan;
        try {
            plan = plan();
        } catch (ConfigException bad) {
            bad.problems().forEach(problem -> spec.commandLine().getErr().println("genkan: " + problem));
            return ExitCode.REFUSED;
        } catch (IllegalArgumentException bad) {
            spec.commandLine().getErr().println("genkan: " + bad.getMessage());
            return ExitCode.REFUSED;
        }
        if (machine != null) {
            Address address = Address.tryParse(machine);
            if (address == null) {
                throw new ParameterException(spec.commandLine(), "--for: not an address: '" + machine + "'");
            }
            query.client(address.high(), address.low());
        }
        SiteBase base = new SiteBase();
        try (SiteLists lists = new SiteLists(plan, base, null, InstantSource.system(), event -> {}, () -> {})) {
            lists.load();
            tell(lists.problems());
            answerAll(base);
        }
        return ExitCode.OK;
    }

    private SitePlan plan() throws ConfigException {
        if (content != null && !Files.isDirectory(content)) {
            throw new ParameterException(spec.commandLine(), "no folder " + content);
        }
        SitePlan plan = Settings.forReplay(config, set).siteLists();
        return content == null ? plan : plan.withContent(content);
    }

    private void tell(List<String> problems) {
        PrintWriter err = spec.commandLine().getErr();
        problems.stream().limit(PROBLEMS_MAX).forEach(err::println);
        if (problems.size() > PROBLEMS_MAX) {
            err.println(problems.size() - PROBLEMS_MAX + " more problems");
        }
        err.flush();
    }

    private void answerAll(SiteBase base) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        for (String one : given) {
            if (one.equals("-")) {
                answerInput(base, out);
            } else {
                answer(base, one, out);
            }
        }
        out.flush();
    }

    /** Lines end at a line feed alone, so that the answers stay in step whatever else is in them. */
    private void answerInput(SiteBase base, PrintWriter out) throws IOException {
        InputStream in = System.in;
        BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        StringBuilder line = new StringBuilder();
        boolean open = false;
        for (int letter = reader.read(); letter >= 0; letter = reader.read()) {
            open = letter != '\n';
            if (!open) {
                answer(base, line.toString(), out);
                line.setLength(0);
            } else if (line.length() < LINE_MAX) {
                line.append((char) letter);
            }
        }
        if (open) {
            answer(base, line.toString(), out);
        }
    }

    private void answer(SiteBase base, String asked, PrintWriter out) throws JsonProcessingException {
        boolean named = query.text(asked);
        Listing listing = named ? base.current().find(query) : null;
        String action = listing == null ? "allowed" : listing.blocks() ? "blocked" : "logged";
        if (json) {
            ObjectNode answer = mapper.createObjectNode();
            answer.put("url", asked);
            answer.put("list", listing == null ? null : listing.list());
            answer.put("category", listing == null ? null : listing.category());
            answer.put("action", action);
            if (!named) {
                answer.put("problem", "no host");
            }
            out.println(mapper.writeValueAsString(answer));
        } else {
            String which = listing == null ? named ? "" : "no host" : listing.category() + " (" + listing.list() + ")";
            out.printf("%-8s %-40s %s%n", action, which, asked);
        }
    }
}
