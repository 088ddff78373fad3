package jp.genkan.ips.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jp.genkan.core.event.EveFields;
import jp.genkan.core.event.EventNote;
import jp.genkan.ips.match.Finding;
import jp.genkan.ips.match.FlowMemory;
import org.jspecify.annotations.Nullable;

/**
 * What rules have noted about a flow, as events say it: EVE's {@code metadata}, and {@code traffic} for flowbits that name a kind of traffic. Immutable.
 *
 * @param bits that are set
 * @param numbers of flowints
 * @param texts that expressions have captured
 * @param captured by the rule that speaks; none in the flow's event
 * @param entropies of buffers, the latest that were measured
 */
record FlowVariables(
        List<String> bits,
        Map<String, Long> numbers,
        Map<String, String> texts,
        List<Finding> captured,
        Map<String, Double> entropies)
        implements EventNote {
    private static final String ID = "traffic/id/";
    private static final String LABEL = "traffic/label/";

    /** Most variables of one event: no known set of rules notes more about a flow. */
    private static final int VARIABLES_MAX = 64;

    /**
     * The names of a set of rules.
     *
     * @param bits at the places of their numbers
     * @param numbers the same of flowints
     */
    record Names(List<String> bits, List<String> numbers) {
        /** No rule keeps anything. */
        static final Names NONE = new Names(List.of(), List.of());

        Names {
            bits = List.copyOf(bits);
            numbers = List.copyOf(numbers);
        }
    }

    /** What was noted; null when nothing was. */
    static @Nullable FlowVariables of(@Nullable FlowMemory memory, Names names, List<Finding> findings) {
        if (findings.isEmpty() && (memory == null || memory.isEmpty())) {
            return null;
        }
        List<String> bits = new ArrayList<>();
        for (int i = 0; memory != null && i < names.bits().size() && bits.size() < VARIABLES_MAX; i++) {
            String name = names.bits().get(i);
            if (name.indexOf(' ') < 0 && memory.has(i)) { // the others are the engine's own
                bits.add(name);
            }
        }
        Map<String, Long> numbers = new LinkedHashMap<>();
        for (int i = 0; memory != null && i < names.numbers().size() && numbers.size() < VARIABLES_MAX; i++) {
            if (memory.hasInt(i)) {
                numbers.put(names.numbers().get(i), Integer.toUnsignedLong(memory.intValue(i)));
            }
        }
        Map<String, String> texts = memory == null ? Map.of() : new LinkedHashMap<>(memory.texts());
        List<Finding> told = findings.stream()
                .filter(finding -> finding.kind() == Finding.Kind.PACKET_TEXT)
                .toList();
        Map<String, Double> entropies = memory == null ? entropies(findings) : new LinkedHashMap<>(memory.entropies());
        return bits.isEmpty() && numbers.isEmpty() && texts.isEmpty() && told.isEmpty() && entropies.isEmpty()
                ? null
                : new FlowVariables(bits, numbers, texts, told, entropies);
    }

    private static Map<String, Double> entropies(List<Finding> findings) {
        Map<String, Double> found = new LinkedHashMap<>();
        for (Finding finding : findings) {
            if (finding.kind() == Finding.Kind.ENTROPY) {
                found.put(finding.name(), finding.number());
            }
        }
        return found;
    }

    @Override
    public void writeTo(EveFields out) {
        boolean ids = bits.stream().anyMatch(bit -> bit.startsWith(ID));
        boolean labels = bits.stream().anyMatch(bit -> bit.startsWith(LABEL));
        if (ids || labels) {
            out.object("traffic");
            writeNamed(out, "id", ID);
            writeNamed(out, "label", LABEL);
            out.end();
        }
        out.object("metadata");
        if (!bits.isEmpty()) {
            out.array("flowbits");
            bits.forEach(out::add);
            out.end();
        }
        if (!numbers.isEmpty()) {
            out.object("flowints");
            numbers.forEach(out::put);
            out.end();
        }
        if (!texts.isEmpty()) {
            out.array("flowvars");
            texts.forEach((name, text) -> writeText(out, name, text));
            out.end();
        }
        writeFindings(out);
        out.end();
    }

    private void writeFindings(EveFields out) {
        if (!captured.isEmpty()) {
            out.array("pktvars");
            captured.forEach(finding -> writeText(out, finding.name(), finding.text()));
            out.end();
        }
        if (!entropies.isEmpty()) {
            out.object("entropy");
            entropies.forEach((buffer, bits) -> out.put(buffer, bits.doubleValue()));
            out.end();
        }
    }

    private static void writeText(EveFields out, String name, String text) {
        out.object();
        out.put(name, text);
        out.end();
    }

    private void writeNamed(EveFields out, String name, String prefix) {
        List<String> found = bits.stream().filter(bit -> bit.startsWith(prefix)).toList();
        if (!found.isEmpty()) {
            out.array(name);
            found.forEach(bit -> out.add(bit.substring(prefix.length())));
            out.end();
        }
    }
}
