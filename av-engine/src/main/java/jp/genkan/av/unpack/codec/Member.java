package jp.genkan.av.unpack.codec;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import jp.genkan.av.unpack.Members;
import jp.genkan.av.unpack.UnpackException;
import org.jspecify.annotations.Nullable;

/**
 * One member of an archive, decoded as far as it goes.
 *
 * <p>Thread rule: no state, any thread.
 */
public final class Member {
    private Member() {}

    /** Writes a member's octets. */
    @FunctionalInterface
    public interface Body {
        void writeTo(OutputStream out) throws IOException;
    }

    /** How a member ended. */
    public enum End {
        /** Its decoder came to the end. */
        WHOLE,
        /** What came counts; the rest is told as uninspectable. */
        PARTLY
    }

    /**
     * Hands over one member. What its decoder throws is told of the member; only bounds end the container.
     *
     * @return how it ended
     */
    public static End write(Members members, @Nullable String name, Body body) throws IOException {
        Members.Reason reason = null;
        try (OutputStream out = members.begin(name)) {
            reason = attempt(() -> body.writeTo(out));
        }
        if (reason != null) {
            members.uninspectable(name, reason);
            return End.PARTLY;
        }
        return End.WHOLE;
    }

    /**
     * Runs a decoder: those of hostile octets may run into anything, and what it was matters little. What the members' taker throws goes through.
     *
     * @return why it ended early; null when it did not
     */
    public static Members.@Nullable Reason attempt(Container body) throws IOException {
        try {
            body.read();
            return null;
        } catch (UnpackException e) {
            return e.reason();
        } catch (EOFException | IndexOutOfBoundsException | ArithmeticException | IllegalArgumentException e) {
            return Members.Reason.BROKEN;
        }
    }

    /** Runs a container's reader: its exceptions become {@link UnpackException}. */
    public static void guard(Container container) throws IOException {
        try {
            container.read();
        } catch (IndexOutOfBoundsException | ArithmeticException | IllegalArgumentException e) {
            throw new UnpackException(Members.Reason.BROKEN, String.valueOf(e.getMessage()));
        }
    }

    /** Reads a container. */
    @FunctionalInterface
    public interface Container {
        void read() throws IOException;
    }
}
