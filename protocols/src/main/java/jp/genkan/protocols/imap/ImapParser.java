package jp.genkan.protocols.imap;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.Progress;
import jp.genkan.protocols.conversation.Conversation;
import jp.genkan.protocols.conversation.StreamParser;
import jp.genkan.protocols.mime.ObservedMail;
import jp.genkan.protocols.mime.TextLines;
import org.jspecify.annotations.Nullable;

/**
 * Reads one IMAP connection. Which octets are a mail is known from the words before each literal, so that no BODYSTRUCTURE is needed.
 *
 * <p>Thread rule: the worker of its flow.
 */
public final class ImapParser implements StreamParser {
    /** Most commands that wait for their responses; mail programs pipeline up to about twenty. The oldest are told without one. */
    static final int PENDING_MAX = 256;

    private static final int WORDS_MAX = 5;

    private enum State {
        LINE,
        /** The rest of a line that a literal interrupted. */
        REST_OF_LINE,
        LITERAL
    }

    private final TextLines commands = new TextLines();
    private final TextLines responses = new TextLines();
    private final Map<String, ImapTransaction> pending = new LinkedHashMap<>();
    private State client = State.LINE;
    private State server = State.LINE;
    private long next;
    private long clientRemaining;
    private boolean clientWaits;
    private long serverRemaining;
    private long message = -1;
    private long requested = -1;
    private @Nullable ImapTransaction command;
    private @Nullable ImapTransaction credentials;
    private @Nullable ObservedMail appended;
    private @Nullable FetchedMail fetched;
    private boolean fetching;
    private boolean receiving;
    private boolean pieces;
    private long literalSize;

    @Override
    public int onOctets(Direction direction, byte[] octets, int from, int to, Conversation conversation) {
        int at = from;
        while (at < to) {
            if (direction == Direction.TO_SERVER) {
                at = client == State.LITERAL
                        ? clientLiteral(octets, at, to, conversation)
                        : clientLine(octets, at, to, conversation);
            } else if (server == State.LITERAL) {
                at = serverLiteral(octets, at, to, conversation);
            } else {
                at = responses.take(octets, at, to);
                if (responses.isComplete() && serverLine(conversation)) {
                    return at;
                }
            }
        }
        return at;
    }

    private int clientLine(byte[] octets, int from, int to, Conversation conversation) {
        int at = commands.take(octets, from, to);
        if (commands.isComplete()) {
            if (client == State.LINE && credentials == null) {
                command(commands.text(), conversation);
            }
            client = State.LINE;
            Literal literal = Literal.atEndOf(commands.tail());
            if (literal != null && credentials == null) {
                clientRemaining = literal.size();
                clientWaits = literal.waits();
                literalSize = literal.size();
                client = literal.size() == 0 ? State.REST_OF_LINE : State.LITERAL;
            }
        }
        return at;
    }

    private void command(String line, Conversation conversation) {
        command = null;
        String[] words = line.strip().split(" ", WORDS_MAX);
        if (words.length < 2) {
            return; // DONE ends an IDLE; anything else is none
        }
        String word = words[1].toUpperCase(Locale.ROOT);
        boolean uid = word.equals("UID") && words.length > 2;
        String name = uid ? "UID " + words[2].toUpperCase(Locale.ROOT) : word;
        ImapTransaction transaction = new ImapTransaction(next++, words[0], name);
        describe(transaction, word, words);
        if (pending.size() >= PENDING_MAX) {
            finishFirst(conversation);
        }
        ImapTransaction same = pending.remove(transaction.tag());
        if (same != null) {
            giveUp(same, conversation);
        }
        pending.put(transaction.tag(), transaction);
        command = transaction;
        if (word.equals("AUTHENTICATE")) {
            credentials = transaction;
        }
        if (name.endsWith("FETCH")) {
            int piece = line.lastIndexOf('<');
            int dot = piece < 0 ? -1 : line.indexOf('.', piece);
            requested = dot < 0 ? -1 : FetchItem.number(line, dot + 1);
        }
        conversation.advance(transaction, Direction.TO_SERVER, Progress.COMPLETE);
    }

    /** Notes the arguments that may be told. */
    private static void describe(ImapTransaction transaction, String word, String[] words) {
        switch (word) {
            case "SELECT", "EXAMINE", "CREATE", "DELETE", "RENAME", "STATUS", "APPEND", "SUBSCRIBE", "UNSUBSCRIBE" -> {
                if (words.length > 2 && !words[2].startsWith("{")) {
                    transaction.mailbox(words[2].replace("\"", ""));
                }
            }
            case "UID" -> {
                if (words.length > 3) {
                    transaction.uid(words[3]);
                }
            }
            default -> {}
        }
    }

    private int clientLiteral(byte[] octets, int from, int to, Conversation conversation) {
        int taken = (int) Math.min(clientRemaining, to - from);
        ImapTransaction transaction = command;
        if (transaction != null && transaction.command().equals("APPEND") && pending.containsValue(transaction)) {
            ObservedMail mail = appended;
            if (mail == null) {
                mail = transaction.mailBegins(Direction.TO_SERVER, ObservedMail.Content.WHOLE);
                appended = mail;
            }
            mail.octets(conversation, octets, from, from + taken);
            conversation.advance(transaction, Direction.TO_SERVER, Progress.BODY);
        }
        clientRemaining -= taken;
        if (clientRemaining == 0) {
            clientLiteralOver(conversation, true);
        }
        return from + taken;
    }

    private void clientLiteralOver(Conversation conversation, boolean whole) {
        client = State.REST_OF_LINE;
        ObservedMail mail = appended;
        appended = null;
        if (mail != null) {
            mail.end(conversation, whole);
        }
    }

    /** A line of the server's; true when TLS begins behind it. */
    private boolean serverLine(Conversation conversation) {
        if (server == State.LINE) {
            String line = responses.text();
            message = line.startsWith("* ") ? FetchItem.number(line, 2) : -1;
            int word = line.indexOf(' ', 2);
            fetching = message >= 0 && line.regionMatches(true, word + 1, "FETCH", 0, 5);
            if (!line.startsWith("* ") && !line.startsWith("+")) {
                return tagged(line, conversation);
            }
        }
        server = State.LINE;
        String tail = responses.tail();
        Literal literal = Literal.atEndOf(tail);
        if (literal != null) {
            serverRemaining = literal.size();
            server = State.LITERAL;
            if (fetching) {
                fetch(FetchItem.before(tail.substring(0, literal.begin())), literal.size(), conversation);
            }
            if (serverRemaining == 0) {
                serverLiteralOver(conversation);
            }
        }
        return false;
    }

    private void fetch(FetchItem item, long size, Conversation conversation) {
        FetchedMail before = fetched;
        ObservedMail.Content content = item.content();
        if (before != null && content != null && before.isContinuedBy(message, item)) {
            receiving = true;
        } else {
            fetchOver(conversation, false);
            if (content != null) {
                fetched = new FetchedMail(owner(conversation), message, item, content);
                receiving = true;
            }
        }
        pieces = item.offset() >= 0 && (requested < 0 || size >= requested);
    }

    /** The command that asked for what the server sends. */
    private ImapTransaction owner(Conversation conversation) {
        ImapTransaction first = null;
        for (ImapTransaction transaction : pending.values()) {
            if (transaction.command().endsWith("FETCH")) {
                return transaction;
            }
            first = first == null ? transaction : first;
        }
        if (first == null) {
            first = new ImapTransaction(next++, "", "FETCH");
            conversation.advance(first, Direction.TO_CLIENT, Progress.LINE);
        }
        return first;
    }

    private int serverLiteral(byte[] octets, int from, int to, Conversation conversation) {
        int taken = (int) Math.min(serverRemaining, to - from);
        FetchedMail mail = fetched;
        if (mail != null && receiving) {
            mail.octets(conversation, octets, from, from + taken);
            conversation.advance(mail.transaction(), Direction.TO_CLIENT, Progress.BODY);
        }
        serverRemaining -= taken;
        if (serverRemaining == 0) {
            serverLiteralOver(conversation);
        }
        return from + taken;
    }

    private void serverLiteralOver(Conversation conversation) {
        server = State.REST_OF_LINE;
        if (receiving && !pieces) {
            fetchOver(conversation, true);
        }
        receiving = false;
    }

    /** The mail that was being fetched is over; so is its command, when its response has come. */
    private void fetchOver(Conversation conversation, boolean whole) {
        FetchedMail mail = fetched;
        fetched = null;
        if (mail == null) {
            return;
        }
        mail.end(conversation, whole);
        if (!pending.containsValue(mail.transaction())) {
            finish(mail.transaction(), conversation);
        }
    }

    private boolean tagged(String line, Conversation conversation) {
        int space = line.indexOf(' ');
        ImapTransaction transaction = space < 0 ? null : pending.remove(line.substring(0, space));
        if (transaction == null) {
            return false;
        }
        int end = line.indexOf(' ', space + 1);
        String status = line.substring(space + 1, end < 0 ? line.length() : end).toUpperCase(Locale.ROOT);
        boolean ok = status.equals("OK");
        transaction.status(ok ? "OK" : status.equals("NO") ? "NO" : "BAD");
        if (transaction == credentials) {
            credentials = null;
        }
        if (transaction == command && client == State.LITERAL && clientWaits && clientRemaining == literalSize) {
            client = State.LINE; // the server does not want it
        }
        FetchedMail mail = fetched;
        if (mail == null || mail.transaction() != transaction) {
            finish(transaction, conversation);
        }
        if (mail != null && !receiving) {
            mail.pause(conversation);
        }
        if (ok && transaction.command().equals("STARTTLS")) {
            finishAll(conversation);
            conversation.handOver(AppProtocol.TLS);
            return true;
        }
        if (ok && transaction.command().equals("COMPRESS")) {
            finishAll(conversation);
            conversation.settle();
        }
        return false;
    }

    private void finish(ImapTransaction transaction, Conversation conversation) {
        if (transaction == command && appended != null) {
            clientLiteralOver(conversation, false);
        }
        if (transaction == command) {
            command = null;
        }
        conversation.advance(transaction, Direction.TO_CLIENT, Progress.COMPLETE);
        conversation.complete(transaction);
    }

    private void finishFirst(Conversation conversation) {
        Iterator<ImapTransaction> all = pending.values().iterator();
        ImapTransaction first = all.next();
        all.remove();
        giveUp(first, conversation);
    }

    /** No response is awaited for it any more. */
    private void giveUp(ImapTransaction transaction, Conversation conversation) {
        if (transaction == credentials) {
            credentials = null;
        }
        FetchedMail mail = fetched;
        if (mail != null && mail.transaction() == transaction) {
            fetchOver(conversation, false);
        } else {
            finish(transaction, conversation);
        }
    }

    private void finishAll(Conversation conversation) {
        clientLiteralOver(conversation, false);
        fetchOver(conversation, false);
        while (!pending.isEmpty()) {
            finishFirst(conversation);
        }
    }

    @Override
    public void onGap(Direction direction, long missing, Conversation conversation) {
        if (direction == Direction.TO_SERVER) {
            if (client != State.LITERAL) {
                commands.gap();
                return;
            }
            long inside = Math.min(missing, clientRemaining);
            ObservedMail mail = appended;
            if (mail != null) {
                mail.gap(conversation, inside);
            }
            clientRemaining -= inside;
            if (clientRemaining == 0) {
                clientLiteralOver(conversation, true);
                commands.gap();
            }
            return;
        }
        if (server != State.LITERAL) {
            responses.gap();
            return;
        }
        long inside = Math.min(missing, serverRemaining);
        FetchedMail mail = fetched;
        if (mail != null && receiving) {
            mail.gap(conversation, inside);
        }
        serverRemaining -= inside;
        if (serverRemaining == 0) {
            serverLiteralOver(conversation);
            responses.gap();
        }
    }

    @Override
    public void onFlowEnd(Conversation conversation) {
        finishAll(conversation);
    }
}
