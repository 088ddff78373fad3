package jp.genkan.av.unpack.pdf;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Adds to each octet what was predicted for it (ISO 32000-2 §7.4.4.4).
 *
 * <p>Thread rule: one owner.
 */
final class PredictorFilter extends OutputStream {
    /** Most columns: a row of 32 colours then has 32 MiB at most; pictures that wide do not exist. */
    static final int COLUMNS_MAX = 1 << 18;

    /** Whose predictions. */
    enum Kind {
        PNG,
        TIFF
    }

    private static final int NO_TAG = -1;

    private final OutputStream out;
    private final Kind kind;
    private final int pixel;
    private byte[] row;
    private byte[] above;
    private int tag = NO_TAG;
    private int filled;

    PredictorFilter(OutputStream out, Kind kind, int rowOctets, int pixelOctets) {
        this.out = out;
        this.kind = kind;
        this.pixel = pixelOctets;
        row = new byte[rowOctets];
        above = new byte[rowOctets];
    }

    @Override
    public void write(int octet) throws IOException {
        if (kind == Kind.PNG && tag == NO_TAG) {
            tag = octet & 0xff;
            return;
        }
        row[filled] = (byte) (octet + predicted(filled));
        if (++filled == row.length) {
            rowEnds();
        }
    }

    private int predicted(int at) {
        int left = at >= pixel ? row[at - pixel] & 0xff : 0;
        int up = above[at] & 0xff;
        if (kind == Kind.TIFF) {
            return left;
        }
        return switch (tag) {
            case 1 -> left;
            case 2 -> up;
            case 3 -> (left + up) / 2;
            case 4 -> paeth(left, up, at >= pixel ? above[at - pixel] & 0xff : 0);
            default -> 0;
        };
    }

    private static int paeth(int left, int up, int corner) {
        int guess = left + up - corner;
        int toLeft = Math.abs(guess - left);
        int toUp = Math.abs(guess - up);
        int toCorner = Math.abs(guess - corner);
        return toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner;
    }

    private void rowEnds() throws IOException {
        out.write(row, 0, filled);
        byte[] done = row;
        row = above;
        above = done;
        filled = 0;
        tag = NO_TAG;
    }

    @Override
    public void close() throws IOException {
        out.write(row, 0, filled);
        out.close();
    }
}
