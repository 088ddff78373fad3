package jp.genkan.protocols.file;

import com.code_intelligence.jazzer.junit.FuzzTest;

class MagicTypeFuzzTest {
    @FuzzTest
    void namesAnything(byte[] octets) {
        MagicType.of(octets, 0, octets.length);
    }
}
