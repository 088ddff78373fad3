package jp.genkan.appcontrol.signature;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;
import jp.genkan.appcontrol.signature.Condition.Base;
import jp.genkan.appcontrol.signature.Condition.Width;
import org.junit.jupiter.api.Test;

class SignatureTest {
    private final Payload payload = new Payload();

    private Payload hex(String octets) {
        payload.take(HexFormat.of().parseHex(octets), 17, true, 40_000, 5000, 1);
        return payload;
    }

    private static Condition octets(int offset, String text, boolean ignoreCase) {
        return new Condition.Octets(offset, OctetPattern.parse('"' + text + '"' + (ignoreCase ? "i" : "")));
    }

    @Test
    void readsNumbersInBothOrders() {
        hex("0102030405");
        assertThat(payload.u16(0)).isEqualTo(0x0102);
        assertThat(payload.u16le(0)).isEqualTo(0x0201);
        assertThat(payload.u24(1)).isEqualTo(0x020304);
        assertThat(payload.u24le(1)).isEqualTo(0x040302);
        assertThat(payload.u32(1)).isEqualTo(0x02030405);
        assertThat(payload.u32le(1)).isEqualTo(0x05040302);
        assertThat(payload.u8(5)).isEqualTo(Payload.NONE);
        assertThat(payload.u16(4)).isEqualTo(Payload.NONE);
        assertThat(payload.u32(-1)).isEqualTo(Payload.NONE);
    }

    @Test
    void whatLiesBeyondTheEndDoesNotHold() {
        hex("00");
        assertThat(new Condition.Value(Width.U16, 0, 0xffff, Base.ZERO, 0, 0xffff, false).holds(payload))
                .isFalse();
        assertThat(new Condition.Value(Width.U16, 0, 0xffff, Base.ZERO, 1, 1, true).holds(payload))
                .isFalse();
        assertThat(octets(-2, "ab", false).holds(payload)).isFalse();
        assertThat(octets(1, "a", false).holds(payload)).isFalse();
    }

    @Test
    void comparesWithTheLength() {
        Condition tellsLength = new Condition.Value(Width.U16, 0, 0xffff, Base.LENGTH, -2, -2, false);
        assertThat(tellsLength.holds(hex("0003aabbcc"))).isTrue();
        assertThat(tellsLength.holds(hex("0004aabbcc"))).isFalse();
    }

    @Test
    void findsTextWithoutRegardToCase() {
        payload.take("NOTIFY * HTTP/1.1".getBytes(StandardCharsets.US_ASCII), 17, true, 1, 1900, 1);
        assertThat(octets(0, "notify", true).holds(payload)).isTrue();
        assertThat(octets(0, "notify", false).holds(payload)).isFalse();
    }

    @Test
    void ofSeveralTheHeaviestIsMeant() {
        Signature light = signature(1, octets(0, "AB", false));
        Signature heavy = signature(2, octets(0, "ABCD", false));
        SignatureIndex index = new SignatureIndex(List.of(light, heavy));
        payload.take("ABCD".getBytes(StandardCharsets.US_ASCII), 17, true, 1, 2, 1);
        assertThat(index.get(index.match(payload, number -> {})).application()).isEqualTo(2);
        payload.take("ABXY".getBytes(StandardCharsets.US_ASCII), 17, true, 1, 2, 1);
        assertThat(index.get(index.match(payload, number -> {})).application()).isEqualTo(1);
        payload.take("ABXY".getBytes(StandardCharsets.US_ASCII), 6, true, 1, 2, 1);
        assertThat(index.match(payload, number -> {})).isEqualTo(-1);
    }

    private static Signature signature(int application, Condition... conditions) {
        return new Signature(
                application,
                0,
                Signature.Transport.UDP,
                List.of(new Signature.Step(Signature.Way.ANY, List.of(conditions))),
                Signature.Strength.SURE);
    }

    /** The index against asking every signature, under a printed seed. */
    @Test
    void findsWhatAskingEverySignatureFinds() {
        long seed = System.nanoTime();
        RandomGenerator random = new java.util.Random(seed);
        List<Signature> all = new ArrayList<>();
        for (int i = 1; i <= 300; i++) {
            all.add(signature(i, randomCondition(random), randomCondition(random)));
        }
        SignatureIndex index = new SignatureIndex(all);
        for (int i = 0; i < 20_000; i++) {
            byte[] octets = new byte[random.nextInt(1, 8)];
            random.nextBytes(octets);
            for (int k = 0; k < octets.length; k++) {
                octets[k] &= 3;
            }
            payload.take(octets, 17, random.nextBoolean(), random.nextInt(4), random.nextInt(4), 1);
            int best = -1;
            for (Signature signature : all) {
                if (signature.test(0, payload, payload.toServer()) == Signature.Answer.HOLDS) {
                    best = Math.max(best, signature.weight());
                }
            }
            int found = index.match(payload, number -> {});
            assertThat(found < 0 ? -1 : index.get(found).weight())
                    .as("seed " + seed)
                    .isEqualTo(best);
        }
    }

    private static Condition randomCondition(RandomGenerator random) {
        return switch (random.nextInt(5)) {
            case 0 -> new Condition.Octets(random.nextInt(3), OctetPattern.parse("x0" + random.nextInt(4)));
            case 1 ->
                new Condition.Value(
                        Width.U8, random.nextInt(3), 0xff, Base.ZERO, random.nextInt(3), 3, random.nextBoolean());
            case 2 -> new Condition.Value(Width.U16, 0, 0xffff, Base.ZERO, random.nextInt(4) << 8, 0x0303, false);
            case 3 -> new Condition.Length(random.nextInt(4), 7);
            default -> new Condition.Ports(random.nextInt(4), 3);
        };
    }
}
