package jp.genkan.av.harmless;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Mails of a seed: trees of parts, codings, line lengths, names in every way of writing them. */
final class MailMaker {
    private static final String[] NAMES = {
        "invoice.doc", "report.pdf.exe", "請求書.zip", "a.js", "写真 2026年.xlsm", "setup.exe"
    };

    private final Random random;
    private final List<byte[]> clean = new ArrayList<>();
    private int boundaries;
    private int infected;

    MailMaker(long seed) {
        random = new Random(seed);
    }

    /** A mail with CRLF; {@code virus} is in it at least once when it is wanted. */
    byte[] mail(boolean virus) {
        String part;
        do {
            clean.clear();
            infected = 0;
            part = part(0, virus);
        } while (virus && infected == 0);
        return ("From: =?utf-8?B?" + base64("山田 太郎")
                        + "?= <taro@example.jp>\r\nTo: hanako@example.com\r\nSubject: =?iso-2022-jp?B?GyRCJDMkcyRLJEEkTxsoQg==?=\r\n"
                        + "Date: Thu, 26 Nov 2026 12:00:00 +0900\r\nMIME-Version: 1.0\r\n" + part)
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Bodies of clean parts, as they stand in the mail. */
    List<byte[]> clean() {
        return clean;
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private String part(int depth, boolean virus) {
        int kind = random.nextInt(10);
        if (depth < 4 && (kind < 4 || depth == 0 && kind < 8)) {
            return multipart(depth, virus);
        }
        if (depth > 0 && depth < 4 && kind == 4) {
            return "Content-Type: message/rfc822\r\n\r\nSubject: inner\r\nFrom: x@example.com\r\n"
                    + part(depth + 1, virus);
        }
        return leaf(virus && random.nextInt(3) == 0);
    }

    private String multipart(int depth, boolean virus) {
        String boundary = "=_b" + boundaries++ + "_" + Integer.toHexString(random.nextInt());
        StringBuilder all = new StringBuilder();
        all.append("Content-Type: multipart/").append(random.nextBoolean() ? "mixed" : "related");
        all.append(random.nextBoolean() ? ";\r\n\tboundary=\"" : "; boundary=\"")
                .append(boundary)
                .append("\"\r\n\r\n");
        all.append(random.nextBoolean() ? "This is a mail in parts.\r\n" : "");
        int parts = 1 + random.nextInt(4);
        for (int i = 0; i < parts; i++) {
            all.append("\r\n--").append(boundary).append("\r\n").append(part(depth + 1, virus));
        }
        all.append("\r\n--").append(boundary).append("--\r\n");
        return all.append(random.nextInt(3) == 0 ? "epilogue\r\n" : "").toString();
    }

    private String leaf(boolean virus) {
        byte[] content = virus ? virus() : text(random.nextInt(3000));
        String name = NAMES[random.nextInt(NAMES.length)];
        StringBuilder header = new StringBuilder();
        boolean isNamed = virus || random.nextBoolean();
        if (isNamed) {
            header.append("Content-Type: application/octet-stream")
                    .append(nameParameter("name", name))
                    .append("\r\n");
            header.append("Content-Disposition: attachment")
                    .append(nameParameter("filename", name))
                    .append("\r\n");
        } else {
            header.append("Content-Type: text/plain; charset=us-ascii\r\n");
        }
        int coding = random.nextInt(4);
        boolean isBinary = !isText(content);
        String body;
        if (coding == 0 || coding > 1 && isBinary) {
            header.append("Content-Transfer-Encoding: base64\r\n");
            body = wrapped(Base64.getEncoder().encodeToString(content), random.nextInt(4) == 0 ? 60 : 76);
        } else if (coding == 1) {
            header.append("Content-Transfer-Encoding: quoted-printable\r\n");
            body = quoted(content);
        } else if (coding == 2 && isNamed) {
            body = uu(name, content);
        } else {
            header.append(random.nextBoolean() ? "Content-Transfer-Encoding: 7bit\r\n" : "");
            body = latin(content);
        }
        if (virus) {
            infected++;
        } else {
            clean.add(body.getBytes(StandardCharsets.ISO_8859_1));
        }
        return header + "\r\n" + body;
    }

    private static String latin(byte[] octets) {
        return new String(octets, StandardCharsets.ISO_8859_1);
    }

    private static boolean isText(byte[] content) {
        for (byte octet : content) {
            if (octet < 0 || octet < ' ' && octet != '\r' && octet != '\n') {
                return false;
            }
        }
        return true;
    }

    private String nameParameter(String parameter, String name) {
        boolean isAscii = name.chars().allMatch(c -> c < 0x80);
        if (isAscii) {
            return random.nextBoolean()
                    ? "; " + parameter + "=\"" + name + "\""
                    : ";\r\n " + parameter + "=\"" + name + "\"";
        }
        if (random.nextBoolean()) {
            return ";\r\n " + parameter + "=\"=?utf-8?B?" + base64(name) + "?=\"";
        }
        StringBuilder encoded = new StringBuilder();
        for (byte octet : name.getBytes(StandardCharsets.UTF_8)) {
            encoded.append(String.format("%%%02X", octet & 0xff));
        }
        int half = encoded.length() / 6 * 3;
        return random.nextBoolean()
                ? ";\r\n " + parameter + "*=utf-8''" + encoded
                : ";\r\n " + parameter + "*0*=utf-8''" + encoded.substring(0, half) + ";\r\n " + parameter + "*1*="
                        + encoded.substring(half);
    }

    private byte[] text(int length) {
        StringBuilder text = new StringBuilder();
        while (text.length() < length) {
            int words = random.nextInt(12);
            text.append(random.nextInt(9) == 0 ? "." : "");
            for (int i = 0; i < words; i++) {
                text.append(Integer.toString(random.nextInt(), 36).replace('-', ' '))
                        .append(' ');
            }
            text.append("end=\r\n");
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private byte[] virus() {
        try {
            return switch (random.nextInt(5)) {
                case 0 -> Viruses.EICAR;
                case 1 -> gzip(Viruses.EICAR);
                case 2 -> zip("eicar.com", Viruses.EICAR, "readme.txt", text(600));
                case 3 -> zip("inner.zip", zip("virus.exe", Viruses.EICAR), "b.txt", text(300));
                default -> (latin(Viruses.EICAR) + "\r\n").getBytes(StandardCharsets.US_ASCII);
            };
        } catch (IOException never) {
            throw new UncheckedIOException(never);
        }
    }

    static byte[] gzip(byte[] octets) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(octets);
        }
        return out.toByteArray();
    }

    /** Names and contents in turn. */
    static byte[] zip(Object... members) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (int i = 0; i < members.length; i += 2) {
                zip.putNextEntry(new ZipEntry((String) members[i]));
                zip.write((byte[]) members[i + 1]);
                zip.closeEntry();
            }
        }
        return out.toByteArray();
    }

    static String wrapped(String text, int width) {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < text.length(); i += width) {
            lines.append(text, i, Math.min(text.length(), i + width)).append("\r\n");
        }
        return lines.toString();
    }

    private static String quoted(byte[] content) {
        StringBuilder out = new StringBuilder();
        int column = 0;
        for (int i = 0; i < content.length; i++) {
            int octet = content[i] & 0xff;
            if (column > 70) {
                out.append("=\r\n");
                column = 0;
            }
            if (octet == '\r' && i + 1 < content.length && content[i + 1] == '\n') {
                out.append("\r\n");
                column = 0;
                i++;
            } else if (octet > ' ' && octet < 0x7f && octet != '=') {
                out.append((char) octet);
                column++;
            } else {
                out.append(String.format("=%02X", octet));
                column += 3;
            }
        }
        return out.toString();
    }

    static String uu(String name, byte[] content) {
        String ascii = name.chars().allMatch(c -> c < 0x80) ? name : "file.bin";
        StringBuilder out = new StringBuilder("begin 644 " + ascii + "\r\n");
        for (int from = 0; from < content.length; from += 45) {
            int length = Math.min(45, content.length - from);
            out.append((char) (' ' + length));
            for (int i = 0; i < length; i += 3) {
                int bits = 0;
                for (int j = 0; j < 3; j++) {
                    bits = bits << 8 | (i + j < length ? content[from + i + j] & 0xff : 0);
                }
                for (int shift = 18; shift >= 0; shift -= 6) {
                    int six = bits >> shift & 63;
                    out.append((char) (six == 0 ? '`' : ' ' + six));
                }
            }
            out.append("\r\n");
        }
        return out.append("`\r\nend\r\n").toString();
    }

    /** As SMTP and POP3 send it. */
    static byte[] stuffed(byte[] mail) {
        String text = latin(mail);
        String dotted = (text.startsWith(".") ? "." : "") + text.replace("\n.", "\n..");
        return (dotted + (text.endsWith("\r\n") ? "" : "\r\n") + ".\r\n").getBytes(StandardCharsets.ISO_8859_1);
    }
}
