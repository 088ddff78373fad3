package jp.genkan.protocols.pop3;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import jp.genkan.core.observation.Direction;
import jp.genkan.protocols.conversation.Opening;
import jp.genkan.protocols.conversation.Recogniser;
import jp.genkan.protocols.conversation.Recognition;

/**
 * Knows POP3: the server greets with {@code +OK} before the client says anything. Where the client was seen first, its command must be one of POP3's, as
 * others answer {@code +OK} too.
 */
public final class Pop3Recogniser implements Recogniser {
    private static final String GREETING = "+OK";

    private static final List<String> COMMANDS = List.of("USER ", "APOP ", "CAPA\r\n", "AUTH", "STLS\r\n", "QUIT\r\n");

    @Override
    public Recognition recognise(Opening opening) {
        String server = text(opening, Direction.TO_CLIENT);
        String client = text(opening, Direction.TO_SERVER).toUpperCase(Locale.ROOT);
        if (server.length() <= GREETING.length()) {
            return GREETING.startsWith(server) && (client.isEmpty() || isCommand(client))
                    ? Recognition.MORE
                    : Recognition.NO;
        }
        if (!server.startsWith(GREETING) || server.charAt(GREETING.length()) > ' ') {
            return Recognition.NO;
        }
        return client.isEmpty() || isCommand(client) ? Recognition.YES : Recognition.NO;
    }

    private static boolean isCommand(String client) {
        return COMMANDS.stream().anyMatch(command -> client.startsWith(command) || command.startsWith(client));
    }

    private static String text(Opening opening, Direction direction) {
        return new String(opening.octets(direction), 0, opening.length(direction), StandardCharsets.ISO_8859_1);
    }
}
