package jp.genkan.av.unpack.sevenzip;

import java.util.List;

/**
 * Coders that make one block, and how they are joined.
 *
 * @param coders in the file's order
 * @param bonds which input takes which output
 * @param packed inputs that take packed streams, in their order
 * @param sizes plain octets of each output
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; nobody else has the arrays
record SevenZipFolder(List<Coder> coders, List<Bond> bonds, List<Integer> packed, long[] sizes) {
    /** 7-Zip's own bound. */
    static final int CODERS_MAX = 32;

    /**
     * A coder.
     *
     * @param method its number
     * @param inputs how many
     * @param outputs how many
     * @param properties what it needs to know
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Coder(long method, int inputs, int outputs, byte[] properties) {}

    /** An input that takes an output. */
    record Bond(int input, int output) {}

    SevenZipFolder {
        coders = List.copyOf(coders);
        bonds = List.copyOf(bonds);
        packed = List.copyOf(packed);
    }

    /** The output that nobody takes. */
    int mainOutput() {
        for (int output = sizes.length - 1; output >= 0; output--) {
            int wanted = output;
            if (bonds.stream().noneMatch(bond -> bond.output == wanted)) {
                return output;
            }
        }
        return -1;
    }

    /** Plain octets of the block. */
    long size() {
        int main = mainOutput();
        return main < 0 ? 0 : sizes[main];
    }

    /** The first input of a coder. */
    int firstInput(int coder) {
        int input = 0;
        for (int i = 0; i < coder; i++) {
            input += coders.get(i).inputs();
        }
        return input;
    }

    /** The output that an input takes; -1 when it takes a packed stream. */
    int outputFor(int input) {
        for (Bond bond : bonds) {
            if (bond.input == input) {
                return bond.output;
            }
        }
        return -1;
    }
}
