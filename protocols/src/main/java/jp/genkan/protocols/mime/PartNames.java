package jp.genkan.protocols.mime;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The names that an attachment may be read to have. Stateless. */
final class PartNames {
    /** Most characters of a name: what every file system takes. A longer one keeps its end, where the extension is. */
    static final int CHARS_MAX = 255;

    /** Most readings that are kept: two fields with two forms each, twice. */
    static final int NAMES_MAX = 8;

    private PartNames() {}

    /** All names of a part, the one that most mail programs show first. */
    static List<String> of(HeaderFields fields) {
        Set<String> names = new LinkedHashSet<>();
        List<String> others = new ArrayList<>();
        collect(fields.all("content-disposition"), "filename", names, others);
        collect(fields.all("content-type"), "name", names, others);
        collect(fields.all("content-disposition"), "name", names, others);
        collect(fields.all("content-type"), "filename", names, others);
        names.addAll(others);
        return names.stream().limit(NAMES_MAX).toList();
    }

    private static void collect(List<String> values, String parameter, Set<String> names, List<String> others) {
        for (String value : values) {
            List<Parameters.Reading> readings = new Parameters(value).readings(parameter);
            for (int i = 0; i < readings.size(); i++) {
                Parameters.Reading reading = readings.get(i);
                String text =
                        reading.state() == Parameters.State.RAW ? EncodedWords.decode(reading.text()) : reading.text();
                String name = cut(clean(text));
                if (name.isEmpty()) {
                    continue;
                }
                if (i == 0) {
                    names.add(name);
                } else {
                    others.add(name);
                }
            }
        }
    }

    private static String clean(String name) {
        StringBuilder kept = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c >= ' ' && c != 0x7f) {
                kept.append(c);
            }
        }
        return kept.toString().strip();
    }

    private static String cut(String name) {
        return name.length() <= CHARS_MAX ? name : name.substring(name.length() - CHARS_MAX);
    }
}
