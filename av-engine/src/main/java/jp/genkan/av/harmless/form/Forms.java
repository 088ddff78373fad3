package jp.genkan.av.harmless.form;

import java.util.Arrays;
import java.util.Locale;
import jp.genkan.av.harmless.Replaced.Form;
import jp.genkan.av.harmless.coding.GzipStream;
import jp.genkan.av.harmless.explain.Explanation;
import org.jspecify.annotations.Nullable;

/** Makes files that explain themselves, of a kind and a length. Stateless. */
public final class Forms {
    private Forms() {}

    /**
     * A file.
     *
     * @param octets of it
     * @param form that it has: the one that was wanted, or what there is room for
     */
    @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
    public record Made(byte[] octets, Form form) {}

    /** A file of this form, or a text where there is no room for it. */
    public static Made of(Form form, Explanation explanation, int length) {
        byte[] made = made(form, explanation, length);
        if (made != null) {
            return new Made(made, form);
        }
        byte[] text = TextForm.of(explanation, length, TextForm.Letters.MARKED_UTF8);
        return new Made(text, isBlank(text) ? Form.BLANK : Form.TEXT);
    }

    private static byte @Nullable [] made(Form form, Explanation explanation, int length) {
        return switch (form) {
            case HTML -> HtmlForm.of(explanation, length);
            case SCRIPT -> script(explanation, length);
            case PDF -> PdfForm.of(explanation, length);
            case RTF -> RtfForm.of(explanation, length);
            case ZIP -> ZipForm.archive(explanation, length);
            case DOCX -> ZipForm.document(explanation, length);
            case XLSX -> ZipForm.sheet(explanation, length);
            case GZIP -> GzipStream.of(length, room -> TextForm.of(explanation, room, TextForm.Letters.MARKED_UTF8));
            case BLANK -> TextForm.padded(new byte[0], length);
            case TEXT -> null;
        };
    }

    private static byte @Nullable [] script(Explanation explanation, int length) {
        int room = length - 4;
        if (room < 0) {
            return null;
        }
        byte[] text = TextForm.of(explanation, room, TextForm.Letters.UTF8);
        for (int i = 0; i < text.length; i++) {
            text[i] = text[i] == '*' ? (byte) ' ' : text[i];
        }
        byte[] all = new byte[length];
        Arrays.fill(all, (byte) '*');
        System.arraycopy(text, 0, all, 2, room);
        all[0] = '/';
        all[length - 1] = '/';
        return all;
    }

    /** True when octets are blanks only. */
    public static boolean isBlank(byte[] octets) {
        for (byte octet : octets) {
            if (octet > ' ' || octet < 0) {
                return false;
            }
        }
        return true;
    }

    /**
     * The form in which a receiver opens a file.
     *
     * @param name of it; null when that is not known
     * @param mediaType that was announced; null when none was
     * @param octets as they were
     */
    public static Form wanted(@Nullable String name, @Nullable String mediaType, byte[] octets) {
        Form named = name == null ? null : byExtension(extension(name));
        if (named != null) {
            return named;
        }
        Form typed = mediaType == null ? null : byType(mediaType.toLowerCase(Locale.ROOT));
        return typed != null ? typed : name == null || extension(name).isEmpty() ? byOctets(octets) : Form.TEXT;
    }

    private static String extension(String name) {
        int dot = name.lastIndexOf('.');
        return dot < 0 ? "" : name.substring(dot + 1).strip().toLowerCase(Locale.ROOT);
    }

    private static @Nullable Form byExtension(String extension) {
        return switch (extension) {
            case "txt", "csv", "log", "eml" -> Form.TEXT;
            case "htm", "html", "xhtml", "hta", "mht", "mhtml", "php", "asp", "aspx", "jsp", "svg", "xml" -> Form.HTML;
            case "js", "css", "mjs", "vbs", "json" -> Form.SCRIPT;
            case "pdf" -> Form.PDF;
            case "rtf", "doc", "dot" -> Form.RTF;
            case "zip", "jar", "pptx", "pptm", "ppsx", "odt", "ods", "odp", "apk", "epub" -> Form.ZIP;
            case "docx", "docm", "dotx", "dotm" -> Form.DOCX;
            case "xlsx", "xlsm", "xltx", "xltm" -> Form.XLSX;
            case "gz", "tgz" -> Form.GZIP;
            default -> null;
        };
    }

    private static @Nullable Form byType(String type) {
        if (type.startsWith("text/html") || type.contains("xhtml")) {
            return Form.HTML;
        }
        if (type.contains("javascript") || type.contains("ecmascript") || type.startsWith("text/css")) {
            return Form.SCRIPT;
        }
        if (type.startsWith("text/")) {
            return Form.TEXT;
        }
        if (type.contains("pdf")) {
            return Form.PDF;
        }
        if (type.contains("wordprocessingml")) {
            return Form.DOCX;
        }
        if (type.contains("spreadsheetml")) {
            return Form.XLSX;
        }
        if (type.contains("msword") || type.contains("rtf")) {
            return Form.RTF;
        }
        if (type.contains("gzip")) {
            return Form.GZIP;
        }
        return type.contains("zip") ? Form.ZIP : null;
    }

    private static Form byOctets(byte[] octets) {
        if (startsWith(octets, "%PDF")) {
            return Form.PDF;
        }
        if (startsWith(octets, "PK\3\4")) {
            return Form.ZIP;
        }
        if (startsWith(octets, "\u001f\u008b")) {
            return Form.GZIP;
        }
        if (startsWith(octets, "\u00d0\u00cf\u0011\u00e0") || startsWith(octets, "{\\rt")) {
            return Form.RTF;
        }
        return startsWith(octets, "<!DOCTYPE") || startsWith(octets, "<html") ? Form.HTML : Form.TEXT;
    }

    private static boolean startsWith(byte[] octets, String mark) {
        for (int i = 0; i < mark.length(); i++) {
            if (i >= octets.length || (octets[i] & 0xff) != mark.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
