package jp.genkan.protocols.http;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import jp.genkan.core.observation.Direction;
import jp.genkan.protocols.conversation.Opening;
import jp.genkan.protocols.conversation.Recogniser;
import jp.genkan.protocols.conversation.Recognition;
import jp.genkan.protocols.http.head.HttpText;
import jp.genkan.protocols.http.head.StartLine;

/**
 * Knows HTTP/1 by a request line that ends with a protocol, by a known method with a target that looks like one, or by a status line.
 *
 * <p>Thread rule: stateless.
 */
public final class HttpRecogniser implements Recogniser {
    private static final String STATUS = "http/1.";

    /** Longest method that is waited for; the longest registered one has 17 letters. */
    private static final int METHOD_MAX = 32;

    /** The preface of HTTP/2 looks like a request line of this version. */
    private static final int HTTP_2_0 = 20;

    private static final Set<String> METHODS_0_9 = Set.of("GET", "POST", "HEAD");

    @Override
    public Recognition recognise(Opening opening) {
        Recognition request = request(opening);
        Recognition response = response(opening);
        if (request == Recognition.YES || response == Recognition.YES) {
            return Recognition.YES;
        }
        boolean silent = request == Recognition.MORE && opening.length(Direction.TO_SERVER) == 0;
        if (silent && response == Recognition.NO) {
            return Recognition.NO;
        }
        return request == Recognition.NO ? responseOnly(opening, response) : request;
    }

    private static Recognition responseOnly(Opening opening, Recognition response) {
        boolean mayComeOnly = opening.length(Direction.TO_CLIENT) > 0 || opening.length(Direction.TO_SERVER) == 0;
        return response == Recognition.MORE && mayComeOnly ? Recognition.MORE : Recognition.NO;
    }

    private static Recognition response(Opening opening) {
        byte[] octets = opening.octets(Direction.TO_CLIENT);
        int length = opening.length(Direction.TO_CLIENT);
        int compared = Math.min(length, STATUS.length());
        if (!HttpText.startsIgnoringCase(octets, 0, compared, STATUS.substring(0, compared))) {
            return Recognition.NO;
        }
        return compared < STATUS.length() ? Recognition.MORE : Recognition.YES;
    }

    private static Recognition request(Opening opening) {
        byte[] octets = opening.octets(Direction.TO_SERVER);
        int length = opening.length(Direction.TO_SERVER);
        int from = 0;
        while (from < length
                && (octets[from] == '\r' || octets[from] == '\n' || octets[from] == ' ' || octets[from] == '\t')) {
            from++;
        }
        int methodTo = from;
        while (methodTo < length && isMethodLetter(octets[methodTo])) {
            methodTo++;
        }
        if (methodTo == length) {
            return methodTo - from <= METHOD_MAX && length < Opening.OCTETS_MAX ? Recognition.MORE : Recognition.NO;
        }
        if (methodTo == from || methodTo - from > METHOD_MAX || octets[methodTo] != ' ' && octets[methodTo] != '\t') {
            return Recognition.NO;
        }
        int lineTo = HttpText.indexOf(octets, methodTo, length, '\n');
        if (lineTo < 0) {
            return waitsForLine(octets, methodTo, length);
        }
        StartLine line = StartLine.request(octets, from, lineTo);
        if (line.namesProtocol()) {
            return line.version(false) == HTTP_2_0 ? Recognition.NO : Recognition.YES;
        }
        String method = new String(line.first(), StandardCharsets.ISO_8859_1);
        byte[] target = line.second();
        boolean looksLikeTarget = target.length > 0 && target[0] == '/'
                || HttpText.startsIgnoringCase(target, 0, target.length, "http://");
        return METHODS_0_9.contains(method) && looksLikeTarget ? Recognition.YES : Recognition.NO;
    }

    /** A target may be longer than what is kept of a flow's beginning: then a known shape has to do. */
    private static Recognition waitsForLine(byte[] octets, int methodTo, int length) {
        int target = HttpText.skipBlanks(octets, methodTo, length);
        for (int i = target; i < length; i++) {
            if (octets[i] == 0) {
                return Recognition.NO;
            }
        }
        if (length < Opening.OCTETS_MAX) {
            return Recognition.MORE;
        }
        boolean looksLikeTarget =
                target < length && octets[target] == '/' || HttpText.startsIgnoringCase(octets, target, length, "http");
        return looksLikeTarget ? Recognition.YES : Recognition.NO;
    }

    private static boolean isMethodLetter(int octet) {
        int letter = HttpText.lower(octet);
        return letter >= 'a' && letter <= 'z'
                || letter >= '0' && letter <= '9'
                || letter == '-'
                || letter == '_'
                || letter == '.';
    }
}
