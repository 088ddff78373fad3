package jp.genkan.urlfilter.list;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import jp.genkan.core.frame.Address;
import jp.genkan.core.frame.AddressRange;
import jp.genkan.urlfilter.site.SiteQuery;
import org.jspecify.annotations.Nullable;

/**
 * A response policy zone in the form of RFC 1035 §5. A name is listed whatever the answer would be; {@code rpz-passthru} takes it out. A
 * wildcard stands for what is below, {@code 24.0.2.0.192.rpz-ip} for the network in an answer. Triggers on clients and name servers are told and
 * passed over.
 */
final class ZoneRows implements Rows {
    /** Lines within one pair of parentheses; a SOA record has six. */
    private static final int PARENTHESES_LINES_MAX = 64;

    /** Words of a record that are looked at. */
    private static final int WORDS_MAX = 16;

    private final SiteQuery site = new SiteQuery();
    private final RowSink sink;
    private String origin = "";
    private String owner = "";
    private int openLines;

    ZoneRows(RowSink sink) {
        this.sink = sink;
    }

    @Override
    public void line(byte[] text, int from, int to, long number) {
        int end = LineText.indexOf(text, from, to, ';');
        end = LineText.trimBlanks(text, from, end < 0 ? to : end);
        if (openLines > 0) {
            boolean closes = LineText.indexOf(text, from, end, ')') >= 0;
            openLines = closes || openLines == PARENTHESES_LINES_MAX ? 0 : openLines + 1;
            return;
        }
        if (from >= end) {
            return;
        }
        boolean sameOwner = LineText.isBlank(text[from]);
        List<String> words = words(text, from, end);
        if (words.isEmpty()) {
            return;
        }
        if (LineText.indexOf(text, from, end, '(') >= 0 && LineText.indexOf(text, from, end, ')') < 0) {
            openLines = 1;
        }
        if (words.getFirst().startsWith("$")) {
            control(words, number);
        } else {
            owner = sameOwner ? owner : words.removeFirst();
            record(words, number);
        }
    }

    private static List<String> words(byte[] text, int from, int to) {
        List<String> words = new ArrayList<>();
        int at = LineText.skipBlanks(text, from, to);
        while (at < to && words.size() < WORDS_MAX) {
            int end = LineText.wordEnd(text, at, to);
            words.add(LineText.text(text, at, end).toLowerCase(Locale.ROOT));
            at = LineText.skipBlanks(text, end, to);
        }
        return words;
    }

    private void control(List<String> words, long number) {
        switch (words.getFirst()) {
            case "$ttl" -> {}
            case "$origin" -> origin = words.size() > 1 ? withoutDot(words.get(1)) : origin;
            default -> sink.problem(number, words.getFirst() + " is not supported");
        }
    }

    private static String withoutDot(String name) {
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }

    private void record(List<String> words, long number) {
        while (!words.isEmpty() && isClassOrTime(words.getFirst())) {
            words.removeFirst();
        }
        if (words.isEmpty()) {
            sink.problem(number, "a record without a type");
            return;
        }
        switch (words.getFirst()) {
            case "soa" -> origin = origin.isEmpty() && owner.endsWith(".") ? withoutDot(owner) : origin;
            case "ns", "dnskey", "rrsig", "nsec", "nsec3", "nsec3param" -> {}
            case "cname" -> policy(words.size() > 1 ? words.get(1) : "", number);
            case "a", "aaaa", "txt", "mx", "srv" -> trigger(false, number);
            default -> sink.problem(number, "a record of type " + cut(words.getFirst()));
        }
    }

    private static boolean isClassOrTime(String word) {
        return word.equals("in") || Character.isDigit(word.charAt(0));
    }

    private static String cut(String word) {
        return word.substring(0, Math.min(word.length(), 20));
    }

    private void policy(String target, long number) {
        switch (withoutDot(target)) {
            case "rpz-passthru" -> trigger(true, number);
            case "rpz-tcp-only" -> sink.problem(number, "rpz-tcp-only is not supported");
            default -> trigger(false, number);
        }
    }

    private void trigger(boolean passes, long number) {
        String name = relative();
        int marker = name.lastIndexOf(".rpz-");
        if (name.equals("@") || name.isEmpty()) {
            return; // the zone itself
        }
        if (marker >= 0) {
            String kind = name.substring(marker + 1);
            if (kind.equals("rpz-ip") && !passes) {
                network(name.substring(0, marker), number);
            } else {
                sink.problem(
                        number, "a trigger " + cut(kind) + (passes ? " that lets pass" : "") + " is not supported");
            }
            return;
        }
        boolean wild = name.startsWith("*.");
        if (!site.text(wild ? name.substring(2) : name) || !site.isWholeHost()) {
            sink.problem(number, "not a host: '" + cut(name) + "'");
        } else if (passes) {
            sink.site(site, SiteScope.EXCEPTION);
        } else {
            sink.site(site, wild ? SiteScope.SUBDOMAINS : SiteScope.HOST);
        }
    }

    /** The owner without the zone's name. */
    private String relative() {
        if (!owner.endsWith(".")) {
            return owner;
        }
        String name = withoutDot(owner);
        if (!origin.isEmpty() && name.endsWith("." + origin)) {
            return name.substring(0, name.length() - origin.length() - 1);
        }
        return name.equals(origin) ? "@" : name;
    }

    private void network(String labels, long number) {
        AddressRange range = range(labels.split("\\.", -1));
        if (range == null) {
            sink.problem(number, "not a network: '" + cut(labels) + "'");
        } else {
            sink.addresses(range, number);
        }
    }

    /** {@code 24.0.2.0.192} or {@code 48.zz.2.db8.2001}: prefix length, then the address from its end, {@code zz} for a run of zeros. */
    private static @Nullable AddressRange range(String[] labels) {
        StringBuilder text = new StringBuilder();
        boolean isV4 = labels.length == 5 && !List.of(labels).contains("zz");
        for (int i = labels.length - 1; i >= 1; i--) {
            text.append(labels[i].equals("zz") ? "" : labels[i]);
            text.append(i == 1 ? "" : isV4 ? "." : ":");
        }
        String address = text.toString();
        if (address.startsWith(":") && !address.startsWith("::")) {
            address = ":" + address;
        }
        if (address.endsWith(":") && !address.endsWith("::")) {
            address += ":";
        }
        Address parsed = Address.tryParse(address);
        try {
            return parsed == null ? null : AddressRange.of(parsed, Integer.parseInt(labels[0]));
        } catch (IllegalArgumentException notAPrefix) {
            return null;
        }
    }
}
