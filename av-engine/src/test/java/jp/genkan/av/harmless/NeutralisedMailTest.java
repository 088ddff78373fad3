package jp.genkan.av.harmless;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import jp.genkan.av.harmless.Outcome.State;
import jp.genkan.protocols.mime.MailAnomaly;
import jp.genkan.protocols.mime.MailListener;
import jp.genkan.protocols.mime.MailParser;
import jp.genkan.protocols.mime.MailPart;
import org.junit.jupiter.api.Test;

class NeutralisedMailTest {
    private static final int MAILS = 100;
    private static final int MUTANTS = 60;
    private static final Wire.Kind[] KINDS = {
        Wire.Kind.SMTP_DATA, Wire.Kind.SMTP_BDAT, Wire.Kind.POP3, Wire.Kind.IMAP_LITERAL
    };

    @Test
    void infectedMailsOfManyShapesAreHarmlessAtTheSameLengthAndOtherPartsStay() {
        for (long seed = 0; seed < MAILS; seed++) {
            MailMaker maker = new MailMaker(seed);
            byte[] mail = maker.mail(true);
            byte[] wire = MailMaker.stuffed(mail);
            Outcome outcome = Viruses.neutralise(Wire.of(Wire.Kind.SMTP_DATA, wire));
            assertThat(outcome.state()).as("seed %d%n%s", seed, latin(wire)).isEqualTo(State.HARMLESS);
            assertThat(outcome.octets()).as("seed %d", seed).hasSize(wire.length);
            checkLines(wire, outcome.octets(), seed);
            byte[] after = unstuffed(outcome.octets());
            assertThat(Viruses.isInfected(after)).as("seed %d", seed).isFalse();
            assertThat(paths(after)).as("seed %d%n%s", seed, latin(after)).isEqualTo(paths(mail));
            for (byte[] clean : maker.clean()) {
                assertThat(latin(after)).as("seed %d", seed).contains(latin(clean));
            }
        }
    }

    @Test
    void cleanMailsStayOctetForOctet() {
        for (long seed = 0; seed < MAILS; seed++) {
            byte[] wire = MailMaker.stuffed(new MailMaker(seed).mail(false));
            Outcome outcome = Viruses.neutralise(Wire.of(Wire.Kind.SMTP_DATA, wire));
            assertThat(outcome.state()).isEqualTo(State.CLEAN);
            assertThat(outcome.octets()).isEqualTo(wire);
            assertThat(outcome.replaced()).isEmpty();
        }
    }

    @Test
    void brokenMailsAreHarmlessOrImpossibleAtTheSameLength() {
        int harmless = 0;
        for (long seed = 0; seed < MUTANTS; seed++) {
            Random random = new Random(seed);
            MailMaker maker = new MailMaker(seed % 97);
            byte[] wire = mutated(MailMaker.stuffed(maker.mail(true)), random);
            for (Wire.Kind kind : KINDS) {
                Outcome outcome = new Neutraliser().attempt(Wire.of(kind, wire), Viruses.JUDGE, Viruses.NOTICE, null);
                if (outcome.state() == State.HARMLESS) {
                    harmless++;
                    assertThat(outcome.octets()).as("seed %d", seed).hasSameSizeAs(wire);
                    assertThat(Viruses.isInfected(outcome.octets()))
                            .as("seed %d %s", seed, kind)
                            .isFalse();
                    assertThat(new Neutraliser()
                                    .attempt(Wire.of(kind, outcome.octets()), Viruses.JUDGE, Viruses.NOTICE, null)
                                    .state())
                            .as("seed %d", seed)
                            .isEqualTo(State.CLEAN);
                }
            }
        }
        assertThat(harmless).isGreaterThan(MUTANTS);
    }

    /** Some octets changed, pieces taken out, doubled and moved. */
    private static byte[] mutated(byte[] wire, Random random) {
        StringBuilder text = new StringBuilder(latin(wire));
        int changes = 1 + random.nextInt(6);
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(text.length());
            int to = Math.min(text.length(), at + random.nextInt(200));
            switch (random.nextInt(5)) {
                case 0 -> text.setCharAt(at, (char) random.nextInt(256));
                case 1 -> text.delete(at, Math.min(to, text.length() - 1));
                case 2 -> text.insert(random.nextInt(text.length()), text.substring(at, to));
                case 3 -> text.insert(at, "\r\n".substring(random.nextInt(2)));
                default -> text.setLength(Math.max(1, random.nextInt(10) == 0 ? at : text.length()));
            }
        }
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String latin(byte[] octets) {
        return new String(octets, StandardCharsets.ISO_8859_1);
    }

    /** A line that ends the mail stays the only one; lines are legal. */
    private static void checkLines(byte[] before, byte[] after, long seed) {
        assertThat(latin(after)).as("seed %d", seed).endsWith("\r\n.\r\n");
        assertThat(latin(after).substring(0, after.length - 5))
                .as("seed %d", seed)
                .doesNotContain("\r\n.\r\n");
        for (String line : latin(after).split("\r\n", -1)) {
            assertThat(line.length()).as("seed %d: %s", seed, line).isLessThanOrEqualTo(998);
            assertThat(line).doesNotContain("\r").doesNotContain("\n");
            if (line.startsWith(".") && !line.equals(".")) {
                assertThat(line).as("seed %d", seed).startsWith("..");
            }
        }
        assertThat(after).hasSameSizeAs(before);
    }

    private static byte[] unstuffed(byte[] wire) {
        String text = latin(wire);
        String mail = text.substring(0, text.length() - 3);
        return (mail.startsWith(".") ? mail.substring(1) : mail)
                .replace("\n..", "\n.")
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private static List<String> paths(byte[] mail) {
        List<String> paths = new ArrayList<>();
        MailParser parser = new MailParser(new MailListener() {
            @Override
            public void partBegins(MailPart part) {
                if (part.kind() != MailPart.Kind.EMBEDDED) {
                    paths.add(part.kind() + " " + part.path());
                }
            }

            @Override
            public void partOctets(MailPart part, byte[] octets, int from, int to) {}

            @Override
            public void partGap(MailPart part, long missing) {}

            @Override
            public void partEnds(MailPart part) {}

            @Override
            public void anomaly(MailAnomaly anomaly) {}
        });
        parser.feed(mail, 0, mail.length);
        parser.end(true);
        return paths;
    }
}
