package jp.genkan.av.unpack.rar;

import java.io.IOException;
import jp.genkan.av.unpack.codec.Octets;

/**
 * Version 3's filters for pictures and sound.
 *
 * <p>Thread rule: no state, any thread.
 */
final class RarMedia {
    private RarMedia() {}

    /** Pictures of three octets a point: each is guessed from its left, upper and upper left neighbours. */
    static byte[] rgb(byte[] octets, int stride, int red) throws IOException {
        int width = stride - 3;
        if (octets.length < 3 || width > octets.length || width < 0 || red < 0 || red > 2) {
            throw Octets.broken("RAR picture");
        }
        byte[] result = new byte[octets.length];
        int source = 0;
        for (int channel = 0; channel < 3; channel++) {
            int before = 0;
            for (int at = channel; at < octets.length; at += 3) {
                int guess = before;
                if (at - width >= 3) {
                    int upper = result[at - width] & 0xff;
                    int upperLeft = result[at - width - 3] & 0xff;
                    int sum = before + upper - upperLeft;
                    int left = Math.abs(sum - before);
                    int above = Math.abs(sum - upper);
                    int corner = Math.abs(sum - upperLeft);
                    guess = left <= above && left <= corner ? before : above <= corner ? upper : upperLeft;
                }
                before = guess - octets[source++] & 0xff;
                result[at] = (byte) before;
            }
        }
        for (int at = red; at < octets.length - 2; at += 3) {
            result[at] += result[at + 1];
            result[at + 2] += result[at + 1];
        }
        return result;
    }

    /** Sound: each octet is guessed from those before it, with weights that adapt. */
    static byte[] audio(byte[] octets, int channels) throws IOException {
        if (channels <= 0 || channels > octets.length) {
            throw Octets.broken("RAR sound");
        }
        byte[] result = new byte[octets.length];
        int source = 0;
        for (int channel = 0; channel < channels; channel++) {
            Predictor predictor = new Predictor();
            for (int at = channel; at < octets.length; at += channels) {
                result[at] = (byte) predictor.next(octets[source++]);
            }
        }
        return result;
    }

    private static final class Predictor {
        private final int[] errors = new int[7];
        private final int[] weights = new int[3];
        private final int[] deltas = new int[3];
        private int before;
        private int beforeDelta;
        private int count;

        private int next(byte coded) {
            deltas[2] = deltas[1];
            deltas[1] = beforeDelta - deltas[0];
            deltas[0] = beforeDelta;
            int guess =
                    8 * before + weights[0] * deltas[0] + weights[1] * deltas[1] + weights[2] * deltas[2] >> 3 & 0xff;
            int octet = guess - coded & 0xff;
            beforeDelta = (byte) (octet - before);
            before = octet;
            int error = coded << 3;
            errors[0] += Math.abs(error);
            for (int i = 0; i < 3; i++) {
                errors[1 + 2 * i] += Math.abs(error - deltas[i]);
                errors[2 + 2 * i] += Math.abs(error + deltas[i]);
            }
            if ((count++ & 0x1f) == 0) {
                adapt();
            }
            return octet;
        }

        private void adapt() {
            int best = 0;
            for (int i = 1; i < 7; i++) {
                best = errors[i] < errors[best] ? i : best;
            }
            java.util.Arrays.fill(errors, 0);
            if (best > 0) {
                int which = (best - 1) / 2;
                if ((best & 1) != 0) {
                    weights[which] -= weights[which] >= -16 ? 1 : 0;
                } else {
                    weights[which] += weights[which] < 16 ? 1 : 0;
                }
            }
        }
    }
}
