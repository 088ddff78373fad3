package jp.genkan.av.harmless.form;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import jp.genkan.av.harmless.explain.Explanation;
import org.jspecify.annotations.Nullable;

/** A document of one page (PDF 1.4). Its fonts are those that every reader has, none is embedded. Stateless. */
final class PdfForm {
    /** Japanese characters of a line at this size, and of a page. */
    private static final int COLUMNS = 38;

    private static final int LINES_MAX = 44;
    private static final String FONT_JAPANESE = "HeiseiKakuGo-W5";
    private static final int PAD_LINE = 72;

    private PdfForm() {}

    /** A document of this length; null when there is no room for one. */
    static byte @Nullable [] of(Explanation explanation, int length) {
        byte[] content = content(lines(explanation));
        List<byte[]> objects = objects(content);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        append(body, "%PDF-1.4\n%\u00e2\u00e3\u00cf\u00d3\n");
        List<Integer> offsets = new ArrayList<>();
        for (int i = 0; i < objects.size(); i++) {
            offsets.add(body.size());
            append(body, (i + 1) + " 0 obj\n");
            body.writeBytes(objects.get(i));
            append(body, "\nendobj\n");
        }
        StringBuilder table = new StringBuilder("xref\n0 " + (objects.size() + 1) + "\n0000000000 65535 f \n");
        for (int offset : offsets) {
            table.append(String.format(Locale.ROOT, "%010d 00000 n \n", offset));
        }
        table.append("trailer\n<< /Size ").append(objects.size() + 1).append(" /Root 1 0 R >>\nstartxref\n");
        int fixed = body.size() + table.length() + "\n%%EOF\n".length();
        int digits = 1;
        while (digits < 10
                && Integer.toString(Math.max(0, length - (fixed - body.size()) - digits))
                                .length()
                        != digits) {
            digits++;
        }
        int place = length - (fixed - body.size()) - digits;
        if (place < body.size()) {
            return null;
        }
        append(body, comment(place - body.size()));
        append(body, table + Integer.toString(place) + "\n%%EOF\n");
        byte[] all = body.toByteArray();
        return all.length == length ? all : null;
    }

    /** Lines that readers pass over. */
    private static String comment(int length) {
        StringBuilder lines = new StringBuilder(length);
        while (length - lines.length() > PAD_LINE + 1) {
            lines.append('%').append(" ".repeat(PAD_LINE - 2)).append('\n');
        }
        int rest = length - lines.length();
        if (rest == 1) {
            return lines.append('\n').toString();
        }
        return rest == 0
                ? lines.toString()
                : lines.append('%').append(" ".repeat(rest - 2)).append('\n').toString();
    }

    private static void append(ByteArrayOutputStream out, String text) {
        out.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static List<byte[]> objects(byte[] content) {
        List<String> texts = List.of(
                "<< /Type /Catalog /Pages 2 0 R >>",
                "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /J 5 0 R >> >> >>",
                "",
                "<< /Type /Font /Subtype /Type0 /BaseFont /" + FONT_JAPANESE
                        + " /Encoding /UniJIS-UTF16-H /DescendantFonts [6 0 R] >>",
                "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /" + FONT_JAPANESE
                        + " /CIDSystemInfo << /Registry (Adobe) /Ordering (Japan1) /Supplement 2 >> /DW 1000 /W [1 632 500] /FontDescriptor 7 0 R >>",
                "<< /Type /FontDescriptor /FontName /" + FONT_JAPANESE
                        + " /Flags 4 /FontBBox [-92 -250 1010 922] /ItalicAngle 0 /Ascent 752 /Descent -221 /CapHeight 737 /StemV 114 >>");
        List<byte[]> objects = new ArrayList<>();
        for (String text : texts) {
            objects.add(text.getBytes(StandardCharsets.ISO_8859_1));
        }
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        append(stream, "<< /Length " + content.length + " >>\nstream\n");
        stream.writeBytes(content);
        append(stream, "\nendstream");
        objects.set(3, stream.toByteArray());
        return objects;
    }

    private static List<String> lines(Explanation explanation) {
        List<String> lines = new ArrayList<>();
        for (Explanation.Words words : List.of(explanation.japanese(), explanation.english())) {
            wrap(words.title(), lines);
            lines.add("");
            wrap(words.reason(), lines);
            for (Explanation.Row row : words.rows()) {
                wrap("  " + row.label() + ": " + row.value(), lines);
            }
            lines.add("");
            for (String advice : words.advice()) {
                wrap(advice, lines);
            }
            lines.add("");
        }
        return lines.size() > LINES_MAX ? lines.subList(0, LINES_MAX) : lines;
    }

    private static void wrap(String text, List<String> lines) {
        int begin = 0;
        int width = 0;
        int space = -1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            width += c < 0x80 ? 1 : 2;
            if (c == ' ') {
                space = i;
            }
            if (width > 2 * COLUMNS) {
                int end = space > begin ? space + 1 : i;
                lines.add(text.substring(begin, end));
                begin = end;
                width = 0;
                i = end - 1;
                space = -1;
            }
        }
        lines.add(text.substring(begin));
    }

    private static byte[] content(List<String> lines) {
        StringBuilder content = new StringBuilder("BT\n/J 12 Tf\n17 TL\n56 780 Td\n");
        for (String line : lines) {
            content.append('<');
            byte[] octets = line.getBytes(StandardCharsets.UTF_16BE);
            for (byte octet : octets) {
                content.append(Character.toUpperCase(Character.forDigit(octet >> 4 & 15, 16)))
                        .append(Character.toUpperCase(Character.forDigit(octet & 15, 16)));
            }
            content.append("> Tj T*\n");
        }
        return Arrays.copyOf(content.append("ET").toString().getBytes(StandardCharsets.ISO_8859_1), content.length());
    }
}
