package jp.genkan.testbed.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.SplittableRandom;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Files and mails with the harmless test virus in them, and without. */
final class Viruses {
    /** What every antivirus takes for a virus. */
    static final byte[] EICAR = ("X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-" + "ANTIVIRUS-TEST-FILE!$H+H*")
            .getBytes(StandardCharsets.US_ASCII);

    static final byte[] CLEAN = "nothing of interest".getBytes(StandardCharsets.US_ASCII);

    private static final String TEXT = new String(EICAR, StandardCharsets.US_ASCII);
    private static final String ENCODED =
            Base64.getEncoder().encodeToString(EICAR).substring(0, 60);

    private Viruses() {}

    /** Octets that do not compress, different for each seed. */
    static byte[] noise(int seed, int length) {
        byte[] octets = new byte[length];
        new SplittableRandom(seed).nextBytes(octets);
        return octets;
    }

    /** An archive of noise, with another member behind it. */
    static byte[] archive(int seed, int noise, byte[] last) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.setLevel(Deflater.NO_COMPRESSION); // so that what is in it can be found
            zip.putNextEntry(new ZipEntry("noise.bin"));
            zip.write(noise(seed, noise));
            zip.closeEntry();
            zip.putNextEntry(new ZipEntry("inner/last.txt"));
            zip.write(last);
            zip.closeEntry();
        }
        return out.toByteArray();
    }

    /** A mail with a text and two attachments. */
    static String mail(String subject, byte[] first, byte[] second) {
        String mail = """
                From: Sender <sender@genkan.test>
                To: Receiver <receiver@genkan.test>
                Subject: SUBJECT
                Message-ID: <SUBJECT@genkan.test>
                MIME-Version: 1.0
                Content-Type: multipart/mixed; boundary="between"

                --between
                Content-Type: text/plain; charset=utf-8

                Good morning.
                .A line that begins with a dot.
                ..Another.
                --between
                Content-Type: application/octet-stream; name="first.bin"
                Content-Transfer-Encoding: base64
                Content-Disposition: attachment; filename="first.bin"

                FIRST
                --between
                Content-Type: application/zip; name="second.zip"
                Content-Transfer-Encoding: base64
                Content-Disposition: attachment; filename="second.zip"

                SECOND
                --between--
                """.replace("SUBJECT", subject).replace("\n", "\r\n");
        Base64.Encoder encoder = Base64.getMimeEncoder();
        return mail.replace("FIRST", encoder.encodeToString(first)).replace("SECOND", encoder.encodeToString(second));
    }

    /** What stands between the lines of a mail's boundary: text, first, second, with lines as they are in mails. */
    static String part(String mail, int number) {
        String[] parts = mail.replace("\r", "").split("--between\n|--between--\n", -1);
        assertThat(parts).as("parts of the mail").hasSizeGreaterThan(number);
        return parts[number];
    }

    /** Nothing of the virus is left. */
    static void assertGone(String what, byte[] octets) {
        String text = new String(octets, StandardCharsets.ISO_8859_1);
        assertThat(text.contains(TEXT)).as("%s has the virus", what).isFalse();
        assertThat(text.contains(ENCODED)).as("%s has the virus, encoded", what).isFalse();
    }
}
