package jp.genkan.protocols.ike;

import java.util.HexFormat;
import java.util.List;

/**
 * What one side of an exchange of version 1 has said so far. Immutable.
 *
 * @param keyExchange the public key, in hexadecimal digits
 * @param nonce in hexadecimal digits
 * @param transformCount how many transforms it has named
 * @param transform the first of them
 */
record IkeParty(String keyExchange, String nonce, int transformCount, List<SaAttribute> transform) {
    static final IkeParty SILENT = new IkeParty("", "", 0, List.of());

    IkeParty {
        transform = List.copyOf(transform);
    }

    /** With what a message adds; an association begins anew. */
    IkeParty with(IkeMessage message) {
        boolean anew = message.doi >= 0;
        int before = anew ? 0 : transformCount;
        List<SaAttribute> chosen = anew ? List.of() : transform;
        if (before == 0 && !message.transforms.isEmpty()) {
            chosen = message.transforms.getFirst();
        }
        HexFormat hex = HexFormat.of();
        return new IkeParty(
                hex.formatHex(message.keyExchange),
                hex.formatHex(message.nonce),
                before + message.transforms.size(),
                chosen);
    }
}
