package jp.genkan.protocols.pop3;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.Progress;
import jp.genkan.protocols.conversation.Conversation;
import jp.genkan.protocols.conversation.StreamParser;
import jp.genkan.protocols.mime.DotStuffing;
import jp.genkan.protocols.mime.ObservedMail;
import jp.genkan.protocols.mime.TextLines;
import org.jspecify.annotations.Nullable;

/**
 * Reads one POP3 connection; responses are matched with commands in order.
 *
 * <p>Thread rule: the worker of its flow.
 */
public final class Pop3Parser implements StreamParser {
    /** Most commands that wait for their responses: a client that pipelines fetches a window of mails at a time. The oldest are told without response. */
    static final int PENDING_MAX = 256;

    /** Most arguments of a command that are kept; the longest real ones have three. */
    static final int ARGUMENTS_MAX = 8;

    /** Longest command line of RFC 2449 §4. */
    private static final int COMMAND_ALLOWED = 255;

    private static final Set<String> KNOWN = Set.of(
            "USER", "PASS", "APOP", "AUTH", "STLS", "CAPA", "STAT", "LIST", "RETR", "DELE", "NOOP", "RSET", "TOP",
            "UIDL", "QUIT", "UTF8", "LANG", "XTND");

    /** Events, each told once a connection. */
    enum Anomaly {
        TOO_MANY_TRANSACTIONS,
        REQUEST_TOO_LONG,
        INCORRECT_ARGUMENT_COUNT,
        UNKNOWN_COMMAND
    }

    private final TextLines commands = new TextLines();
    private final TextLines responses = new TextLines();
    private final Deque<Pop3Transaction> pending = new ArrayDeque<>();
    private final Set<Anomaly> told = EnumSet.noneOf(Anomaly.class);
    private long next;
    private boolean greeted;
    private boolean credentials;
    private @Nullable Pop3Transaction open;
    private @Nullable DotStuffing dots;

    @Override
    public int onOctets(Direction direction, byte[] octets, int from, int to, Conversation conversation) {
        int at = from;
        while (at < to) {
            if (direction == Direction.TO_SERVER) {
                at = client(octets, at, to, conversation);
            } else {
                at = server(octets, at, to, conversation);
                if (at < 0) {
                    return -at; // TLS begins behind the response
                }
            }
        }
        return at;
    }

    private int client(byte[] octets, int from, int to, Conversation conversation) {
        int at = commands.take(octets, from, to);
        if (commands.isComplete()) {
            if (credentials) {
                credentials = false;
            } else {
                command(commands.text(), conversation);
            }
        }
        return at;
    }

    private void command(String line, Conversation conversation) {
        if (commands.length() > COMMAND_ALLOWED) {
            anomaly(conversation, Direction.TO_SERVER, Anomaly.REQUEST_TOO_LONG);
        }
        String[] words = line.strip().split(" ", ARGUMENTS_MAX + 2);
        String word = words[0].toUpperCase(Locale.ROOT);
        if (!KNOWN.contains(word)) {
            anomaly(conversation, Direction.TO_SERVER, Anomaly.UNKNOWN_COMMAND);
        }
        Pop3Transaction transaction = new Pop3Transaction(next++, word, arguments(word, words));
        if (pending.size() == PENDING_MAX) {
            anomaly(conversation, Direction.TO_SERVER, Anomaly.TOO_MANY_TRANSACTIONS);
            finish(pending.removeFirst(), conversation);
        }
        pending.addLast(transaction);
        if (!isCountRight(word, words.length - 1)) {
            anomaly(conversation, Direction.TO_SERVER, Anomaly.INCORRECT_ARGUMENT_COUNT);
        }
        conversation.advance(transaction, Direction.TO_SERVER, Progress.COMPLETE);
    }

    /** The arguments that may be told: no password, no digest, no initial response. */
    private static List<String> arguments(String word, String[] words) {
        int most = switch (word) {
            case "PASS" -> 0;
            case "APOP", "AUTH" -> 1;
            default -> KNOWN.contains(word) ? ARGUMENTS_MAX : 0; // what is misspelt may be a password
        };
        List<String> told = new ArrayList<>();
        for (int i = 1; i < words.length && i <= most; i++) {
            told.add(words[i]);
        }
        return told;
    }

    private static boolean isCountRight(String word, int count) {
        return switch (word) {
            case "USER", "RETR", "DELE" -> count == 1;
            case "APOP", "TOP" -> count == 2;
            case "STLS", "CAPA", "STAT", "NOOP", "RSET", "QUIT" -> count == 0;
            case "LIST", "UIDL" -> count <= 1;
            default -> true;
        };
    }

    /** Reads a line or a piece of a mail; a negative index ends the protocol there. */
    private int server(byte[] octets, int from, int to, Conversation conversation) {
        DotStuffing body = dots;
        Pop3Transaction transaction = open;
        if (body == null || transaction == null) {
            int at = responses.take(octets, from, to);
            return responses.isComplete() && status(responses.text(), conversation) ? -at : at;
        }
        ObservedMail mail = transaction.observed();
        int at = body.read(octets, from, to, (piece, first, behind) -> {
            if (mail != null) {
                mail.octets(conversation, piece, first, behind);
            } else {
                lines(transaction, piece, first, behind);
            }
        });
        if (mail != null) {
            conversation.advance(transaction, Direction.TO_CLIENT, Progress.BODY);
        }
        if (body.isOver()) {
            bodyOver(transaction, conversation, true);
        }
        return at;
    }

    private void lines(Pop3Transaction transaction, byte[] octets, int from, int to) {
        int at = from;
        while (at < to) {
            at = responses.take(octets, at, to);
            if (responses.isComplete()) {
                transaction.line(responses.text());
            }
        }
    }

    private void bodyOver(Pop3Transaction transaction, Conversation conversation, boolean seen) {
        ObservedMail mail = transaction.observed();
        if (mail != null) {
            mail.end(conversation, seen && transaction.command().equals("RETR"));
        }
        open = null;
        dots = null;
        finish(transaction, conversation);
    }

    /** A response's first line; true when TLS begins behind it. */
    private boolean status(String line, Conversation conversation) {
        boolean ok = line.startsWith("+OK");
        boolean error = line.startsWith("-ERR");
        if (!greeted && pending.isEmpty()) {
            greeted = true;
            return false;
        }
        greeted = true;
        Pop3Transaction answered = pending.peekFirst();
        if (answered == null) {
            return false;
        }
        if (!ok && !error) {
            credentials = line.startsWith("+") && answered.command().equals("AUTH");
            return false;
        }
        credentials = false;
        pending.removeFirst();
        answered.response(ok ? "OK" : "ERR", line.substring(ok ? 3 : 4).strip());
        conversation.advance(answered, Direction.TO_CLIENT, Progress.LINE);
        if (ok && isMultiLine(answered)) {
            if (answered.command().equals("RETR") || answered.command().equals("TOP")) {
                answered.mailBegins();
            }
            open = answered;
            dots = new DotStuffing();
            return false;
        }
        finish(answered, conversation);
        if (ok && answered.command().equals("STLS")) {
            finishAll(conversation);
            conversation.handOver(AppProtocol.TLS);
            return true;
        }
        return false;
    }

    private static boolean isMultiLine(Pop3Transaction transaction) {
        return switch (transaction.command()) {
            case "RETR", "TOP", "CAPA" -> true;
            case "LIST", "UIDL", "AUTH", "LANG" -> transaction.arguments().isEmpty();
            default -> false;
        };
    }

    private void finish(Pop3Transaction transaction, Conversation conversation) {
        conversation.advance(transaction, Direction.TO_CLIENT, Progress.COMPLETE);
        conversation.complete(transaction);
    }

    private void finishAll(Conversation conversation) {
        while (!pending.isEmpty()) {
            finish(pending.removeFirst(), conversation);
        }
    }

    private void anomaly(Conversation conversation, Direction direction, Anomaly anomaly) {
        if (told.add(anomaly)) {
            conversation.anomaly(pending.peekLast(), direction, anomaly.name());
        }
    }

    @Override
    public void onGap(Direction direction, long missing, Conversation conversation) {
        if (direction == Direction.TO_SERVER) {
            commands.gap();
            return;
        }
        DotStuffing body = dots;
        Pop3Transaction transaction = open;
        if (body != null && transaction != null) {
            ObservedMail mail = transaction.observed();
            if (mail != null) {
                mail.gap(conversation, missing);
            }
            body.gap();
        } else {
            responses.gap();
        }
    }

    @Override
    public void onFlowEnd(Conversation conversation) {
        Pop3Transaction transaction = open;
        if (transaction != null) {
            bodyOver(transaction, conversation, false);
        }
        finishAll(conversation);
    }
}
