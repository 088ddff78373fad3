package jp.genkan.appcontrol.usage;

import java.time.LocalDate;
import jp.genkan.core.frame.Address;

/**
 * What a machine has used of an application on a day.
 *
 * @param day by the box's clock and zone
 * @param machine its address
 * @param application name, as in events
 * @param category what the application is for
 * @param bytesOut octets that the machine has sent
 * @param bytesIn octets that it got
 * @param minutes of the day in which a flow was open
 * @param flows that have ended
 */
public record Usage(
        LocalDate day,
        Address machine,
        String application,
        String category,
        long bytesOut,
        long bytesIn,
        int minutes,
        long flows) {
    /** Minutes of a day. */
    public static final int MINUTES = 24 * 60;

    public Usage {
        if (bytesOut < 0 || bytesIn < 0 || flows < 0 || minutes < 0 || minutes > MINUTES) {
            throw new IllegalArgumentException("a total below 0, or more minutes than a day has");
        }
        if (application.isBlank() || application.indexOf('\t') >= 0 || category.indexOf('\t') >= 0) {
            throw new IllegalArgumentException("not a name");
        }
    }
}
