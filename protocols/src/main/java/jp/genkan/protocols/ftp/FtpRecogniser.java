package jp.genkan.protocols.ftp;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import jp.genkan.core.observation.Direction;
import jp.genkan.protocols.conversation.Opening;
import jp.genkan.protocols.conversation.Recogniser;
import jp.genkan.protocols.conversation.Recognition;

/**
 * Knows FTP by the server's greeting and the client's first command. The greeting alone is SMTP's as well, the command alone may be POP3's: only with both,
 * or with one of them on FTP's port, is it FTP.
 */
public final class FtpRecogniser implements Recogniser {
    private static final int PORT = 21; // registered with IANA
    private static final int CODE_LENGTH = 3;

    /** Octets of the greeting in which the protocol's name is looked for. */
    private static final int GREETING_MAX = 512;

    private static final int WORD_MAX = 5;
    private static final Set<String> FIRST_COMMANDS = Set.of(
            "USER", "AUTH", "FEAT", "SYST", "OPTS", "HOST", "CLNT", "PASV", "EPSV", "PBSZ", "LANG", "PASS", "QUIT",
            "REIN");
    private static final Set<String> SHARED_COMMANDS = Set.of("AUTH", "QUIT", "PASS");

    /** One for all. */
    public FtpRecogniser() {}

    @Override
    public Recognition recognise(Opening opening) {
        boolean ownPort = opening.serverPort() == PORT;
        Recognition greeting = greeting(opening, ownPort);
        if (greeting != Recognition.MORE) {
            return greeting;
        }
        int length = opening.length(Direction.TO_SERVER);
        if (length == 0) {
            return Recognition.MORE;
        }
        String word = word(opening.octets(Direction.TO_SERVER), length);
        if (word.isEmpty()) {
            return length < WORD_MAX ? Recognition.MORE : Recognition.NO;
        }
        if (!FIRST_COMMANDS.contains(word)) {
            return Recognition.NO;
        }
        boolean greeted = opening.length(Direction.TO_CLIENT) >= CODE_LENGTH;
        boolean certain = greeted
                && (!SHARED_COMMANDS.contains(word) || greetingText(opening).contains("FTP"));
        return certain || ownPort ? Recognition.YES : Recognition.MORE;
    }

    /** MORE means that it may be FTP's. */
    private static Recognition greeting(Opening opening, boolean ownPort) {
        byte[] octets = opening.octets(Direction.TO_CLIENT);
        int length = opening.length(Direction.TO_CLIENT);
        if (length <= CODE_LENGTH) {
            return Recognition.MORE;
        }
        boolean ready = octets[0] == '2' && octets[1] == '2' && octets[2] == '0';
        boolean refused = octets[0] == '4' && octets[1] == '2' && octets[2] == '1'
                || octets[0] == '1' && octets[1] == '2' && octets[2] == '0';
        if (!ready && !refused || octets[CODE_LENGTH] != ' ' && octets[CODE_LENGTH] != '-') {
            return Recognition.NO;
        }
        String text = greetingText(opening);
        if (text.contains("SMTP")) {
            return Recognition.NO;
        }
        return text.indexOf('\n') > 0 && ownPort ? Recognition.YES : Recognition.MORE;
    }

    private static String greetingText(Opening opening) {
        int length = Math.min(opening.length(Direction.TO_CLIENT), GREETING_MAX);
        return new String(opening.octets(Direction.TO_CLIENT), 0, length, StandardCharsets.ISO_8859_1)
                .toUpperCase(Locale.ROOT);
    }

    /** The first word in upper case; empty when it is not whole yet or none. */
    private static String word(byte[] octets, int length) {
        int end = 0;
        while (end < length && end < WORD_MAX && octets[end] != ' ' && octets[end] != '\r' && octets[end] != '\n') {
            end++;
        }
        return end == length || end == WORD_MAX
                ? ""
                : new String(octets, 0, end, StandardCharsets.ISO_8859_1).toUpperCase(Locale.ROOT);
    }
}
