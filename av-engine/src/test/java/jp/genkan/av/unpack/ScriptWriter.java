package jp.genkan.av.unpack;

/** Encodes a few characters as Windows' script encoder does: what the tests need of its table. */
final class ScriptWriter {
    private static final String ORDER = "0120121221210212021200122102122100212120200120210212001220012021";
    private static final String PLAIN = "var =1;";

    /** Under which character each plain one goes, an alphabet a row. */
    private static final String[] CODES = {"-C.~xqI", "7mM,{8p", "\\lDP'Fi"};

    private ScriptWriter() {}

    static String encode(String text) {
        StringBuilder encoded = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            int place = PLAIN.indexOf(text.charAt(i));
            String row = CODES[ORDER.charAt(i) - '0'];
            encoded.append(place >= 0 ? String.valueOf(row.charAt(place)) : "@&");
        }
        return encoded.toString();
    }
}
