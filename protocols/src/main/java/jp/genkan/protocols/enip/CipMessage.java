package jp.genkan.protocols.enip;

import java.util.ArrayList;
import java.util.List;
import jp.genkan.core.event.EveFields;
import jp.genkan.protocols.conversation.FieldReader;
import org.jspecify.annotations.Nullable;

/**
 * A request to a service of an object, or its answer.
 *
 * @param service without the bit that marks answers
 * @param answer true for an answer
 * @param path of the object; empty for answers
 * @param attributes that a list of attributes names
 * @param status of an answer, -1 for requests
 * @param extendedStatus of an answer, -1 when it has none
 * @param inner the messages that a Multiple Service Packet has in it
 */
public record CipMessage(
        int service,
        boolean answer,
        List<Segment> path,
        List<Integer> attributes,
        int status,
        int extendedStatus,
        List<CipMessage> inner) {
    /** Messages in a Multiple Service Packet that are read; real ones have up to twenty. */
    static final int INNER_MAX = 64;

    /** Segments of a path and attributes of a list that are read; real ones have up to five, and twenty. */
    static final int LIST_MAX = 64;

    private static final int DEPTH_MAX = 2;
    private static final int ANSWER = 0x80;
    private static final int GET_ATTRIBUTE_LIST = 0x03;
    private static final int SET_ATTRIBUTE_LIST = 0x04;
    private static final int MULTIPLE = 0x0a;

    /** What a segment of a path names. */
    public enum Kind {
        CLASS,
        INSTANCE,
        ATTRIBUTE
    }

    /** A segment of a path. */
    public record Segment(Kind kind, long value) {}

    public CipMessage {
        path = List.copyOf(path);
        attributes = List.copyOf(attributes);
        inner = List.copyOf(inner);
    }

    static @Nullable CipMessage parse(FieldReader reader, boolean request, int depth) {
        if (reader.remaining() < 2) {
            return null;
        }
        int first = reader.u8();
        int service = first & ~ANSWER & 0xff;
        boolean answer = (first & ANSWER) != 0;
        if (answer) {
            reader.u8();
            int status = reader.u8();
            int words = reader.u8();
            FieldReader more = reader.part(words * 2L);
            int extended = words > 0 && more.remaining() >= 2 ? more.u16() : -1;
            return new CipMessage(
                    service, true, List.of(), List.of(), status, extended, inner(service, reader, request, depth));
        }
        List<Segment> path = path(reader.part(reader.u8() * 2L));
        List<Integer> attributes = attributes(service, reader);
        return new CipMessage(service, false, path, attributes, -1, -1, inner(service, reader, request, depth));
    }

    private static List<Segment> path(FieldReader reader) {
        List<Segment> path = new ArrayList<>();
        while (reader.remaining() >= 2 && path.size() < LIST_MAX) {
            int type = reader.u8();
            Kind kind = switch (type & 0xfc) {
                case 0x20 -> Kind.CLASS;
                case 0x24 -> Kind.INSTANCE;
                case 0x30 -> Kind.ATTRIBUTE;
                default -> null;
            };
            if (kind == null || (type & 3) == 3) {
                break; // names and ports: what follows is not needed
            }
            if ((type & 3) == 0) {
                path.add(new Segment(kind, reader.u8()));
            } else {
                reader.u8();
                path.add(new Segment(kind, reader.number((type & 3) * 2)));
            }
        }
        return path;
    }

    private static List<Integer> attributes(int service, FieldReader reader) {
        List<Integer> attributes = new ArrayList<>();
        if (service == GET_ATTRIBUTE_LIST || service == SET_ATTRIBUTE_LIST) {
            int count = reader.remaining() >= 2 ? reader.u16() : 0;
            while (attributes.size() < Math.min(count, LIST_MAX) && reader.remaining() >= 2) {
                attributes.add(reader.u16());
                if (service == SET_ATTRIBUTE_LIST) {
                    break; // values of unknown length follow
                }
            }
        }
        return attributes;
    }

    /** Where the list stands that packs several messages into one; the end where there is none. */
    static int packed(byte[] octets, int from, int to) {
        if (to - from < 2 || (octets[from] & ~ANSWER & 0xff) != MULTIPLE) {
            return to;
        }
        boolean answer = (octets[from] & ANSWER) != 0;
        if (answer && to - from < 4) {
            return to;
        }
        int head = answer ? 4 + 2 * (octets[from + 3] & 0xff) : 2 + 2 * (octets[from + 1] & 0xff);
        return Math.min(to, from + head);
    }

    private static List<CipMessage> inner(int service, FieldReader reader, boolean request, int depth) {
        List<CipMessage> inner = new ArrayList<>();
        if (service != MULTIPLE || depth == DEPTH_MAX || reader.remaining() < 2) {
            return inner;
        }
        int size = reader.remaining();
        int count = Math.min(reader.u16(), INNER_MAX);
        int[] places = new int[count + 1];
        for (int i = 0; i < count; i++) {
            places[i] = reader.u16();
        }
        places[count] = size;
        int at = size - reader.remaining();
        for (int i = 0; i < count && !reader.hasFailed(); i++) {
            int length = Math.min(places[i + 1], size) - places[i];
            if (places[i] < at || length < 0) {
                break;
            }
            reader.skip(places[i] - at);
            CipMessage one = parse(reader.part(length), request, depth + 1);
            at = places[i] + length;
            if (one != null) {
                inner.add(one);
            }
        }
        return inner;
    }

    List<CipMessage> flattened() {
        List<CipMessage> all = new ArrayList<>();
        all.add(this);
        inner.forEach(one -> all.addAll(one.flattened()));
        return all;
    }

    void writeTo(EveFields out) {
        out.put("service", EnipNames.service(service));
        if (answer) {
            out.put("status", EnipNames.cipStatus(status));
            if (extendedStatus >= 0) {
                out.put("extended_status", extendedStatus);
            }
        } else {
            writePath(out);
        }
        if (!inner.isEmpty()) {
            out.array("multiple");
            for (CipMessage one : inner) {
                out.object();
                one.writeTo(out);
                out.end();
            }
            out.end();
        }
    }

    private void writePath(EveFields out) {
        if (path.isEmpty()) {
            return;
        }
        out.array("path");
        for (Segment segment : path) {
            out.object()
                    .put("segment_type", EnipNames.segment(segment.kind()))
                    .put("value", segment.value())
                    .end();
        }
        out.end();
        for (Segment segment : path) {
            String name = segment.kind() == Kind.CLASS ? EnipNames.cipClass(segment.value()) : "";
            if (!name.isEmpty()) {
                out.put("class_name", name);
                break;
            }
        }
    }
}
