package jp.genkan.protocols.smb;

import org.jspecify.annotations.Nullable;

/** Who begins a session of SMB 1, and what the ends say that they are ([MS-SMB] §2.2.4.6). Stateless. */
final class Smb1Sessions {
    private static final int EXTENDED_WORDS = 12;
    private static final int PLAIN_WORDS = 13;

    private Smb1Sessions() {}

    static void request(SmbView view, int block, boolean isWide, @Nullable SmbTransaction transaction) {
        if (transaction == null) {
            return;
        }
        int at;
        int words = view.u8(block);
        if (words == EXTENDED_WORDS) {
            int length = view.u16(block + 15);
            transaction.ntlm = NtlmAuthentication.find(view, block + 27L, length);
            at = start(block + 27 + length, isWide);
        } else if (words == PLAIN_WORDS) {
            int account = start(block + 29 + view.u16(block + 15) + view.u16(block + 17), isWide);
            int domain = after(view, account, isWide);
            transaction.ntlm =
                    new NtlmAuthentication(text(view, domain, isWide), text(view, account, isWide), "", null);
            at = after(view, domain, isWide);
        } else {
            return;
        }
        transaction.clientOs = text(view, at, isWide);
        transaction.clientLanManager = text(view, after(view, at, isWide), isWide);
    }

    static void response(SmbView view, int block, boolean isWide, SmbTransaction transaction) {
        int words = view.u8(block);
        int at;
        if (words == 4) {
            at = start(block + 11 + view.u16(block + 7), isWide);
        } else if (words == 3) {
            at = start(block + 9, isWide);
        } else {
            return;
        }
        transaction.serverOs = text(view, at, isWide);
        transaction.serverLanManager = text(view, after(view, at, isWide), isWide);
    }

    private static int start(int at, boolean isWide) {
        return isWide ? at + (at & 1) : at;
    }

    private static String text(SmbView view, int at, boolean isWide) {
        return view.text(at, view.endOfText(at, isWide), isWide);
    }

    private static int after(SmbView view, int at, boolean isWide) {
        return view.endOfText(at, isWide) + (isWide ? 2 : 1);
    }
}
