package jp.genkan.protocols.ftp;

import java.util.ArrayList;
import java.util.List;
import jp.genkan.core.event.EveFields;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.Transaction;
import jp.genkan.protocols.conversation.OctetText;
import org.jspecify.annotations.Nullable;

/**
 * A command and its replies; or a reply that nothing asked for, such as the greeting.
 *
 * <p>Thread rule: as for {@link Transaction}.
 */
public final class FtpTransaction extends Transaction {
    /** Reply lines that are kept: help and feature texts have up to 60. */
    static final int REPLY_LINES_MAX = 128;

    /** Octets of all reply lines of a command that are kept; a greeting or help text has some 2,000. */
    static final int REPLY_OCTETS_MAX = 16_384;

    private static final String HIDDEN = "[redacted]";
    private static final int CODE_LENGTH = 3;

    private final @Nullable String command;
    private final byte[] data;
    private final boolean commandTruncated;
    private final List<String> replies = new ArrayList<>();
    private final List<String> codes = new ArrayList<>();
    private int replyOctets;
    private boolean replyTruncated;
    private boolean replied;
    private int dynamicPort;

    FtpTransaction(long number, @Nullable String command, byte[] data, boolean commandTruncated) {
        super(AppProtocol.FTP, number);
        this.command = command;
        this.data = data;
        this.commandTruncated = commandTruncated;
    }

    /** In upper case; null for a reply that nothing asked for. */
    public @Nullable String command() {
        return command;
    }

    /** What follows the command, as it was sent, passwords included. */
    public byte[] commandData() {
        return data.clone();
    }

    int commandDataLength() {
        return data.length;
    }

    /** True when the command line was longer than is read. */
    public boolean isCommandTruncated() {
        return commandTruncated;
    }

    /** Lines of the replies without their codes. */
    public List<String> replies() {
        return List.copyOf(replies);
    }

    /** Codes of the replies; one for each line that has one. */
    public List<String> completionCodes() {
        return List.copyOf(codes);
    }

    /** True when lines of the replies are missing or cut. */
    public boolean isReplyTruncated() {
        return replyTruncated;
    }

    /** True when a final reply came. */
    public boolean isReplied() {
        return replied;
    }

    /** Port of the data connection that was agreed upon; 0 for none. */
    public int dynamicPort() {
        return dynamicPort;
    }

    void dynamicPort(int port) {
        dynamicPort = port;
    }

    void markReplied() {
        replied = true;
    }

    void markReplyTruncated() {
        replyTruncated = true;
    }

    /**
     * Adds a line of a reply.
     *
     * @param hasCode true when it begins with a code and a space or hyphen
     */
    void addReply(byte[] line, int from, int to, boolean hasCode) {
        if (replies.size() == REPLY_LINES_MAX || replyOctets + (to - from) > REPLY_OCTETS_MAX) {
            replyTruncated = true;
            return;
        }
        replyOctets += to - from;
        int text = from;
        if (hasCode) {
            codes.add(OctetText.of(line, from, from + CODE_LENGTH));
            text = Math.min(to, from + CODE_LENGTH + 1);
        }
        replies.add(OctetText.of(line, text, to));
    }

    /** {@code active} or {@code passive} for the commands that open data connections, null for others. */
    public @Nullable String mode() {
        if (command == null) {
            return null;
        }
        return switch (command) {
            case "PORT", "EPRT" -> "active";
            case "PASV", "EPSV" -> "passive";
            default -> null;
        };
    }

    @Override
    public void writeTo(EveFields out) {
        out.object("ftp");
        if (command != null) {
            out.put("command", command);
            if (data.length > 0) {
                boolean secret = command.equals("PASS") || command.equals("ACCT");
                out.put("command_data", secret ? HIDDEN : OctetText.of(data));
            }
            out.put("command_truncated", commandTruncated);
        }
        list(out, "completion_code", codes);
        list(out, "reply", replies);
        if (dynamicPort != 0) {
            out.put("dynamic_port", dynamicPort);
        }
        String mode = mode();
        if (mode != null) {
            out.put("mode", mode);
        }
        out.put("reply_received", replied ? "yes" : "no");
        out.put("reply_truncated", replyTruncated);
        out.end();
    }

    private static void list(EveFields out, String name, List<String> values) {
        if (!values.isEmpty()) {
            out.array(name);
            values.forEach(out::add);
            out.end();
        }
    }
}
