package jp.genkan.ips.classification;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import jp.genkan.ips.rule.RuleProblem;
import org.jspecify.annotations.Nullable;

/** The systems that {@code reference} names, with what stands before an identifier in a URL: {@code reference.config}. The first line for a system counts. */
public final class References {
    private static final Map<String, String> STOCK = Map.ofEntries(
            Map.entry("cve", "https://cve.mitre.org/cgi-bin/cvename.cgi?name="),
            Map.entry("nessus", "https://www.tenable.com/plugins/nessus/"),
            Map.entry("url", "https://"),
            Map.entry("mcafee", "https://vil.nai.com/vil/content/v_"),
            Map.entry("bid", "https://www.securityfocus.com/bid/"),
            Map.entry("bugtraq", "https://www.securityfocus.com/bid/"),
            Map.entry("md5", "https://www.threatexpert.com/report.aspx?md5="),
            Map.entry("secunia", "https://www.secunia.com/advisories/"),
            Map.entry("arachnids", "https://www.whitehats.com/info/IDS"),
            Map.entry("exploitdb", "https://www.exploit-db.com/exploits/"),
            Map.entry("msft", "https://technet.microsoft.com/security/bulletin/"),
            Map.entry("et", "https://doc.emergingthreats.net/"),
            Map.entry("etpro", "http://doc.emergingthreatspro.com/"));

    private final Map<String, String> prefixes;
    private final List<RuleProblem> problems;

    private References(Map<String, String> prefixes, List<RuleProblem> problems) {
        this.prefixes = Map.copyOf(prefixes);
        this.problems = problems;
    }

    /** The systems that Suricata comes with, and those that older rules name. */
    public static References stock() {
        return new References(STOCK, List.of());
    }

    /**
     * Reads a {@code reference.config}; it replaces the stock.
     *
     * @throws IOException when it cannot be read
     */
    public static References read(Path file) throws IOException {
        return parse(file, ConfigLines.text(file));
    }

    /** Reads the text of a {@code reference.config}. */
    public static References parse(Path file, String text) {
        Map<String, String> table = new LinkedHashMap<>();
        ConfigLines lines = new ConfigLines(file);
        lines.read(text, "reference", "config reference: system URL", rest -> take(rest, table));
        return new References(table, lines.problems());
    }

    private static boolean take(String rest, Map<String, String> into) {
        int end = 0;
        while (end < rest.length() && !Character.isWhitespace(rest.charAt(end))) {
            end++;
        }
        String prefix = rest.substring(end).strip();
        if (prefix.isEmpty() || !ConfigLines.isName(rest.substring(0, end))) {
            return false;
        }
        into.putIfAbsent(rest.substring(0, end).toLowerCase(Locale.ROOT), prefix);
        return true;
    }

    /** What stands before the identifiers of a system; null when it is not known. */
    public @Nullable String prefix(String system) {
        return prefixes.get(system.toLowerCase(Locale.ROOT));
    }

    /** Where to read about an identifier. One that has a scheme of its own is a URL already; a system that is not known is named. */
    public String url(String system, String id) {
        if (hasScheme(id)) {
            return id;
        }
        String prefix = prefix(system);
        return prefix == null ? system + ":" + id : prefix + id;
    }

    private static boolean hasScheme(String id) {
        int colon = id.indexOf("://");
        return colon > 0 && ConfigLines.isName(id.substring(0, colon));
    }

    /** Lines that could not be read; the others count. */
    public List<RuleProblem> problems() {
        return problems;
    }
}
