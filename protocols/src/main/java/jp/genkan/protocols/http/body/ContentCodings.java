package jp.genkan.protocols.http.body;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.Transaction;
import jp.genkan.protocols.conversation.Conversation;
import jp.genkan.protocols.http.head.HttpEvents;
import org.jspecify.annotations.Nullable;

/**
 * The layers of coding around a body, as Content-Encoding and Transfer-Encoding name them.
 *
 * <p>Thread rule: stateless.
 */
public final class ContentCodings {
    /** Layers that are taken off, the outer ones first; nobody sends more than one, and Suricata takes two by default. */
    public static final int LAYERS_MAX = 3;

    /** Codings that a body may name, identity included, before that is odd: Suricata's default. */
    private static final int LAYERS_USUAL = 2;

    /** Codings of one field that are told apart. */
    private static final int NAMED_MAX = 16;

    private enum Coding {
        NONE,
        UNKNOWN,
        GZIP,
        DEFLATE,
        BROTLI
    }

    private ContentCodings() {}

    /**
     * Puts the decoders before a consumer.
     *
     * @param contentEncoding the field's value, in the order in which the codings were put on; null when there is none
     * @param transferEncoding the same, put on later; {@code chunked} is not a layer
     */
    public static BodyConsumer before(
            BodyConsumer inside,
            @Nullable String contentEncoding,
            @Nullable String transferEncoding,
            Transaction transaction,
            Direction direction,
            Conversation conversation) {
        if (contentEncoding != null && contentEncoding.split(",", NAMED_MAX).length > LAYERS_USUAL) {
            conversation.anomaly(transaction, direction, HttpEvents.TOO_MANY_ENCODING_LAYERS);
        }
        List<Coding> layers = codings(contentEncoding);
        if (layers.remove(Coding.UNKNOWN)) {
            conversation.anomaly(transaction, direction, HttpEvents.ABNORMAL_CE_HEADER);
            layers.removeIf(coding -> coding == Coding.UNKNOWN);
        }
        layers.addAll(codings(transferEncoding));
        layers.removeIf(coding -> coding == Coding.UNKNOWN);
        int layersMax = direction.isToServer() ? LAYERS_MAX : conversation.responseCodingsMax();
        if (layers.size() > layersMax) {
            layers = layers.subList(layers.size() - layersMax, layers.size());
        }
        OutputGuard guard = new OutputGuard();
        BodyConsumer consumer = inside;
        for (int i = 0; i < layers.size(); i++) {
            boolean isOutermost = i == layers.size() - 1;
            consumer = new CodedBody(decoder(layers.get(i)), consumer, guard, isOutermost, transaction, direction);
        }
        return consumer;
    }

    private static ContentDecoder decoder(Coding coding) {
        return coding == Coding.BROTLI ? new BrotliDecoder() : new InflateDecoder(coding == Coding.DEFLATE);
    }

    private static List<Coding> codings(@Nullable String value) {
        List<Coding> found = new ArrayList<>();
        if (value == null) {
            return found;
        }
        for (String name : value.toLowerCase(Locale.ROOT).split(",", NAMED_MAX)) {
            Coding coding = coding(plain(name));
            if (coding != Coding.NONE) {
                found.add(coding);
            }
        }
        return found;
    }

    /** What is near to gzip or deflate is taken for it: the first octets of the body say whether it is. */
    private static Coding coding(String name) {
        return switch (name) {
            case "", "identity", "none", "chunked", "trailers" -> Coding.NONE;
            case "gzip", "x-gzip" -> Coding.GZIP;
            case "deflate", "x-deflate" -> Coding.DEFLATE;
            case "br" -> Coding.BROTLI;
            default -> nearest(name);
        };
    }

    private static Coding nearest(String name) {
        if (name.contains("gzip")) {
            return Coding.GZIP;
        }
        return name.contains("deflate") ? Coding.DEFLATE : Coding.UNKNOWN;
    }

    /** A name without what stands around it: blanks, control characters, quotes. */
    private static String plain(String name) {
        int from = 0;
        int to = name.length();
        while (from < to && !isLetter(name.charAt(from))) {
            from++;
        }
        while (to > from && !isLetter(name.charAt(to - 1))) {
            to--;
        }
        return name.substring(from, to);
    }

    private static boolean isLetter(char letter) {
        return letter >= 'a' && letter <= 'z' || letter >= '0' && letter <= '9';
    }
}
