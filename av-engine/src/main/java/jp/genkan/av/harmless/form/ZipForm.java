package jp.genkan.av.harmless.form;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import jp.genkan.av.harmless.explain.Explanation;
import org.jspecify.annotations.Nullable;

/** An archive with a text, and documents that are archives (ECMA-376). Stateless. */
final class ZipForm {
    private static final String TEXT_NAME = "virus-removed.txt";
    private static final String XML = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
    private static final String PACKAGE = "http://schemas.openxmlformats.org/package/2006/";
    private static final String OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private static final String TYPE = "application/vnd.openxmlformats-officedocument.";

    private ZipForm() {}

    /** An archive with a text; null when there is no room for one. */
    static byte @Nullable [] archive(Explanation explanation, int length) {
        int room = length - StoredZip.overhead(List.of(TEXT_NAME));
        if (room < 0) {
            return null;
        }
        StoredZip zip = new StoredZip();
        zip.add(TEXT_NAME, TextForm.of(explanation, room, TextForm.Letters.MARKED_UTF8));
        return zip.octets();
    }

    /** A text document; null when there is no room for one. */
    static byte @Nullable [] document(Explanation explanation, int length) {
        StringBuilder body = new StringBuilder(XML);
        body.append("<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>");
        for (String line : lines(explanation)) {
            body.append("<w:p><w:r><w:t xml:space=\"preserve\">")
                    .append(HtmlForm.escape(line))
                    .append("</w:t></w:r></w:p>\n");
        }
        body.append("<w:sectPr/></w:body></w:document>\n");
        String types = types(List.of("word/document.xml"), List.of("wordprocessingml.document.main+xml"));
        return packed(
                List.of("[Content_Types].xml", "_rels/.rels", "word/document.xml"),
                List.of(types, relation("officeDocument", "word/document.xml"), body.toString()),
                length);
    }

    /** A sheet; null when there is no room for one. */
    static byte @Nullable [] sheet(Explanation explanation, int length) {
        String main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
        StringBuilder sheet = new StringBuilder(XML);
        sheet.append("<worksheet xmlns=\"").append(main).append("\"><sheetData>");
        for (String line : lines(explanation)) {
            sheet.append("<row><c t=\"inlineStr\"><is><t xml:space=\"preserve\">")
                    .append(HtmlForm.escape(line))
                    .append("</t></is></c></row>\n");
        }
        sheet.append("</sheetData></worksheet>\n");
        String book = XML + "<workbook xmlns=\"" + main + "\" xmlns:r=\"" + OFFICE
                + "\"><sheets><sheet name=\"virus\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>\n";
        String types = types(
                List.of("xl/workbook.xml", "xl/worksheets/sheet1.xml"),
                List.of("spreadsheetml.sheet.main+xml", "spreadsheetml.worksheet+xml"));
        return packed(
                List.of(
                        "[Content_Types].xml",
                        "_rels/.rels",
                        "xl/workbook.xml",
                        "xl/_rels/workbook.xml.rels",
                        "xl/worksheets/sheet1.xml"),
                List.of(
                        types,
                        relation("officeDocument", "xl/workbook.xml"),
                        book,
                        relation("worksheet", "worksheets/sheet1.xml"),
                        sheet.toString()),
                length);
    }

    private static List<String> lines(Explanation explanation) {
        return explanation.texts().getFirst().lines().toList();
    }

    private static String types(List<String> parts, List<String> contents) {
        StringBuilder types = new StringBuilder(XML);
        types.append("<Types xmlns=\"").append(PACKAGE).append("content-types\">");
        types.append(
                "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>");
        for (int i = 0; i < parts.size(); i++) {
            types.append("<Override PartName=\"/").append(parts.get(i)).append("\" ContentType=\"");
            types.append(TYPE).append(contents.get(i)).append("\"/>");
        }
        return types.append("</Types>\n").toString();
    }

    private static String relation(String type, String target) {
        return XML + "<Relationships xmlns=\"" + PACKAGE + "relationships\"><Relationship Id=\"r1\" Type=\"" + OFFICE
                + "/" + type + "\" Target=\"" + target + "\"/></Relationships>\n";
    }

    /** Blanks behind the last part's end fill the archive up. */
    private static byte @Nullable [] packed(List<String> names, List<String> parts, int length) {
        int room = length - StoredZip.overhead(names);
        List<byte[]> octets = new ArrayList<>();
        for (String part : parts) {
            byte[] made = part.getBytes(StandardCharsets.UTF_8);
            octets.add(made);
            room -= made.length;
        }
        if (room < 0) {
            return null;
        }
        byte[] last = octets.getLast();
        byte[] padded = Arrays.copyOf(last, last.length + room);
        TextForm.pad(padded, last.length, padded.length);
        StoredZip zip = new StoredZip();
        for (int i = 0; i < names.size(); i++) {
            zip.add(names.get(i), i == names.size() - 1 ? padded : octets.get(i));
        }
        return zip.octets();
    }
}
