package jp.genkan.protocols.smtp;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.Progress;
import jp.genkan.core.observation.ProtocolFrame;
import jp.genkan.protocols.conversation.Conversation;
import jp.genkan.protocols.conversation.Frames;
import jp.genkan.protocols.conversation.OctetBuffer;
import jp.genkan.protocols.conversation.StreamParser;
import jp.genkan.protocols.mime.DotStuffing;
import jp.genkan.protocols.mime.ObservedMail;
import jp.genkan.protocols.mime.TextLines;
import org.jspecify.annotations.Nullable;

/**
 * Reads one SMTP connection. Replies are matched with commands in order, so that pipelined commands, and a DATA that the server refuses, are read as the
 * server reads them: what a client sends behind DATA waits, within a bound, for the server's word.
 *
 * <p>Thread rule: the worker of its flow.
 */
public final class SmtpParser implements StreamParser {
    /** Most commands that wait for their replies: ten times what a client sends in a window with a hundred recipients. The oldest are forgotten. */
    static final int PENDING_MAX = 1024;

    /** Most octets behind DATA that wait for the server's answer: a client that does not wait sends a window at most. Then they are taken for the mail. */
    static final int WAITING_OCTETS_MAX = 65_536;

    /** Longest command and reply that RFC 5321 §4.5.3.1 allows, without CRLF. */
    private static final int LINE_ALLOWED = 510;

    /** The line with a dot alone. */
    private static final int END_OF_MAIL = 3;

    private static final int START_MAIL = 354;
    private static final int READY = 220;
    private static final int MORE_CREDENTIALS = 334;

    /** What the client's next octets are. */
    private enum Client {
        COMMAND,
        /** Behind DATA, before the server's answer. */
        WAITING,
        CONTENT,
        CHUNK,
        CREDENTIALS
    }

    /** What a reply answers. */
    private enum Awaited {
        DATA,
        MAIL_END,
        STARTTLS,
        AUTH,
        OTHER
    }

    private record Pending(Awaited what, @Nullable SmtpTransaction transaction) {}

    /** Events, each told once a connection. */
    enum Anomaly {
        INVALID_REPLY,
        UNABLE_TO_MATCH_REPLY_WITH_REQUEST,
        MAX_COMMAND_LINE_LEN_EXCEEDED,
        MAX_REPLY_LINE_LEN_EXCEEDED,
        INVALID_PIPELINED_SEQUENCE,
        NO_SERVER_WELCOME_MESSAGE,
        TLS_REJECTED,
        DATA_COMMAND_REJECTED,
        DUPLICATE_FIELDS,
        UNPARSABLE_CONTENT
    }

    private final TextLines commands = new TextLines();
    private final TextLines replies = new TextLines();
    private final OctetBuffer waiting = new OctetBuffer(WAITING_OCTETS_MAX);
    private final Deque<Pending> pending = new ArrayDeque<>();
    private final Set<Anomaly> told = EnumSet.noneOf(Anomaly.class);
    private DotStuffing dots = new DotStuffing();
    private Client client = Client.COMMAND;
    private long chunkRemaining;
    private boolean lastChunk;
    private boolean greeted;
    /** Place in the stream of the client's octet that is read next, where frames are asked for. */
    private long clientPlace;

    private @Nullable ProtocolFrame dataFrame;
    private boolean lost;
    private long next;
    private @Nullable String helo;
    private @Nullable SmtpTransaction current;

    @Override
    public int onOctets(Direction direction, byte[] octets, int from, int to, Conversation conversation) {
        if (direction == Direction.TO_CLIENT) {
            return server(octets, from, to, conversation);
        }
        client(octets, from, to, conversation);
        return to;
    }

    private void client(byte[] octets, int from, int to, Conversation conversation) {
        int at = from;
        Frames frames = conversation.frames();
        if (frames != null && waiting.isEmpty()) {
            clientPlace = frames.origin();
        }
        while (at < to) {
            at = step(octets, at, to, conversation);
        }
    }

    private int step(byte[] octets, int from, int to, Conversation conversation) {
        if (client == Client.WAITING) {
            return waitingOctets(octets, from, to, conversation);
        }
        int behind = switch (client) {
            case COMMAND, CREDENTIALS -> commandOctets(octets, from, to, conversation);
            case CONTENT -> content(octets, from, to, conversation);
            case CHUNK, WAITING -> chunk(octets, from, to, conversation);
        };
        clientPlace += behind - from;
        return behind;
    }

    private void tellCommand(int taken, Conversation conversation) {
        Frames frames = conversation.frames();
        if (frames != null) {
            long length = commands.length();
            frames.tell(Direction.TO_SERVER, "command_line", clientPlace + taken - length, length, current);
        }
    }

    private int commandOctets(byte[] octets, int from, int to, Conversation conversation) {
        int at = commands.take(octets, from, to);
        if (commands.isComplete()) {
            if (client == Client.CREDENTIALS) {
                client = Client.COMMAND;
            } else {
                if (commands.length() > LINE_ALLOWED + 2) {
                    anomaly(conversation, Direction.TO_SERVER, Anomaly.MAX_COMMAND_LINE_LEN_EXCEEDED);
                }
                command(commands.text(), conversation);
            }
            tellCommand(at - from, conversation);
        }
        return at;
    }

    private void command(String line, Conversation conversation) {
        int space = line.indexOf(' ');
        String word = (space < 0 ? line : line.substring(0, space)).toUpperCase(Locale.ROOT);
        String argument = space < 0 ? "" : line.substring(space + 1).strip();
        switch (word) {
            case "EHLO", "HELO", "LHLO" -> hello(argument, conversation);
            case "MAIL" -> mail(argument, conversation);
            case "RCPT" -> recipient(argument);
            case "DATA" -> {
                transaction();
                await(Awaited.DATA, current);
                client = lost ? Client.CONTENT : Client.WAITING;
                dots = new DotStuffing();
            }
            case "BDAT" -> bdat(argument, conversation);
            case "RSET" -> {
                await(Awaited.OTHER, null);
                reset(conversation);
            }
            case "STARTTLS" -> await(Awaited.STARTTLS, null);
            case "AUTH" -> {
                int end = argument.indexOf(' ');
                transaction().mechanism((end < 0 ? argument : argument.substring(0, end)).toUpperCase(Locale.ROOT));
                await(Awaited.AUTH, null);
            }
            default -> await(Awaited.OTHER, null);
        }
    }

    private SmtpTransaction transaction() {
        SmtpTransaction open = current;
        if (open == null) {
            open = new SmtpTransaction(next++, helo);
            current = open;
        }
        return open;
    }

    private void await(Awaited what, @Nullable SmtpTransaction transaction) {
        if (pending.size() == PENDING_MAX) {
            pending.removeFirst();
            lost = true;
        }
        pending.addLast(new Pending(what, transaction));
    }

    private void hello(String name, Conversation conversation) {
        helo = name;
        SmtpTransaction open = transaction();
        open.helo(name);
        await(Awaited.OTHER, null);
        conversation.advance(open, Direction.TO_SERVER, Progress.LINE);
    }

    private void mail(String argument, Conversation conversation) {
        SmtpTransaction open = transaction();
        await(Awaited.OTHER, null);
        if (open.mailFrom() != null) {
            anomaly(conversation, Direction.TO_SERVER, Anomaly.DUPLICATE_FIELDS);
            return;
        }
        open.mailFrom(path(argument));
        conversation.advance(open, Direction.TO_SERVER, Progress.HEADERS);
    }

    private void recipient(String argument) {
        transaction().addRecipient(path(argument));
        await(Awaited.OTHER, null);
    }

    /** What stands behind FROM: or TO:, without the parameters that may follow. */
    private static String path(String argument) {
        String path = argument.substring(argument.indexOf(':') + 1).strip();
        int close = path.startsWith("<") ? path.indexOf('>') : -1;
        int end = close >= 0 ? close + 1 : path.indexOf(' ');
        return end < 0 ? path : path.substring(0, end);
    }

    private void reset(Conversation conversation) {
        SmtpTransaction open = current;
        if (open != null && (open.mailFrom() != null || open.observed() != null)) {
            ObservedMail observed = open.observed();
            if (observed != null) {
                observed.end(conversation, false);
            }
            finish(open, conversation);
            current = null;
        }
    }

    private void bdat(String argument, Conversation conversation) {
        int digits = 0;
        long size = 0;
        while (digits < argument.length() && digits < 18 && Character.digit(argument.charAt(digits), 10) >= 0) {
            size = size * 10 + Character.digit(argument.charAt(digits++), 10);
        }
        lastChunk = argument.substring(digits).strip().equalsIgnoreCase("LAST");
        if (digits == 0) {
            anomaly(conversation, Direction.TO_SERVER, Anomaly.UNPARSABLE_CONTENT);
            await(Awaited.OTHER, null);
            return;
        }
        transaction().mailBegins();
        chunkRemaining = size;
        client = Client.CHUNK;
        if (size == 0) {
            chunkOver(conversation);
        }
    }

    private int chunk(byte[] octets, int from, int to, Conversation conversation) {
        int taken = (int) Math.min(chunkRemaining, to - from);
        SmtpTransaction open = transaction();
        ObservedMail observed = open.mailBegins();
        observed.octets(conversation, octets, from, from + taken);
        read(open, observed, conversation);
        chunkRemaining -= taken;
        if (chunkRemaining == 0) {
            chunkOver(conversation);
        }
        return from + taken;
    }

    private void chunkOver(Conversation conversation) {
        client = Client.COMMAND;
        if (lastChunk) {
            mailOver(conversation);
        } else {
            transaction().mailBegins().pause(conversation); // the client may wait for the reply to this chunk
            await(Awaited.OTHER, null);
        }
    }

    private int waitingOctets(byte[] octets, int from, int to, Conversation conversation) {
        if (waiting.append(octets, from, to)) {
            return to;
        }
        contentBegins(conversation);
        return from;
    }

    /** What was held back behind DATA is a mail's content. */
    private void contentBegins(Conversation conversation) {
        client = Client.CONTENT;
        release(conversation);
    }

    private void release(Conversation conversation) {
        byte[] held = waiting.array();
        int begin = waiting.begin();
        int end = waiting.end();
        int at = begin;
        while (at < end && client != Client.WAITING) {
            at = step(held, at, end, conversation);
        }
        waiting.consume(at - begin);
        if (waiting.isEmpty()) {
            waiting.clear();
        }
    }

    private int content(byte[] octets, int from, int to, Conversation conversation) {
        SmtpTransaction open = transaction();
        ObservedMail observed = open.mailBegins();
        Frames frames = conversation.frames();
        if (frames != null && dataFrame == null) {
            dataFrame = frames.tell(Direction.TO_SERVER, "data", clientPlace, ProtocolFrame.UNKNOWN, open);
        }
        int at = dots.read(
                octets, from, to, (piece, first, behind) -> observed.octets(conversation, piece, first, behind));
        read(open, observed, conversation);
        if (dots.isOver()) {
            endData(clientPlace + at - from - END_OF_MAIL, frames);
            client = Client.COMMAND;
            mailOver(conversation);
        }
        return at;
    }

    private void endData(long behind, @Nullable Frames frames) {
        if (dataFrame != null && frames != null) {
            frames.end(dataFrame, behind);
        }
        dataFrame = null;
    }

    /** More of a mail was read. Its body is told of when its header is complete. */
    private static void read(SmtpTransaction open, ObservedMail observed, Conversation conversation) {
        if (observed.isHeaderRead()) {
            conversation.advance(open, Direction.TO_SERVER, Progress.BODY);
        }
    }

    /** The mail at hand is complete; its answer is not there yet. */
    private void mailOver(Conversation conversation) {
        SmtpTransaction open = transaction();
        open.mailBegins().end(conversation, true);
        conversation.advance(open, Direction.TO_SERVER, Progress.COMPLETE);
        await(Awaited.MAIL_END, open);
        current = null;
    }

    private int server(byte[] octets, int from, int to, Conversation conversation) {
        int at = from;
        while (at < to) {
            at = replies.take(octets, at, to);
            if (replies.isComplete()) {
                tellReply(at - from, conversation);
                if (replies.length() > LINE_ALLOWED + 2) {
                    anomaly(conversation, Direction.TO_CLIENT, Anomaly.MAX_REPLY_LINE_LEN_EXCEEDED);
                }
                if (reply(replies.text(), conversation)) {
                    return at;
                }
            }
        }
        return at;
    }

    private void tellReply(int taken, Conversation conversation) {
        Frames frames = conversation.frames();
        if (frames != null) {
            Pending asked = pending.peekFirst();
            SmtpTransaction in = asked == null || asked.transaction() == null ? current : asked.transaction();
            long length = replies.length();
            frames.tell(Direction.TO_CLIENT, "response_line", frames.origin() + taken - length, length, in);
        }
    }

    /** One line of a reply; true when TLS begins behind it. */
    private boolean reply(String line, Conversation conversation) {
        int code = code(line);
        if (code < 0) {
            anomaly(conversation, Direction.TO_CLIENT, Anomaly.INVALID_REPLY);
            return false;
        }
        if (line.length() > 3 && line.charAt(3) == '-') {
            return false;
        }
        if (!greeted) {
            greeted = true;
            if (pending.isEmpty()) {
                if (code != READY && code / 100 != 5 && code / 100 != 4 && !conversation.isMidstream()) {
                    anomaly(conversation, Direction.TO_CLIENT, Anomaly.NO_SERVER_WELCOME_MESSAGE);
                }
                return false;
            }
        }
        Pending answered = pending.pollFirst();
        if (answered == null) {
            unasked(code, conversation);
            return false;
        }
        return answered(answered, code, conversation);
    }

    private static int code(String line) {
        if (line.length() < 3) {
            return -1;
        }
        int code = 0;
        for (int i = 0; i < 3; i++) {
            int digit = line.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            code = code * 10 + digit;
        }
        return code;
    }

    /** A reply to nothing: the server may have seen the end of a mail where this parser did not. */
    private void unasked(int code, Conversation conversation) {
        if (client == Client.CONTENT && dots.hasLooseEnd()) {
            client = Client.COMMAND;
            mailOver(conversation);
            Pending end = pending.pollLast();
            if (end != null) {
                answered(end, code, conversation);
            }
        } else if (!lost && code / 100 != 4) { // servers that close say 421 at any time
            anomaly(conversation, Direction.TO_CLIENT, Anomaly.UNABLE_TO_MATCH_REPLY_WITH_REQUEST);
        }
    }

    private boolean answered(Pending answered, int code, Conversation conversation) {
        switch (answered.what()) {
            case DATA -> {
                if (code == START_MAIL) {
                    if (client == Client.WAITING) {
                        contentBegins(conversation);
                    }
                } else {
                    dataRefused(conversation);
                }
            }
            case MAIL_END -> {
                SmtpTransaction done = answered.transaction();
                if (done != null) {
                    done.replyCode(code);
                    finish(done, conversation);
                }
            }
            case STARTTLS -> {
                if (code == READY) {
                    reset(conversation);
                    finishOpen(conversation);
                    conversation.handOver(AppProtocol.TLS);
                    return true;
                }
                anomaly(conversation, Direction.TO_CLIENT, Anomaly.TLS_REJECTED);
            }
            case AUTH -> {
                if (code == MORE_CREDENTIALS) {
                    pending.addFirst(answered);
                    client = client == Client.COMMAND ? Client.CREDENTIALS : client;
                }
            }
            case OTHER -> {}
        }
        return false;
    }

    private void dataRefused(Conversation conversation) {
        anomaly(conversation, Direction.TO_CLIENT, Anomaly.DATA_COMMAND_REJECTED);
        if (client == Client.WAITING) {
            client = Client.COMMAND;
            release(conversation);
        } else if (client == Client.CONTENT) {
            client = Client.COMMAND;
            reset(conversation);
        }
    }

    private void finish(SmtpTransaction transaction, Conversation conversation) {
        if (transaction.progress(Direction.TO_SERVER) != Progress.COMPLETE) {
            conversation.advance(transaction, Direction.TO_SERVER, Progress.COMPLETE);
        }
        conversation.advance(transaction, Direction.TO_CLIENT, Progress.COMPLETE);
        conversation.complete(transaction);
    }

    private void finishOpen(Conversation conversation) {
        SmtpTransaction open = current;
        current = null;
        if (open != null) {
            finish(open, conversation);
        }
    }

    private void anomaly(Conversation conversation, Direction direction, Anomaly anomaly) {
        if (told.add(anomaly)) {
            conversation.anomaly(current, direction, anomaly.name());
        }
    }

    @Override
    public void onGap(Direction direction, long missing, Conversation conversation) {
        lost = true;
        if (direction == Direction.TO_CLIENT) {
            replies.gap();
            greeted = true;
            if (client == Client.WAITING) {
                contentBegins(conversation);
            }
            return;
        }
        clientPlace += missing;
        switch (client) {
            case COMMAND, CREDENTIALS -> commands.gap();
            case WAITING -> {
                contentBegins(conversation);
                contentGap(missing, conversation);
            }
            case CONTENT -> contentGap(missing, conversation);
            case CHUNK -> {
                long inside = Math.min(missing, chunkRemaining);
                transaction().mailBegins().gap(conversation, inside);
                chunkRemaining -= inside;
                if (chunkRemaining == 0) {
                    chunkOver(conversation);
                    commands.gap();
                }
            }
        }
    }

    private void contentGap(long missing, Conversation conversation) {
        if (client == Client.CONTENT) {
            transaction().mailBegins().gap(conversation, missing);
            dots.gap();
        } else {
            commands.gap();
        }
    }

    @Override
    public void onFlowEnd(Conversation conversation) {
        if (client == Client.WAITING) {
            contentBegins(conversation);
        }
        for (Pending left : pending) {
            SmtpTransaction done = left.transaction();
            if (left.what() == Awaited.MAIL_END && done != null) {
                finish(done, conversation);
            }
        }
        pending.clear();
        SmtpTransaction open = current;
        ObservedMail observed = open == null ? null : open.observed();
        if (observed != null) {
            observed.end(conversation, false);
        }
        finishOpen(conversation);
    }
}
