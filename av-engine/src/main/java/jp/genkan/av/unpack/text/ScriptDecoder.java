package jp.genkan.av.unpack.text;

import java.io.IOException;
import java.io.OutputStream;
import java.util.HexFormat;
import jp.genkan.av.content.Content;

/**
 * Encoded scripts of Windows ({@code .jse}, {@code .vbe}): each printable character stands for another one out of three alphabets, which take turns in an
 * order of 64.
 */
final class ScriptDecoder {
    static final String BEGIN = "#@~^";
    static final String END = "^#~@";

    private static final int LENGTH_CHARACTERS = 8;
    private static final int CHECKSUM_CHARACTERS = 8;

    private static final int FIRST = 0x20;
    private static final int TAB = '\t';
    private static final String ORDER = "0120121221210212021200122102122100212120200120210212001220012021";

    /** What the characters from 0x20 on stand for, one alphabet a row; the last column is that of the tab. */
    private static final byte[][] ALPHABETS = {
        alphabet("2e477a56426a2f26494134325b7672433839704568714f09624423754a7e4a5e40774a615d224b6f4e3b4c50672a7d74"
                + "542b2d2c306e6b66352521644d52633f7b7829287359337f6d55537c3a5f65465831696c5a48275c3d2479376051203657"),
        alphabet("2d755260715e495c627d2936207c7a7f6b63332b68516676316454434c3a4c7e4c452c2a7427374479592f6f26726a39"
                + "7b3f387767534734785d30235a5b6c485570692e4c21244e5009567335614b583b57226d4d2528464a32413d5f4f42656e"),
        alphabet("323021295b38333d583a3565395c5673664e456b6259785e7d4a6d714160415340422748727531374d5222546a47642d"
                + "207f2e4c5d7e6c6f797443267625242b28234134092a443f773b55696163506751494f46687c36706e7a2f5f4b5a2c577b"),
    };

    private ScriptDecoder() {}

    private static byte[] alphabet(String digits) {
        return HexFormat.of().parseHex(digits);
    }

    /**
     * Writes the script.
     *
     * @param from index of the mark
     * @param to index behind the end mark, or the text's end
     */
    static void decode(Content content, long from, long to, OutputStream out) throws IOException {
        byte[] plain = new byte[4096];
        int filled = 0;
        int index = 0;
        long at = from + BEGIN.length() + LENGTH_CHARACTERS;
        long end = content.startsWith(to - END.length(), END) ? to - END.length() - CHECKSUM_CHARACTERS : to;
        while (at < end) {
            int octet = content.u8(at++);
            if (octet == '@') {
                plain[filled++] = (byte) escaped(content.u8(at++));
            } else if (octet == TAB || octet >= FIRST && octet < FIRST + 96) {
                int row = ORDER.charAt(index % ORDER.length()) - '0';
                plain[filled++] = ALPHABETS[row][octet == TAB ? 96 : octet - FIRST];
            } else {
                plain[filled++] = (byte) octet;
            }
            index += octet < 0x80 ? 1 : 0;
            if (filled == plain.length) {
                out.write(plain);
                filled = 0;
            }
        }
        out.write(plain, 0, filled);
    }

    private static int escaped(int letter) {
        return switch (letter) {
            case '&' -> '\n';
            case '#' -> '\r';
            case '*' -> '>';
            case '!' -> '<';
            case '$' -> '@';
            default -> letter;
        };
    }
}
