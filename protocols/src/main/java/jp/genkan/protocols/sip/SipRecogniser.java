package jp.genkan.protocols.sip;

import jp.genkan.core.observation.Direction;
import jp.genkan.protocols.conversation.Opening;
import jp.genkan.protocols.conversation.Recogniser;
import jp.genkan.protocols.conversation.Recognition;

/** Knows SIP by its first line: a request that ends, or a response that begins with its version. */
public final class SipRecogniser implements Recogniser {
    /** Octets in which the first line must end. */
    private static final int LINE_MAX = 1_024;

    private static final int METHOD_MAX = 16;

    private final boolean stream;

    private SipRecogniser(boolean stream) {
        this.stream = stream;
    }

    /** For SIP over UDP. */
    public static Recogniser datagrams() {
        return new SipRecogniser(false);
    }

    /** For SIP over TCP. */
    public static Recogniser streams() {
        return new SipRecogniser(true);
    }

    @Override
    public Recognition recognise(Opening opening) {
        for (Direction direction : Direction.values()) {
            int length = opening.length(direction);
            if (length > 0) {
                return judge(opening.octets(direction), length);
            }
        }
        return Recognition.MORE;
    }

    private Recognition judge(byte[] octets, int length) {
        int begin = 0;
        while (begin < length && begin < METHOD_MAX && (octets[begin] == '\r' || octets[begin] == '\n')) {
            begin++;
        }
        int word = begin;
        while (word < length && word - begin <= METHOD_MAX && isMethodOctet(octets[word])) {
            word++;
        }
        if (word == length) {
            return unknown();
        }
        boolean response = octets[word] == '/' && word - begin == 3;
        if (word - begin > METHOD_MAX || word == begin || !response && octets[word] != ' ') {
            return Recognition.NO;
        }
        int end = word;
        while (end < length && octets[end] != '\n') {
            end++;
        }
        if (end == length) {
            return end - begin < LINE_MAX ? unknown() : Recognition.NO;
        }
        int to = end > begin && octets[end - 1] == '\r' ? end - 1 : end;
        return StartLine.parse(octets, begin, to) != null ? Recognition.YES : Recognition.NO;
    }

    private Recognition unknown() {
        return stream ? Recognition.MORE : Recognition.NO;
    }

    private static boolean isMethodOctet(byte octet) {
        return octet >= 'A' && octet <= 'Z';
    }
}
