package jp.genkan.ips.dataset;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * Hashes of one length from a file, one a line in hexadecimal; what follows it on the line does not count.
 *
 * <p>Thread rule: immutable.
 */
public final class HashList {
    /** Most hashes: 160 MB of SHA-256. */
    private static final int HASHES_MAX = 5_000_000;

    private final byte[][] sorted;

    private HashList(byte[][] sorted) {
        this.sorted = sorted;
    }

    /**
     * Reads a list.
     *
     * @param octets of a hash
     * @throws DatasetException when the file or a line of it cannot be read
     */
    public static HashList read(Path file, int octets) throws DatasetException {
        List<byte[]> hashes = new ArrayList<>();
        int number = 0;
        try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                String text = line.strip().toLowerCase(Locale.ROOT);
                if (text.isEmpty() || text.startsWith("#")) {
                    continue;
                }
                hashes.add(hash(text, octets, file, number));
                if (hashes.size() > HASHES_MAX) {
                    throw new DatasetException(
                            DatasetException.Kind.TOO_LARGE, file + " has more than " + HASHES_MAX + " hashes");
                }
            }
        } catch (IOException unreadable) {
            throw new DatasetException(DatasetException.Kind.FILE, file + " cannot be read");
        }
        byte[][] sorted = hashes.toArray(byte[][]::new);
        Arrays.sort(sorted, Arrays::compareUnsigned);
        return new HashList(sorted);
    }

    private static byte[] hash(String text, int octets, Path file, int line) throws DatasetException {
        int digits = 2 * octets;
        try {
            if (text.length() >= digits && (text.length() == digits || !isDigit(text.charAt(digits)))) {
                return HexFormat.of().parseHex(text, 0, digits);
            }
        } catch (IllegalArgumentException notHexadecimal) {
            throw noHash(file, line, digits);
        }
        throw noHash(file, line, digits);
    }

    private static DatasetException noHash(Path file, int line, int digits) {
        return new DatasetException(
                DatasetException.Kind.FILE, file + ":" + line + ": no hash of " + digits + " hexadecimal digits");
    }

    private static boolean isDigit(char c) {
        return Character.digit(c, 16) >= 0;
    }

    /** Is the hash, in hexadecimal, among them? */
    public boolean contains(String hexadecimal) {
        byte[] hash;
        try {
            hash = HexFormat.of().parseHex(hexadecimal);
        } catch (IllegalArgumentException notHexadecimal) {
            return false;
        }
        return Arrays.binarySearch(sorted, hash, Arrays::compareUnsigned) >= 0;
    }

    /** How many there are. */
    public int size() {
        return sorted.length;
    }
}
