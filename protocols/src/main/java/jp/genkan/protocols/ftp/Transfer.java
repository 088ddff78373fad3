package jp.genkan.protocols.ftp;

import org.jspecify.annotations.Nullable;

/**
 * A data connection that was announced, and what it is for, which is often known only after it was opened.
 *
 * <p>Thread rule: the control connection's worker writes, the data connection's worker reads.
 */
final class Transfer {
    /**
     * What a data connection carries.
     *
     * @param command in upper case
     * @param path as the command names it; empty when it names none
     * @param offset where the file's octets begin (REST)
     */
    record Purpose(String command, String path, long offset) {
        /** True when it is a file, not a listing. */
        boolean isFile() {
            return isFile(command);
        }

        static boolean isFile(String command) {
            return command.equals("RETR") || isUpload(command);
        }

        static boolean isUpload(String command) {
            return command.equals("STOR") || command.equals("STOU") || command.equals("APPE");
        }

        static boolean isListing(String command) {
            return command.equals("LIST") || command.equals("NLST") || command.equals("MLSD");
        }
    }

    private final boolean active;
    private volatile @Nullable Purpose purpose;

    private Transfer(boolean active) {
        this.active = active;
    }

    /** One whose connection goes from client to server. */
    static Transfer passive() {
        return new Transfer(false);
    }

    /** One whose connection goes from server to client. */
    static Transfer active() {
        return new Transfer(true);
    }

    /** True when the connection goes from server to client. */
    boolean isActive() {
        return active;
    }

    /** Null as long as it is unknown. */
    @Nullable
    Purpose purpose() {
        return purpose;
    }

    void purpose(Purpose known) {
        purpose = known;
    }
}
