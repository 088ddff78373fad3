package jp.genkan.protocols.imap;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import jp.genkan.core.observation.Direction;
import jp.genkan.protocols.conversation.Opening;
import jp.genkan.protocols.conversation.Recogniser;
import jp.genkan.protocols.conversation.Recognition;

/** Knows IMAP by the server's greeting. */
public final class ImapRecogniser implements Recogniser {
    private static final List<String> GREETINGS = List.of("* OK", "* PREAUTH", "* BYE");

    @Override
    public Recognition recognise(Opening opening) {
        String server = new String(
                        opening.octets(Direction.TO_CLIENT),
                        0,
                        opening.length(Direction.TO_CLIENT),
                        StandardCharsets.ISO_8859_1)
                .toUpperCase(Locale.ROOT);
        for (String greeting : GREETINGS) {
            if (server.startsWith(greeting)) {
                return Recognition.YES;
            }
            if (greeting.startsWith(server)) {
                return mayBeTagged(opening) ? Recognition.MORE : Recognition.NO;
            }
        }
        return Recognition.NO;
    }

    /** A client that was seen before its server must say a tag and a word. */
    private static boolean mayBeTagged(Opening opening) {
        byte[] client = opening.octets(Direction.TO_SERVER);
        for (int i = 0; i < opening.length(Direction.TO_SERVER); i++) {
            if (client[i] == ' ') {
                return true;
            }
            if (client[i] < ' ' || client[i] > 'z' || i > ImapTransaction.TAG_CHARS_MAX) {
                return false;
            }
        }
        return true;
    }
}
