package jp.genkan.av.harmless.explain;

/**
 * Where a mail says that it is from; empty where it does not.
 *
 * @param from its author
 * @param to its receivers
 * @param subject what it is about
 * @param date when it was written, in its own words
 */
public record Sender(String from, String to, String subject, String date) {
    /** Of what is no mail. */
    public static final Sender NOBODY = new Sender("", "", "", "");
}
