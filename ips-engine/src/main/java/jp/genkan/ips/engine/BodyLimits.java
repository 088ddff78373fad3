package jp.genkan.ips.engine;

import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.Direction;

/**
 * How many octets of a body rules look at; 0 for all.
 *
 * @param request of a request of HTTP
 * @param response of a response of HTTP
 * @param attachment of a file in a mail that is sent by SMTP
 */
public record BodyLimits(long request, long response, long attachment) {
    /** Everything is looked at. */
    public static final BodyLimits NONE = new BodyLimits(0, 0, 0);

    /** Octets of a file that are waited for where traffic is only looked at: Suricata's content-inspect-min-size. */
    private static final int FILE_OCTETS_MIN = 32_768;

    public BodyLimits {
        if (request < 0 || response < 0 || attachment < 0) {
            throw new IllegalArgumentException("a limit of octets is not negative");
        }
    }

    /** Up to where octets are looked at that follow others of a body. */
    int end(AppProtocol protocol, Direction direction, long seen, int from, int to) {
        if (protocol != AppProtocol.HTTP1 && protocol != AppProtocol.HTTP2) {
            return to;
        }
        return end(direction.isToServer() ? request : response, seen, from, to);
    }

    /** The same of a file. */
    int endOfFile(AppProtocol protocol, long seen, int from, int to) {
        return protocol == AppProtocol.SMTP ? end(attachment, seen, from, to) : to;
    }

    /**
     * True when a file that still comes in is looked at only later: rules want to see its beginning as one piece. Those that only look at traffic lose nothing by waiting. Bodies
     * of HTTP have bounds of their own.
     */
    static boolean isTooShort(AppProtocol protocol, long seen) {
        return protocol != AppProtocol.HTTP1 && protocol != AppProtocol.HTTP2 && seen < FILE_OCTETS_MIN;
    }

    private static int end(long limit, long seen, int from, int to) {
        return limit == 0 ? to : (int) Math.max(from, Math.min(to, from + limit - seen));
    }
}
