package jp.genkan.protocols.sip;

import java.util.ArrayList;
import java.util.List;
import jp.genkan.core.event.EveFields;
import org.jspecify.annotations.Nullable;

/**
 * The description of a session (RFC 8866): its fields in the order in which they came.
 *
 * @param session fields before the first medium
 * @param media for each medium its fields, the first of them {@code m}
 */
public record Sdp(List<Field> session, List<List<Field>> media) {
    /** Lines that are read; real descriptions have up to 100. The rest is passed over. */
    static final int LINES_MAX = 512;

    /** Media that are told; a call has one to four. */
    static final int MEDIA_MAX = 32;

    /** A line: {@code type=value}. */
    public record Field(char type, String value) {}

    public Sdp {
        session = List.copyOf(session);
        media = List.copyOf(media);
    }

    /** Reads a body; null when it does not begin as a description does. */
    static @Nullable Sdp parse(String text) {
        if (!text.startsWith("v=")) {
            return null;
        }
        List<Field> session = new ArrayList<>();
        List<List<Field>> media = new ArrayList<>();
        List<Field> into = session;
        int at = 0;
        for (int line = 0; line < LINES_MAX && at < text.length(); line++) {
            int end = text.indexOf('\n', at);
            end = end < 0 ? text.length() : end;
            int stop = end > at && text.charAt(end - 1) == '\r' ? end - 1 : end;
            if (stop - at >= 2 && text.charAt(at + 1) == '=') {
                char type = text.charAt(at);
                if (type == 'm') {
                    if (media.size() == MEDIA_MAX) {
                        break;
                    }
                    into = new ArrayList<>();
                    media.add(into);
                }
                into.add(new Field(type, text.substring(at + 2, stop)));
            }
            at = end + 1;
        }
        return new Sdp(session, media);
    }

    void writeTo(EveFields out) {
        out.object("sdp");
        one(out, session, 'o', "origin");
        one(out, session, 's', "session_name");
        one(out, session, 'i', "session_info");
        one(out, session, 'u', "uri");
        one(out, session, 'e', "email");
        one(out, session, 'p', "phone_number");
        one(out, session, 'c', "connection_data");
        all(out, session, 'b', "bandwidths");
        times(out);
        one(out, session, 'z', "timezone");
        one(out, session, 'k', "encryption_key");
        all(out, session, 'a', "attributes");
        if (!media.isEmpty()) {
            out.array("media_descriptions");
            for (List<Field> medium : media) {
                out.object();
                one(out, medium, 'm', "media");
                one(out, medium, 'i', "media_info");
                all(out, medium, 'b', "bandwidths");
                one(out, medium, 'c', "connection_data");
                one(out, medium, 'k', "encryption_key");
                all(out, medium, 'a', "attributes");
                out.end();
            }
            out.end();
        }
        out.end();
    }

    /** A time and the repetition that follows it belong together. */
    private void times(EveFields out) {
        boolean open = false;
        boolean any = false;
        for (Field field : session) {
            if (field.type() == 't') {
                if (!any) {
                    out.array("time_descriptions");
                }
                if (open) {
                    out.end();
                }
                out.object().put("time", field.value());
                any = true;
                open = true;
            } else if (field.type() == 'r' && open) {
                out.put("repeat_time", field.value());
                out.end();
                open = false;
            }
        }
        if (open) {
            out.end();
        }
        if (any) {
            out.end();
        }
    }

    private static void one(EveFields out, List<Field> fields, char type, String name) {
        for (Field field : fields) {
            if (field.type() == type) {
                out.put(name, field.value());
                return;
            }
        }
    }

    private static void all(EveFields out, List<Field> fields, char type, String name) {
        boolean any = false;
        for (Field field : fields) {
            if (field.type() == type) {
                if (!any) {
                    out.array(name);
                    any = true;
                }
                out.add(field.value());
            }
        }
        if (any) {
            out.end();
        }
    }
}
