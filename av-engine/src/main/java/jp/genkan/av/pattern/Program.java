package jp.genkan.av.pattern;

/**
 * An expression as the instructions of Pike's machine: all ways are followed at once, so that no expression takes more than its instructions
 * times the octets.
 *
 * <p>Thread rule: immutable.
 *
 * @param operations one each instruction
 * @param first operand: value, index of a set, target, assertion
 * @param second operand: the target that is preferred less
 * @param sets of the instructions ONE_OF
 * @param begins the octets a match can begin with; all of them when it may be empty
 */
@SuppressWarnings("ArrayRecordComponent") // made once, never handed out of the package
record Program(byte[] operations, int[] first, int[] second, OctetSet[] sets, OctetSet begins) {
    static final byte OCTET = 0;
    static final byte ONE_OF = 1;
    static final byte ANY = 2;
    static final byte SPLIT = 3;
    static final byte JUMP = 4;
    static final byte ASSERT = 5;
    static final byte MATCH = 6;

    /** Instructions: room for the longest counted repetitions that rules use, and 200 KiB of memory for the worst of them. */
    static final int INSTRUCTIONS_MAX = 16_384;

    int size() {
        return operations.length;
    }
}
