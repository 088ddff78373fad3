package jp.genkan.appcontrol.definition;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import jp.genkan.appcontrol.signature.Payload;

class DefinitionFuzzTest {
    @FuzzTest
    void compilesAndAsksWhateverAFileHolds(byte[] file) {
        AppNames names = new AppNames();
        DefinitionReader.Result result =
                new DefinitionReader("fuzz.app", names).read(new String(file, StandardCharsets.UTF_8));
        DefinitionSet set = new DefinitionSet(result.definitions(), names);
        Payload payload = new Payload();
        for (int protocol : new int[] {6, 17}) {
            payload.take(file, protocol, true, 40_000, 443, 1);
            set.signatures().match(payload, number -> set.signatures().get(number));
        }
        set.hosts().find(new String(file, StandardCharsets.ISO_8859_1));
        set.ofAgent(file);
        set.ofPath(file);
        set.ofAddress(0, 0xffff_c000_0201L);
    }
}
