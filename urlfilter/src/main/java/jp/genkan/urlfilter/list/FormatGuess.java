package jp.genkan.urlfilter.list;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import jp.genkan.core.frame.AddressRange;
import jp.genkan.urlfilter.url.HostText;

/** Finds out how a list is written. Functions of their arguments alone. */
final class FormatGuess {
    /** Lines that are looked at: heads of comments have some 30. */
    private static final int LINES_MAX = 400;

    private FormatGuess() {}

    /**
     * The format of a file.
     *
     * @param name its name without what tells how it is packed
     * @param begin its first octets
     */
    static ListFormat of(String name, byte[] begin, int length) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.endsWith(".rpz") || lower.endsWith(".zone")) {
            return ListFormat.RPZ;
        }
        if (lower.endsWith(".csv")) {
            return ListFormat.CSV;
        }
        int at = LineText.startsWith(begin, 0, length, "\u00ef\u00bb\u00bf") ? 3 : 0;
        Map<ListFormat, Integer> votes = new EnumMap<>(ListFormat.class);
        for (int lines = 0; at < length && lines < LINES_MAX; lines++) {
            int end = LineText.indexOf(begin, at, length, '\n');
            if (end < 0) {
                end = length;
            }
            ListFormat said = ofLine(begin, LineText.skipBlanks(begin, at, end), LineText.trimBlanks(begin, at, end));
            if (said == ListFormat.RPZ || said == ListFormat.ADBLOCK || said == ListFormat.CSV) {
                return said;
            }
            votes.merge(said, 1, Integer::sum);
            at = end + 1;
        }
        votes.remove(ListFormat.AUTO);
        return votes.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse(ListFormat.DOMAINS);
    }

    private static ListFormat ofLine(byte[] text, int from, int to) {
        if (from >= to) {
            return ListFormat.AUTO;
        }
        if (LineText.startsWith(text, from, to, "[Adblock")
                || LineText.startsWith(text, from, to, "||")
                || LineText.startsWith(text, from, to, "@@||")) {
            return ListFormat.ADBLOCK;
        }
        String line = LineText.text(text, from, to).toLowerCase(Locale.ROOT);
        if (line.startsWith("$ttl")
                || line.startsWith("$origin")
                || line.contains(" soa ")
                || line.contains("\tsoa\t")
                || line.contains(" cname ")
                || line.contains("\tcname\t")) {
            return ListFormat.RPZ;
        }
        if (isHead(line)) {
            return ListFormat.CSV;
        }
        if (LineText.isRemark(text, from, to)) {
            return ListFormat.AUTO;
        }
        if (line.contains("://")) {
            return line.startsWith("\"") || line.indexOf(',') >= 0 && line.indexOf(',') < line.indexOf("://")
                    ? ListFormat.CSV
                    : ListFormat.URLS;
        }
        return ofWord(text, from, to);
    }

    /** True for names of columns of which one is URL, also in a comment. */
    private static boolean isHead(String line) {
        String names = "," + line.replaceAll("[\"#\\s]", "") + ",";
        return names.contains(",url,") && names.length() > ",url,".length();
    }

    private static ListFormat ofWord(byte[] text, int from, int to) {
        int end = LineText.wordEnd(text, from, to);
        while (end > from && (text[end - 1] == ',' || text[end - 1] == ';')) {
            end--;
        }
        if (isAddresses(LineText.text(text, from, end))) {
            int behind = LineText.skipBlanks(text, end, to);
            HostText name = new HostText();
            boolean named = name.read(text, behind, LineText.wordEnd(text, behind, to));
            return named && behind > end ? ListFormat.HOSTS : ListFormat.ADDRESSES;
        }
        return LineText.indexOf(text, from, end, '/') >= 0 ? ListFormat.URLS : ListFormat.DOMAINS;
    }

    private static boolean isAddresses(String word) {
        try {
            AddressRange.parse(word.replaceFirst("%.*", "")); // without the zone of a link's address
            return true;
        } catch (IllegalArgumentException isNot) {
            return false;
        }
    }
}
