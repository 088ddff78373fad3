package jp.genkan.protocols.smtp;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import jp.genkan.core.observation.Direction;
import jp.genkan.protocols.conversation.Opening;
import jp.genkan.protocols.conversation.Recogniser;
import jp.genkan.protocols.conversation.Recognition;

/**
 * Knows SMTP. The server speaks first, with 220 as FTP's servers do: it is SMTP when the banner says so, or when the client's first command is one of
 * SMTP's own.
 */
public final class SmtpRecogniser implements Recogniser {
    private static final int CODE_LENGTH = 4;

    private static final List<String> COMMANDS =
            List.of("EHLO ", "HELO ", "LHLO ", "MAIL FROM:", "EHLO\r\n", "HELO\r\n");

    @Override
    public Recognition recognise(Opening opening) {
        String server = text(opening, Direction.TO_CLIENT);
        String client = text(opening, Direction.TO_SERVER);
        Recognition banner = banner(server);
        if (banner == Recognition.NO) {
            return Recognition.NO;
        }
        Recognition command = command(client);
        if (command == Recognition.NO && banner != Recognition.YES) {
            return Recognition.NO;
        }
        boolean sure = banner == Recognition.YES && client.isEmpty() || command == Recognition.YES;
        return sure || banner == Recognition.YES && command == Recognition.NO ? Recognition.YES : Recognition.MORE;
    }

    private static String text(Opening opening, Direction direction) {
        return new String(opening.octets(direction), 0, opening.length(direction), StandardCharsets.ISO_8859_1)
                .toUpperCase(Locale.ROOT);
    }

    private static Recognition banner(String server) {
        if (server.length() < CODE_LENGTH) {
            return "220 ".startsWith(server) || "220-".startsWith(server) || "554 ".startsWith(server)
                    ? Recognition.MORE
                    : Recognition.NO;
        }
        boolean code = server.startsWith("220 ") || server.startsWith("220-") || server.startsWith("554 ");
        if (!code) {
            return Recognition.NO;
        }
        return server.contains("SMTP") ? Recognition.YES : Recognition.MORE;
    }

    private static Recognition command(String client) {
        for (String command : COMMANDS) {
            if (client.startsWith(command)) {
                return Recognition.YES;
            }
            if (command.startsWith(client)) {
                return Recognition.MORE;
            }
        }
        return Recognition.NO;
    }
}
