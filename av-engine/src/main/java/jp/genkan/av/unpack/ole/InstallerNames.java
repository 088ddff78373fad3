package jp.genkan.av.unpack.ole;

/** Names of an installer package's streams: two characters of a file name in one of UTF-16, so that longer ones fit. */
final class InstallerNames {
    private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz._";
    private static final char PAIRS = 0x3800;
    private static final char SINGLES = 0x4800;
    private static final char TABLE = 0x4840;

    private InstallerNames() {}

    /** The name in plain characters; unchanged when it is none of these. */
    static String decode(String name) {
        if (name.isEmpty() || name.charAt(0) < PAIRS || name.charAt(0) > TABLE) {
            return name;
        }
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char code = name.charAt(i);
            if (code >= PAIRS && code < SINGLES) {
                plain.append(ALPHABET.charAt(code - PAIRS & 0x3f)).append(ALPHABET.charAt(code - PAIRS >> 6 & 0x3f));
            } else if (code >= SINGLES && code < TABLE) {
                plain.append(ALPHABET.charAt(code - SINGLES));
            } else {
                plain.append(code == TABLE ? '!' : code);
            }
        }
        return plain.toString();
    }
}
