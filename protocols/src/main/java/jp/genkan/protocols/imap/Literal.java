package jp.genkan.protocols.imap;

import org.jspecify.annotations.Nullable;

/**
 * The mark at a line's end that octets follow: {@code {123}}, {@code {123+}}, {@code ~{123}} (RFC 3501 §4.3, 7888, 3516).
 *
 * @param size octets that follow
 * @param begin index of the mark in the line
 * @param waits true when the client waits for the server's word before it sends them
 */
record Literal(long size, int begin, boolean waits) {
    /** Digits of a size: RFC 9051 has 63 bits, real mails need ten. */
    private static final int DIGITS_MAX = 12;

    /** The mark at the end of a line; null when there is none. */
    static @Nullable Literal atEndOf(String line) {
        int open = line.lastIndexOf('{');
        if (open < 0 || !line.endsWith("}")) {
            return null;
        }
        int end = line.length() - 1;
        boolean waits = line.charAt(end - 1) != '+' && line.charAt(end - 1) != '-';
        int digitsEnd = waits ? end : end - 1;
        if (digitsEnd <= open + 1 || digitsEnd - open - 1 > DIGITS_MAX) {
            return null;
        }
        long size = 0;
        for (int i = open + 1; i < digitsEnd; i++) {
            int digit = line.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return null;
            }
            size = size * 10 + digit;
        }
        return new Literal(size, open, waits);
    }
}
