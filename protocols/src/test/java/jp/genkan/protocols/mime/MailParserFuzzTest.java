package jp.genkan.protocols.mime;

import com.code_intelligence.jazzer.junit.FuzzTest;

class MailParserFuzzTest {
    @FuzzTest
    void readsWhateverAMailHolds(byte[] bytes) {
        ReadMail whole = ReadMail.of(bytes, Math.max(1, bytes.length));
        if (!ReadMail.of(bytes, 1).all().equals(whole.all())) {
            throw new AssertionError("pieces make a difference");
        }
        if (whole.parts().stream().anyMatch(part -> !part.over)) {
            throw new AssertionError("a part is left open");
        }
    }
}
