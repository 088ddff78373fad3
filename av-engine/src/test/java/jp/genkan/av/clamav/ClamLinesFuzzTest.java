package jp.genkan.av.clamav;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import jp.genkan.av.pattern.PatternSetBuilder;
import jp.genkan.av.source.Problems;

class ClamLinesFuzzTest {
    private static final String[] FILES = {"a.ndb", "a.ldb", "a.cdb", "a.ign2", "a.ftm"};

    @FuzzTest
    void readsAnyLines(byte[] octets) throws IOException {
        for (String file : FILES) {
            new ClamCompiler(new PatternSetBuilder(), new Problems()).add(file, new ByteArrayInputStream(octets));
        }
    }
}
