package jp.genkan.av.harmless.mail;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import jp.genkan.av.harmless.file.TextNames;
import org.jspecify.annotations.Nullable;

/**
 * Rewrites the MIME fields of a header within their length: what they describe is a text from then on. All other fields stay as they are, before them.
 *
 * <p>Thread rule: one owner.
 */
final class HeaderBlock {
    /** Octets of a line that are written at most; RFC 5322 §2.1.1 asks for it. */
    private static final int LINE_MAX = 76;

    private static final String FILLER = "X-Removed: ";
    private static final int FILLER_MIN = FILLER.length() + 3;
    private static final List<String> NAMES = List.of("virus-removed.txt", "virus.txt", "v.txt");

    /** Fields that the new ones take the place of. */
    private static final List<String> REPLACED =
            List.of("content-type", "content-disposition", "content-transfer-encoding", "content-md5");

    /**
     * What the header shall say.
     *
     * @param coding word for the transfer coding; null when the header names none
     * @param name that the part had, which its new one resembles; null when it had none
     * @param isAttachment whether it was one
     * @param isPercentEncoded whether its name was written by RFC 2231
     */
    record Wanted(@Nullable String coding, @Nullable String name, boolean isAttachment, boolean isPercentEncoded) {}

    /** What the header says now. */
    enum Said {
        /** A text in UTF-8. */
        UTF8,
        /** A text, in no named character set: ASCII. */
        ASCII
    }

    /**
     * A header of the same length.
     *
     * @param octets of it
     * @param said what a reader takes from it
     */
    @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
    record Rewritten(byte[] octets, Said said) {}

    private final byte[] kept;
    private final byte[] behind;
    private final int room;

    /** Reads a header as it lies on the wire, with the empty line behind it if there is one. */
    HeaderBlock(byte[] octets, int from, int to) {
        byte[] others = new byte[to - from];
        int length = 0;
        int free = 0;
        int at = from;
        boolean drops = false;
        while (at < to) {
            int end = lineEnd(octets, at, to);
            if (isEmpty(octets, at, end)) {
                break;
            }
            boolean isFolded = octets[at] == ' ' || octets[at] == '\t';
            drops = isFolded ? drops : isReplaced(octets, at, end);
            if (drops) {
                free += end - at;
            } else {
                System.arraycopy(octets, at, others, length, end - at);
                length += end - at;
            }
            at = end;
        }
        kept = Arrays.copyOf(others, length);
        behind = Arrays.copyOfRange(octets, at, to);
        room = free;
    }

    private static int lineEnd(byte[] octets, int from, int to) {
        int at = from;
        while (at < to && octets[at] != '\n') {
            at++;
        }
        return Math.min(to, at + 1);
    }

    private static boolean isEmpty(byte[] octets, int from, int end) {
        for (int i = from; i < end; i++) {
            if (octets[i] != '\r' && octets[i] != '\n') {
                return false;
            }
        }
        return true;
    }

    private static boolean isReplaced(byte[] octets, int from, int end) {
        int colon = from;
        while (colon < end && octets[colon] != ':') {
            colon++;
        }
        String name = new String(octets, from, colon - from, StandardCharsets.ISO_8859_1)
                .strip()
                .toLowerCase(Locale.ROOT);
        return colon < end && REPLACED.contains(name);
    }

    /** The header with new fields; null when there is no room for any. */
    @Nullable
    Rewritten rewrite(Wanted wanted) {
        for (Said said : Said.values()) {
            for (String parameter : parameters(wanted)) {
                for (boolean isTight : new boolean[] {false, true}) {
                    String block = block(wanted, said, parameter, isTight);
                    if (fits(block)) {
                        return new Rewritten(assembled(filled(block)), said);
                    }
                }
            }
        }
        return null;
    }

    private boolean fits(String block) {
        return block.length() <= room;
    }

    private byte[] assembled(String block) {
        byte[] octets = Arrays.copyOf(kept, kept.length + room + behind.length);
        byte[] fields = block.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(fields, 0, octets, kept.length, room);
        System.arraycopy(behind, 0, octets, kept.length + room, behind.length);
        return octets;
    }

    private static String block(Wanted wanted, Said said, String parameter, boolean isTight) {
        String gap = isTight ? "" : " ";
        StringBuilder block = new StringBuilder("Content-Type:" + gap + "text/plain");
        if (said == Said.UTF8) {
            block.append(';').append(gap).append("charset=utf-8");
        }
        block.append("\r\n");
        if (wanted.coding() != null) {
            block.append("Content-Transfer-Encoding:")
                    .append(gap)
                    .append(wanted.coding())
                    .append("\r\n");
        }
        if (!parameter.isEmpty()) {
            block.append("Content-Disposition:")
                    .append(gap)
                    .append(wanted.isAttachment() || isTight ? "attachment" : "inline")
                    .append(parameter.length() > LINE_MAX - 36 ? ";\r\n " : ";" + gap)
                    .append(parameter)
                    .append("\r\n");
        }
        return block.toString();
    }

    /** Ways to write the name, the best first; the last one is to leave it out. */
    private static List<String> parameters(Wanted wanted) {
        List<String> found = new ArrayList<>();
        String name = wanted.name();
        if (name != null) {
            String text = TextNames.of(name);
            if (isToken(text)) {
                found.add("filename=\"" + text + "\"");
            } else if (wanted.isPercentEncoded()) {
                found.add("filename*=utf-8''" + percent(text));
            } else {
                found.add("filename=\"=?utf-8?B?"
                        + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)) + "?=\"");
            }
            for (String other : NAMES) {
                found.add("filename=\"" + other + "\"");
            }
            for (String other : NAMES) {
                found.add("filename=" + other);
            }
            found.removeIf(parameter -> parameter.length() > LINE_MAX * 4);
        }
        found.add("");
        return found;
    }

    private static boolean isToken(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c < ' ' || c >= 0x7f || c == '"' || c == '\\') {
                return false;
            }
        }
        return true;
    }

    private static String percent(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (octet & 0xff);
            if (c < 0x80 && (Character.isLetterOrDigit(c) || c == '.' || c == '-' || c == '_')) {
                encoded.append(c);
            } else {
                encoded.append(String.format(Locale.ROOT, "%%%02X", (int) c));
            }
        }
        return encoded.toString();
    }

    /** Takes up the room that is left: further fields that mean nothing, and a few blanks. */
    private String filled(String block) {
        int left = room - block.length();
        StringBuilder filled = new StringBuilder(block);
        while (left >= FILLER_MIN) {
            int line = Math.min(left, LINE_MAX);
            filled.append(FILLER).append("-".repeat(line - FILLER_MIN + 1)).append("\r\n");
            left -= line;
        }
        filled.insert(block.indexOf(':') + 1, " ".repeat(left));
        return filled.toString();
    }
}
