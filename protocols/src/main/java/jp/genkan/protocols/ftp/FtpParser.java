package jp.genkan.protocols.ftp;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Locale;
import jp.genkan.core.frame.Address;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.Progress;
import jp.genkan.protocols.conversation.Conversation;
import jp.genkan.protocols.conversation.OctetText;
import jp.genkan.protocols.conversation.StreamParser;
import org.jspecify.annotations.Nullable;

/**
 * The control connection of FTP. A command with its replies is a transaction; data connections are announced to the conversation before they come.
 *
 * <p>Keeps a line of each direction (4,096 octets at most) and up to {@link #PENDING_MAX} commands that wait for a reply.
 *
 * <p>Thread rule: as for {@link StreamParser}.
 */
public final class FtpParser implements StreamParser {
    /** Commands that may wait for their reply; clients that pipeline send fewer than ten. Beyond, the oldest is told without a reply. */
    static final int PENDING_MAX = 64;

    private static final int COMMAND_MAX = 8; // the longest in the IANA registry has four; X-commands a few more
    private static final int CODE_LENGTH = 3;
    private static final int PASSIVE = 227;
    private static final int EXTENDED_PASSIVE = 229;
    private static final int SECURITY_READY = 234;
    private static final int TELNET_COMMANDS = 0xf0;
    private static final int OFFSET_DIGITS_MAX = 18;
    private static final byte[] NOTHING = {};

    private final LineReader commands = new LineReader();
    private final LineReader replies = new LineReader();
    private final Deque<FtpTransaction> pending = new ArrayDeque<>();
    private long transactions;
    private @Nullable FtpTransaction unasked;

    /** Code of the reply of several lines that is at hand, 0 for none. */
    private int openCode;

    private @Nullable Transfer transfer;
    private long restOffset;
    private boolean handedOver;

    /** A parser for one connection. */
    public FtpParser() {}

    @Override
    public int onOctets(Direction direction, byte[] octets, int from, int to, Conversation conversation) {
        LineReader lines = direction.isToServer() ? commands : replies;
        int at = from;
        while (at < to && !handedOver) {
            int next = lines.next(octets, at, to);
            if (next < 0) {
                return to;
            }
            at = next;
            if (direction.isToServer()) {
                onCommand(lines, conversation);
            } else {
                onReply(lines, conversation);
            }
        }
        return at;
    }

    private void onCommand(LineReader lines, Conversation conversation) {
        byte[] line = lines.line();
        int begin = lines.begin();
        int end = lines.end();
        while (begin < end && ((line[begin] & 0xff) >= TELNET_COMMANDS || line[begin] == ' ')) {
            begin++;
        }
        if (begin == end) {
            return;
        }
        int behind = begin;
        while (behind < end && line[behind] != ' ') {
            behind++;
        }
        String command = commandOf(line, begin, behind);
        int data = Math.min(end, behind + 1);
        FtpTransaction transaction =
                new FtpTransaction(transactions++, command, Arrays.copyOfRange(line, data, end), lines.isTruncated());
        if (pending.size() == PENDING_MAX) {
            giveUp(pending.removeFirst(), conversation);
        }
        pending.addLast(transaction);
        if (lines.isTruncated()) {
            conversation.anomaly(transaction, Direction.TO_SERVER, "request_command_too_long");
        }
        if (command != null) {
            note(transaction, command, line, data, end, conversation);
        }
        boolean portFollows = "PASV".equals(command) || "EPSV".equals(command);
        conversation.advance(transaction, Direction.TO_SERVER, portFollows ? Progress.LINE : Progress.COMPLETE);
    }

    /** In upper case; null when it is no word. */
    private static @Nullable String commandOf(byte[] line, int from, int to) {
        if (to - from > COMMAND_MAX) {
            return null;
        }
        for (int i = from; i < to; i++) {
            int letter = line[i] | 0x20;
            if (letter < 'a' || letter > 'z') {
                return null;
            }
        }
        return new String(line, from, to - from, StandardCharsets.ISO_8859_1).toUpperCase(Locale.ROOT);
    }

    /** Takes note of what a command means for data connections. */
    private void note(
            FtpTransaction transaction, String command, byte[] line, int from, int to, Conversation conversation) {
        switch (command) {
            case "PORT" -> announced(transaction, DataAddress.ofNumbers(line, from, to));
            case "EPRT" -> announced(transaction, DataAddress.ofDelimited(line, from, to));
            case "REST" -> restOffset = offset(line, from, to);
            default -> {
                if (Transfer.Purpose.isFile(command) || Transfer.Purpose.isListing(command)) {
                    begin(transaction, command, line, from, to, conversation);
                }
            }
        }
    }

    private static void announced(FtpTransaction transaction, @Nullable DataAddress address) {
        if (address != null) {
            transaction.dynamicPort(address.port());
        }
    }

    private static long offset(byte[] line, int from, int to) {
        long value = 0;
        for (int i = from; i < to && i < from + OFFSET_DIGITS_MAX; i++) {
            if (line[i] < '0' || line[i] > '9') {
                return 0;
            }
            value = value * 10 + line[i] - '0';
        }
        return value;
    }

    private void begin(
            FtpTransaction transaction, String command, byte[] line, int from, int to, Conversation conversation) {
        String path = OctetText.of(line, from, to);
        Transfer open = transfer;
        if (open != null) {
            open.purpose(new Transfer.Purpose(command, path, restOffset));
        } else if (Transfer.Purpose.isFile(command)) {
            conversation.anomaly(transaction, Direction.TO_SERVER, "file_before_port");
        }
        restOffset = 0;
    }

    private void onReply(LineReader lines, Conversation conversation) {
        byte[] line = lines.line();
        int begin = lines.begin();
        int end = lines.end();
        int code = code(line, begin, end);
        boolean last = code > 0 && (end - begin == CODE_LENGTH || line[begin + CODE_LENGTH] != '-');
        if (openCode != 0) {
            last &= code == openCode;
        } else if (code == 0 && pending.isEmpty()) {
            return;
        } else if (code > 0 && !last) {
            openCode = code;
        }
        FtpTransaction transaction = repliedTo();
        transaction.addReply(line, begin, end, code > 0);
        if (lines.isTruncated()) {
            transaction.markReplyTruncated();
            conversation.anomaly(transaction, Direction.TO_CLIENT, "response_command_too_long");
        }
        if (!last) {
            return;
        }
        openCode = 0;
        if (code < 200) {
            conversation.advance(transaction, Direction.TO_CLIENT, Progress.LINE);
            return;
        }
        transaction.markReplied();
        agree(transaction, code, line, begin + CODE_LENGTH, end, conversation);
        answered(transaction, conversation);
        finish(transaction, conversation);
        if (code == SECURITY_READY && "AUTH".equals(transaction.command())) {
            completeAll(conversation);
            handedOver = true;
            conversation.handOver(AppProtocol.TLS);
        }
    }

    private FtpTransaction repliedTo() {
        FtpTransaction open = unasked;
        if (open == null) {
            open = pending.peekFirst();
        }
        if (open == null) {
            open = new FtpTransaction(transactions++, null, NOTHING, false);
            unasked = open;
        }
        return open;
    }

    private void finish(FtpTransaction transaction, Conversation conversation) {
        if (transaction == unasked) {
            unasked = null;
        } else {
            pending.removeFirst();
        }
        conversation.complete(transaction);
    }

    /** The code at the beginning of a line, 0 when there is none. */
    private static int code(byte[] line, int begin, int end) {
        if (end - begin < CODE_LENGTH
                || end - begin > CODE_LENGTH && line[begin + CODE_LENGTH] != ' ' && line[begin + CODE_LENGTH] != '-') {
            return 0;
        }
        return DataAddress.number(line, begin, begin + CODE_LENGTH);
    }

    /** What a final reply means for data connections. */
    private void agree(FtpTransaction transaction, int code, byte[] line, int from, int to, Conversation conversation) {
        String command = transaction.command();
        if (command == null) {
            return;
        }
        switch (command) {
            case "PASV" ->
                passive(transaction, code == PASSIVE ? DataAddress.ofNumbers(line, from, to) : null, conversation);
            case "EPSV" ->
                passive(
                        transaction,
                        code == EXTENDED_PASSIVE ? DataAddress.inParentheses(line, from, to) : null,
                        conversation);
            case "PORT", "EPRT" -> active(transaction, code, conversation);
            case "REST" -> restOffset = code < 400 ? restOffset : 0;
            default -> {}
        }
    }

    private void passive(FtpTransaction transaction, @Nullable DataAddress where, Conversation conversation) {
        if (where == null) {
            return;
        }
        Transfer next = Transfer.passive();
        transfer = next;
        transaction.dynamicPort(where.port());
        Address server = conversation.serverAddress();
        conversation.expect(server, where.port(), () -> new FtpDataParser(next));
        if (where.address() != null && !where.address().equals(server)) {
            conversation.expect(
                    where.address(),
                    where.port(),
                    () -> new FtpDataParser(next)); // some clients go where they are told to
        }
    }

    private void active(FtpTransaction transaction, int code, Conversation conversation) {
        byte[] data = transaction.commandData();
        boolean extended = "EPRT".equals(transaction.command());
        DataAddress where =
                extended ? DataAddress.ofDelimited(data, 0, data.length) : DataAddress.ofNumbers(data, 0, data.length);
        if (where == null || code >= 300) {
            return;
        }
        Transfer next = Transfer.active();
        transfer = next;
        Address client = where.address() == null ? conversation.clientAddress() : where.address();
        conversation.expect(client, where.port(), () -> new FtpDataParser(next));
    }

    @Override
    public void onGap(Direction direction, long missing, Conversation conversation) {
        if (direction.isToServer()) {
            commands.skip();
        } else {
            replies.skip();
            openCode = 0;
            completeAll(conversation); // whose reply was lost is unknown
        }
    }

    private void completeAll(Conversation conversation) {
        if (unasked != null) {
            giveUp(unasked, conversation);
            unasked = null;
        }
        while (!pending.isEmpty()) {
            giveUp(pending.removeFirst(), conversation);
        }
    }

    /** What a command has agreed on is known only now. */
    private static void answered(FtpTransaction transaction, Conversation conversation) {
        if (transaction.progress(Direction.TO_SERVER) == Progress.LINE) {
            conversation.advance(transaction, Direction.TO_SERVER, Progress.COMPLETE);
        }
        conversation.advance(transaction, Direction.TO_CLIENT, Progress.COMPLETE);
    }

    /** No reply will come any more. */
    private static void giveUp(FtpTransaction transaction, Conversation conversation) {
        answered(transaction, conversation);
        conversation.complete(transaction);
    }

    @Override
    public void onFlowEnd(Conversation conversation) {
        completeAll(conversation);
    }
}
