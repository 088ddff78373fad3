package jp.genkan.access.reputation;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

class ListReaderFuzzTest {
    @FuzzTest
    void compilesWhateverAFileHolds(byte[] file) {
        ListLimits limits = new ListLimits(1 << 16, 1_000, 4, 5);
        try {
            ListReader.Result result = ListReader.read(Path.of("fuzz"), file, limits);
            ReputationList list = new ReputationList("fuzz", Path.of("fuzz"), ListAction.BLOCK, ListDirection.BOTH);
            RangeTable table = RangeTable.compile(List.of(list), List.of(result.entries()), ListDirection.FROM_OUTSIDE);
            int match = table.find(0, 0xffff_c000_0201L);
            if (match != RangeTable.NOT_LISTED && !table.entry(match).contains(0, 0xffff_c000_0201L)) {
                throw new AssertionError("entry " + table.entry(match) + " does not hold 192.0.2.1");
            }
        } catch (IOException beyondLimits) {
            // a typed refusal
        }
    }
}
