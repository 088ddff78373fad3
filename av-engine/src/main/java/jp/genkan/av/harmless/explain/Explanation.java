package jp.genkan.av.harmless.explain;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What is said about a file that was taken out. There are longer and shorter versions, as a file may be short.
 *
 * <p>Thread rule: immutable.
 */
public final class Explanation {
    /** Most characters of a name or a field that are repeated: a line or two on a screen. */
    public static final int WORDS_MAX = 120;

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

    /** In what the file came. */
    public enum Carrier {
        MAIL,
        WEB,
        OTHER
    }

    /**
     * A row of a table.
     *
     * @param label what it is
     * @param value what it says
     */
    public record Row(String label, String value) {}

    /**
     * The words in one language.
     *
     * @param title one line
     * @param reason a sentence
     * @param rows what is known
     * @param advice sentences: what is with the rest, what to do
     */
    public record Words(String title, String reason, List<Row> rows, List<String> advice) {
        public Words {
            rows = List.copyOf(rows);
            advice = List.copyOf(advice);
        }
    }

    private final String detection;
    private final @Nullable String file;
    private final Sender sender;
    private final Carrier carrier;
    private final String time;
    private final String box;

    /**
     * About one file.
     *
     * @param detection name of what was found; empty when it is not to be said
     * @param file its name; null when it has none, or when it is not to be repeated
     * @param sender of the mail that it came in
     * @param at when it was taken out; null when that is not to be said
     */
    public Explanation(
            String detection,
            @Nullable String file,
            Sender sender,
            Carrier carrier,
            @Nullable Instant at,
            ZoneId zone,
            String box) {
        this.detection = clean(detection);
        this.file = file == null || clean(file).isEmpty() ? null : clean(file);
        this.sender =
                new Sender(clean(sender.from()), clean(sender.to()), clean(sender.subject()), clean(sender.date()));
        this.carrier = carrier;
        this.time = at == null ? "" : TIME.format(at.atZone(zone)) + " (" + zone.getId() + ")";
        this.box = clean(box);
    }

    /** One line without what controls or turns around: names come from whoever sent the virus. */
    private static String clean(String words) {
        StringBuilder kept = new StringBuilder();
        for (int i = 0; i < words.length() && kept.length() < WORDS_MAX; i++) {
            char c = words.charAt(i);
            int type = Character.getType(c);
            boolean odd = type == Character.CONTROL
                    || type == Character.FORMAT
                    || type == Character.LINE_SEPARATOR
                    || type == Character.PARAGRAPH_SEPARATOR
                    || Character.isSurrogate(c)
                    || type == Character.UNASSIGNED
                    || type == Character.PRIVATE_USE;
            kept.append(odd ? ' ' : c);
        }
        return kept.toString().strip();
    }

    /** All of it in Japanese. */
    public Words japanese() {
        List<Row> rows = new ArrayList<>();
        add(rows, "ウイルス名", detection);
        add(rows, "ファイル名", file);
        add(rows, "差出人", sender.from());
        add(rows, "宛先", sender.to());
        add(rows, "件名", sender.subject());
        add(rows, "メールの日付", sender.date());
        add(rows, "取り除いた時刻", time);
        String thing = carrier == Carrier.MAIL ? "この添付ファイル" : "このファイル";
        List<String> advice = new ArrayList<>();
        switch (carrier) {
            case MAIL -> {
                advice.add("メールのほかの部分(本文、ほかの添付ファイル)は、送られたままです。");
                advice.add("ウイルスは届いていません。何もする必要はありません。");
                advice.add("必要なファイルのときは、差出人に電話で確かめてください。このメールには返信しないでください。");
            }
            case WEB -> {
                advice.add("ウイルスは届いていません。何もする必要はありません。");
                advice.add("心当たりのないダウンロードのときは、このページを閉じてください。");
            }
            case OTHER -> {
                advice.add("ウイルスは届いていません。何もする必要はありません。");
                advice.add("必要なファイルのときは、送り主に電話で確かめてください。");
            }
        }
        return new Words("ウイルスを取り除きました", thing + "にはウイルスが入っていたため、セキュリティ装置「" + box + "」が届く前に取り除きました。", rows, advice);
    }

    /** All of it in English. */
    public Words english() {
        List<Row> rows = new ArrayList<>();
        add(rows, "Virus", detection);
        add(rows, "File", file);
        add(rows, "From", sender.from());
        add(rows, "To", sender.to());
        add(rows, "Subject", sender.subject());
        add(rows, "Date of the mail", sender.date());
        add(rows, "Removed at", time);
        String thing = carrier == Carrier.MAIL ? "This attachment" : "This file";
        List<String> advice = new ArrayList<>();
        switch (carrier) {
            case MAIL -> {
                advice.add("The rest of the mail (its text, other attachments) is as it was sent.");
                advice.add("The virus has not arrived. You need not do anything.");
                advice.add("If you need the file, ask the sender by phone. Do not answer this mail.");
            }
            case WEB -> {
                advice.add("The virus has not arrived. You need not do anything.");
                advice.add("If you did not want to download anything, close this page.");
            }
            case OTHER -> {
                advice.add("The virus has not arrived. You need not do anything.");
                advice.add("If you need the file, ask whoever sent it by phone.");
            }
        }
        return new Words(
                "A virus was removed",
                thing + " held a virus. The security appliance \"" + box + "\" removed it on its way.",
                rows,
                advice);
    }

    private static void add(List<Row> rows, String label, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            rows.add(new Row(label, value));
        }
    }

    // ---- as texts, longest first

    /** Versions with Japanese, the longest first; lines end with CRLF. */
    public List<String> texts() {
        String shortJapanese =
                "ウイルス" + (detection.isEmpty() ? "" : "(" + detection + ")") + "を取り除きました。" + box + " " + time;
        return List.of(
                text(japanese()) + "\r\n________\r\n\r\n" + text(english()),
                text(japanese()) + "\r\n" + shortEnglish() + "\r\n",
                shortJapanese + "\r\n" + shortEnglish() + "\r\n",
                "ウイルスを取り除きました。\r\nA virus was removed.\r\n",
                "ウイルス除去済 virus removed\r\n",
                "ウイルス除去済\r\n");
    }

    /** Versions in ASCII, the longest first. */
    public List<String> asciiTexts() {
        return List.of(
                ascii(text(english())),
                ascii(shortEnglish()) + "\r\n",
                "A virus was removed.\r\n",
                "Virus removed",
                "removed");
    }

    private String shortEnglish() {
        return "Virus " + (detection.isEmpty() ? "" : detection + " ") + "removed by " + box
                + (time.isEmpty() ? "" : ", " + time);
    }

    private static String text(Words words) {
        StringBuilder text = new StringBuilder();
        text.append("[ ").append(words.title()).append(" ]\r\n\r\n");
        text.append(words.reason()).append("\r\n\r\n");
        for (Row row : words.rows()) {
            text.append("  ")
                    .append(row.label())
                    .append(": ")
                    .append(row.value())
                    .append("\r\n");
        }
        text.append("\r\n");
        for (String line : words.advice()) {
            text.append(line).append("\r\n");
        }
        return text.toString();
    }

    private static String ascii(String text) {
        StringBuilder kept = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            kept.append(c < 0x7f ? c : '?');
        }
        return kept.toString();
    }
}
