package jp.genkan.av.harmless;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import jp.genkan.av.harmless.Outcome.State;

class NeutraliserFuzzTest {
    /** A virus that a fuzzer finds. */
    private static final String MARK = "!V";

    private static final Judge JUDGE = (octets, from, to, name, formats, passwords) -> {
        boolean isMarked = new String(octets, from, to - from, StandardCharsets.ISO_8859_1).contains(MARK);
        return isMarked
                ? Viruses.JUDGE.look(Viruses.EICAR, 0, Viruses.EICAR.length, null, formats, passwords)
                : Viruses.JUDGE.look(octets, from, to, name, formats, passwords);
    };

    @FuzzTest
    void anything(byte[] octets) {
        if (octets.length == 0) {
            return;
        }
        Wire.Kind[] kinds = Wire.Kind.values();
        Wire wire = Wire.of(kinds[(octets[0] & 0xff) % kinds.length], Arrays.copyOfRange(octets, 1, octets.length));
        Outcome outcome = new Neutraliser().attempt(wire, JUDGE, Viruses.NOTICE, null);
        if (outcome.state() == State.IMPOSSIBLE) {
            return;
        }
        if (outcome.octets().length != wire.length()) {
            throw new AssertionError("another length");
        }
        Wire after = new Wire(outcome.octets(), 0, outcome.octets().length, wire.kind(), wire.about());
        if (new Neutraliser().attempt(after, JUDGE, Viruses.NOTICE, null).state() != State.CLEAN) {
            throw new AssertionError("not clean afterwards");
        }
    }
}
