package jp.genkan.av.unpack.rtf;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import jp.genkan.av.content.Content;
import jp.genkan.av.unpack.Members;

/**
 * Reads rich text once, from its first octet to its last, and gathers the data of the groups that hold any. As Word does it: what is no digit between
 * digits does not count, nor do groups and control words that nobody knows; {@code \bin} is followed by octets as they are.
 *
 * <p>Thread rule: the thread that scans.
 */
final class RtfReader {
    /** Most groups inside each other that are told apart: Word refuses deeper ones. What is deeper belongs to the last. */
    static final int DEPTH_MAX = 4096;

    /** Most octets of one object that are kept in memory: the largest that mails carry. The rest is left out. */
    static final int OBJECT_OCTETS_MAX = 64 << 20;

    private static final int WORD_MAX = 32;
    private static final int NUMBER_DIGITS_MAX = 10;
    private static final int TIME_EVERY = 0xffff;

    /** Characters of a template's address that are kept: the longest that browsers take. */
    private static final int TEMPLATE_MAX = 2048;

    /** What a group is to us. */
    private enum Group {
        TEXT,
        DATA,
        /** Inside data, but not data itself: a destination that nobody knows, marked as one to be passed over. */
        IGNORED
    }

    private final Content content;
    private final Members members;
    private final Group[] groups = new Group[DEPTH_MAX];
    private final ByteArrayOutputStream data = new ByteArrayOutputStream();
    private final StringBuilder template = new StringBuilder();
    private int templateDepth;
    private String dataName = "";
    private int depth;
    private int beyond;
    private int dataDepth;
    private int high = -1;
    private boolean star;
    private long at;

    RtfReader(Content content, Members members) {
        this.content = content;
        this.members = members;
        groups[0] = Group.TEXT;
    }

    void read() throws IOException {
        for (int octet = content.u8(at); octet >= 0; octet = content.u8(at)) {
            if ((at & TIME_EVERY) == 0) {
                members.checkTime();
            }
            at++;
            switch (octet) {
                case '{' -> open();
                case '}' -> close();
                case '\\' -> control();
                default -> character(octet);
            }
        }
        hand();
        handTemplate();
    }

    private void open() {
        star = false;
        if (depth == DEPTH_MAX - 1) {
            beyond++;
            return;
        }
        groups[depth + 1] = groups[depth];
        depth++;
    }

    private void close() throws IOException {
        star = false;
        if (beyond > 0) {
            beyond--;
            return;
        }
        if (depth > 0) {
            depth--;
        }
        if (dataDepth > 0 && depth < dataDepth) {
            hand();
        }
        if (templateDepth > 0 && depth < templateDepth) {
            handTemplate();
        }
    }

    /** Where the document takes its template from: a member, since it is written in escapes where it is to be hidden. */
    private void handTemplate() throws IOException {
        templateDepth = 0;
        if (!template.isEmpty()) {
            try (OutputStream out = members.begin(RtfUnpacker.TEMPLATE)) {
                out.write(template.toString().strip().getBytes(StandardCharsets.UTF_8));
            }
        }
        template.setLength(0);
    }

    private void templateCharacter(int character) {
        if (templateDepth > 0 && template.length() < TEMPLATE_MAX) {
            template.append((char) character);
        }
    }

    private void character(int octet) {
        if (groups[depth] != Group.DATA) {
            if (octet >= ' ') {
                templateCharacter(octet);
            }
            return;
        }
        int digit = Character.digit(octet, 16);
        if (digit < 0) {
            return;
        }
        if (high < 0) {
            high = digit;
        } else {
            put(high << 4 | digit);
            high = -1;
        }
    }

    private void put(int octet) {
        if (data.size() < OBJECT_OCTETS_MAX) {
            data.write(octet);
        }
    }

    private void control() throws IOException {
        int first = content.u8(at);
        if (!isLetter(first)) {
            at++;
            if (first == '*') {
                star = true;
            } else if (first == '\'') {
                templateCharacter(Character.digit(content.u8(at), 16) << 4 | Character.digit(content.u8(at + 1), 16));
                at += 2; // an octet of text
                high = -1;
            }
            return;
        }
        StringBuilder word = new StringBuilder();
        while (isLetter(content.u8(at))) {
            if (word.length() < WORD_MAX) {
                word.append((char) content.u8(at));
            }
            at++;
        }
        long number = number();
        if (content.u8(at) == ' ') {
            at++;
        }
        word(word.toString(), number);
    }

    private long number() {
        boolean negative = content.u8(at) == '-';
        long from = negative ? at + 1 : at;
        long value = 0;
        long end = from;
        while (content.u8(end) >= '0' && content.u8(end) <= '9') {
            if (end - from < NUMBER_DIGITS_MAX) {
                value = value * 10 + content.u8(end) - '0';
            }
            end++;
        }
        if (end == from) {
            return -1;
        }
        at = end;
        return negative ? 0 : value;
    }

    private static boolean isLetter(int octet) {
        return octet >= 'a' && octet <= 'z' || octet >= 'A' && octet <= 'Z';
    }

    private void word(String word, long number) throws IOException {
        boolean marked = star;
        star = false;
        switch (word) {
            case "template" -> templateDepth = Math.max(1, depth);
            case "u" -> {
                if (templateDepth > 0) {
                    templateCharacter((int) number);
                    at += content.u8(at) == '\\' || content.u8(at) == '}'
                            ? 0
                            : 1; // what readers show that know no Unicode
                }
            }
            case "bin" -> binary(Math.max(0, number));
            case "objdata", "pict", "datastore", "themedata", "colorschememapping", "passwordhash" -> {
                if (dataDepth == 0 || !word.equals("pict")) {
                    hand();
                    dataName = word;
                    dataDepth = Math.max(1, depth);
                    groups[depth] = Group.DATA;
                }
            }
            default -> {
                if (marked && dataDepth > 0 && depth > dataDepth) {
                    groups[depth] = Group.IGNORED;
                }
            }
        }
    }

    private void binary(long length) throws IOException {
        long there = Math.min(length, content.size() - at);
        if (groups[depth] == Group.DATA) {
            int taken = (int) Math.min(there, OBJECT_OCTETS_MAX - (long) data.size());
            data.write(content.bytes(at, taken));
            high = -1;
        } else if (there > 0) {
            members.stored("bin" + at, at, there);
        }
        at += there;
    }

    /** The data at hand is over. */
    private void hand() throws IOException {
        if (dataDepth > 0 && data.size() > 0) {
            byte[] octets = data.toByteArray();
            if (dataName.equals("objdata")) {
                new OleObject(octets, at).hand(members);
            } else {
                try (OutputStream out = members.begin(dataName + at)) {
                    out.write(octets);
                }
            }
        }
        data.reset();
        dataDepth = 0;
        high = -1;
    }
}
