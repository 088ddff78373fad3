package jp.genkan.protocols.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import jp.genkan.core.frame.Address;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RangeJoinerTest {
    private static final Address CLIENT = Address.parse("192.168.0.10");
    private static final RangeJoiner.Limits LIMITS = new RangeJoiner.Limits(4, 10_000, 1_000);

    private static final class Whole implements JoinedFile {
        final ByteArrayOutputStream octets = new ByteArrayOutputStream();

        @Nullable
        String end;

        @Override
        public void octets(byte[] from, int first, int behind) {
            assertThat(end).isNull();
            octets.write(from, first, behind - first);
        }

        @Override
        public void complete() {
            assertThat(end).isNull();
            end = "complete";
        }

        @Override
        public void abandoned() {
            assertThat(end).isNull();
            end = "abandoned";
        }
    }

    private final RangeJoiner joiner = new RangeJoiner(LIMITS);
    private final List<Whole> wholes = new ArrayList<>();

    private RangeJoiner.Part begin(String resource, long start, long size, long now) {
        return Objects.requireNonNull(tryToBegin(resource, start, size, now));
    }

    private RangeJoiner.@Nullable Part tryToBegin(String resource, long start, long size, long now) {
        return joiner.begin(CLIENT, resource, start, size, now, () -> {
            wholes.add(new Whole());
            return wholes.getLast();
        });
    }

    @Test
    void joinsPartsAsAnArrayWould() {
        Random random = new Random(20261125);
        for (int round = 0; round < 500; round++) {
            wholes.clear();
            byte[] file = new byte[1 + random.nextInt(2000)];
            random.nextBytes(file);
            boolean[] seen = new boolean[file.length];
            record Sending(RangeJoiner.Part part, int from, int to) {}
            List<Sending> sendings = new ArrayList<>();
            int count = 0;
            while (wholes.isEmpty() || wholes.getFirst().end == null) {
                if (sendings.isEmpty() || random.nextInt(4) == 0) {
                    int from = random.nextInt(file.length);
                    RangeJoiner.Part part = begin("a" + round, from, file.length, 0);
                    sendings.add(
                            new Sending(part, from, Math.min(file.length, from + 1 + random.nextInt(file.length))));
                }
                int which = random.nextInt(sendings.size());
                Sending sending = sendings.remove(which);
                int to = Math.min(sending.to(), sending.from() + 1 + random.nextInt(200));
                byte[] piece = Arrays.copyOfRange(file, sending.from(), to);
                if (random.nextInt(10) == 0) {
                    sending.part().onGap(piece.length);
                } else {
                    Arrays.fill(seen, sending.from(), to, true);
                    sending.part().onOctets(piece, 0, piece.length, 0);
                }
                if (to < sending.to()) {
                    sendings.add(new Sending(sending.part(), to, sending.to()));
                }
                boolean whole = true;
                for (boolean one : seen) {
                    whole &= one;
                }
                assertThat(wholes.getFirst().end).isEqualTo(whole ? "complete" : null);
                assertThat(joiner.memory()).isBetween(0L, LIMITS.octetsMax());
                assertThat(++count).isLessThan(1_000_000);
            }
            assertThat(wholes.getFirst().octets.toByteArray()).isEqualTo(file);
            assertThat(joiner.files()).isZero();
            assertThat(joiner.memory()).isZero();
        }
    }

    @Test
    void keepsNothingOfPartsThatComeInOrder() {
        byte[] octets = new byte[8_000];
        for (int at = 0; at < 100_000; at += octets.length) {
            begin("a", at, 100_000, 0).onOctets(octets, 0, Math.min(octets.length, 100_000 - at), 0);
            assertThat(joiner.memory()).isZero();
        }
        assertThat(wholes).hasSize(1);
        assertThat(wholes.getFirst().end).isEqualTo("complete");
    }

    @Test
    void tellsFilesApartByClientNameAndSize() {
        begin("a", 0, 10, 0);
        begin("b", 0, 10, 0);
        begin("a", 0, 11, 0);
        joiner.begin(Address.parse("192.168.0.11"), "a", 0, 10, 0, Whole::new);
        assertThat(joiner.files()).isEqualTo(4);
        begin("a", 5, 10, 0);
        assertThat(joiner.files()).isEqualTo(4);
    }

    @Test
    void givesUpTheFileThatWasTouchedLongestAgo() {
        RangeJoiner.Part first = begin("0", 0, 10, 0);
        for (int number = 1; number < 4; number++) {
            begin("" + number, 0, 10, 0);
        }
        first.onOctets(new byte[1], 0, 1, 5);
        begin("4", 0, 10, 10);
        assertThat(wholes.get(0).end).isNull();
        assertThat(wholes.get(1).end).isEqualTo("abandoned");
        assertThat(joiner.files()).isEqualTo(4);
        assertThat(joiner.abandoned()).isEqualTo(1);
    }

    @Test
    void givesUpSilentFiles() {
        RangeJoiner.Part part = begin("0", 0, 10, 0);
        joiner.expire(1_000);
        assertThat(joiner.files()).isEqualTo(1);
        joiner.expire(1_001);
        assertThat(wholes.getFirst().end).isEqualTo("abandoned");
        part.onOctets(new byte[10], 0, 10, 1_001);
        assertThat(wholes.getFirst().octets.size()).isZero();
    }

    @Test
    void givesUpAFileThatWaitsForTooMuch() {
        RangeJoiner.Part part = begin("0", 1, 100_000, 0);
        byte[] octets = new byte[900];
        for (int count = 0; count < 20; count++) {
            part.onOctets(octets, 0, octets.length, 0);
            assertThat(joiner.memory()).isLessThanOrEqualTo(LIMITS.octetsMax());
        }
        assertThat(wholes.getFirst().end).isEqualTo("abandoned");
        assertThat(joiner.memory()).isZero();
    }

    @Test
    void givesUpAFileInTooManyPieces() {
        RangeJoiner roomy = new RangeJoiner(new RangeJoiner.Limits(4, 1_000_000, 1_000));
        wholes.add(new Whole());
        for (int piece = 0; piece <= RangeRuns.RUNS_MAX; piece++) {
            assertThat(roomy.files()).isEqualTo(piece == 0 ? 0 : 1);
            RangeJoiner.Part part = roomy.begin(CLIENT, "0", 1 + 2L * piece, 100_000, 0, wholes::getFirst);
            Objects.requireNonNull(part).onOctets(new byte[1], 0, 1, 0);
        }
        assertThat(wholes.getFirst().end).isEqualTo("abandoned");
    }

    @Test
    void refusesPartsThatMakeNoSense() {
        assertThat(tryToBegin("a", -1, 10, 0)).isNull();
        assertThat(tryToBegin("a", 10, 10, 0)).isNull();
        assertThat(tryToBegin("a", 0, 0, 0)).isNull();
        assertThat(tryToBegin("a".repeat(RangeJoiner.RESOURCE_LENGTH_MAX + 1), 0, 10, 0))
                .isNull();
        assertThat(joiner.files()).isZero();
    }

    @Test
    void ignoresOctetsBeyondTheSize() {
        begin("a", 5, 10, 0).onOctets(new byte[100], 0, 100, 0);
        begin("a", 0, 10, 0).onOctets(new byte[100], 0, 100, 0);
        assertThat(wholes.getFirst().end).isEqualTo("complete");
        assertThat(wholes.getFirst().octets.size()).isEqualTo(10);
        begin("b", Long.MAX_VALUE - 1, Long.MAX_VALUE, 0).onOctets(new byte[100], 0, 100, 0);
        assertThat(joiner.files()).isEqualTo(1);
    }
}
