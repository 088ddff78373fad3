package jp.genkan.av.heuristic;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.List;
import jp.genkan.av.content.Content;
import jp.genkan.av.scan.FileFacts;

class HeuristicsFuzzTest {
    private static final String[] NAMES = {
        "M.bas", "a.rels", "command line", "actions", "Equation Native", "a.html", "template"
    };
    private static final String[] FORMATS = {"ole2", "zip", "lnk", "pdf", "rtf", "onenote", "mail"};

    @FuzzTest
    void looksAtAnything(byte[] octets) {
        String name = octets.length == 0 ? "" : NAMES[(octets[0] & 0xff) % NAMES.length];
        String given = name.isEmpty() ? new String(octets, StandardCharsets.UTF_8) : name;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate(Math.max(1, octets.length)).asSlice(0, octets.length);
            memory.copyFrom(MemorySegment.ofArray(octets));
            for (String format : FORMATS) {
                FileFacts facts = new FileFacts(given, null, List.of("c"), List.of(format), List.of(), Long.MAX_VALUE);
                new Heuristics(HeuristicPolicy.defaults()).matcher().match(new Content(memory), facts, found -> {});
            }
        }
    }
}
