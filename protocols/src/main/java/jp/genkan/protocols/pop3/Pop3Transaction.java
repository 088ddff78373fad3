package jp.genkan.protocols.pop3;

import java.util.ArrayList;
import java.util.List;
import jp.genkan.core.event.EveFields;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.Transaction;
import jp.genkan.protocols.mime.MailSummary;
import jp.genkan.protocols.mime.ObservedMail;
import org.jspecify.annotations.Nullable;

/**
 * A command and its response: EVE's {@code pop3}, and {@code email} when a mail was fetched.
 *
 * <p>Thread rule: as {@link Transaction}.
 */
public final class Pop3Transaction extends Transaction {
    /** Most lines of a response that are kept; capabilities and lists of a small mailbox fit. Mails are never kept. */
    public static final int LINES_MAX = 64;

    /** Most characters of such a line: RFC 1939 §3 allows 510. */
    public static final int LINE_CHARS_MAX = 512;

    private final String command;
    private final List<String> arguments;
    private final List<String> data = new ArrayList<>();
    private @Nullable String status;
    private String header = "";
    private @Nullable ObservedMail mail;

    Pop3Transaction(long number, String command, List<String> arguments) {
        super(AppProtocol.POP3, number);
        this.command = command;
        this.arguments = List.copyOf(arguments);
    }

    /** In upper case. */
    public String command() {
        return command;
    }

    /** What stands behind the command, but never a password. */
    public List<String> arguments() {
        return arguments;
    }

    /** {@code OK} or {@code ERR}; null when no response was seen. */
    public @Nullable String status() {
        return status;
    }

    void response(String word, String text) {
        status = word;
        header = text;
    }

    /** What stands behind the status. */
    public String header() {
        return header;
    }

    void line(String text) {
        if (data.size() < LINES_MAX) {
            data.add(text.length() > LINE_CHARS_MAX ? text.substring(0, LINE_CHARS_MAX) : text);
        }
    }

    /** The lines of a response that has several, but not of a mail. */
    public List<String> data() {
        return List.copyOf(data);
    }

    /** What the mail says that was fetched; null when none was. */
    public @Nullable MailSummary mail() {
        ObservedMail observed = mail;
        return observed == null ? null : observed.summary();
    }

    @Nullable
    ObservedMail observed() {
        return mail;
    }

    ObservedMail mailBegins() {
        ObservedMail observed = new ObservedMail(this, Direction.TO_CLIENT, ObservedMail.Content.WHOLE);
        mail = observed;
        return observed;
    }

    @Override
    public void writeTo(EveFields out) {
        out.object("pop3");
        out.object("request");
        out.put("command", command);
        out.array("args");
        arguments.forEach(out::add);
        out.end();
        out.end();
        String word = status;
        if (word != null) {
            out.object("response");
            out.put("success", word.equals("OK"));
            out.put("status", word);
            out.put("header", header);
            if (!data.isEmpty()) {
                out.array("data");
                data.forEach(out::add);
                out.end();
            }
            out.end();
        }
        out.end();
        MailSummary summary = mail();
        if (summary != null) {
            summary.writeTo(out);
        }
    }
}
