package jp.genkan.av.hash;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import jp.genkan.av.source.Problems;

class HashFilesFuzzTest {
    private static final String[] FILES = {"a.hdb", "a.mdb", "a.txt", "a.csv"};

    @FuzzTest
    void readsAnyLines(byte[] octets) throws IOException {
        for (String file : FILES) {
            try (HashTableBuilder builder = new HashTableBuilder(1)) {
                HashCompiler.read(new ByteArrayInputStream(octets), file, builder, new Problems());
                HashTableFile.inMemory(builder);
            }
        }
    }

    @FuzzTest
    void opensAnyFile(byte[] octets) {
        try {
            HashTableFile.table(MemorySegment.ofArray(octets), "fuzzed");
        } catch (IOException expected) {
            // broken files are compiled again
        }
    }
}
