package jp.genkan.core.capture;

import java.nio.file.Path;

/** A file that is no capture, or cannot be read; the message is one line that names the file and, where it helps, the octet. */
public final class CaptureException extends Exception {
    private static final long serialVersionUID = 1;

    CaptureException(Path file, String what) {
        super(file + ": " + what);
    }

    CaptureException(Path file, String what, Throwable cause) {
        super(file + ": " + what, cause);
    }
}
