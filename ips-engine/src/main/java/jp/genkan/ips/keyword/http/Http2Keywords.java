package jp.genkan.ips.keyword.http;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import jp.genkan.core.observation.Progress;
import jp.genkan.ips.keyword.number.NumberTest;
import jp.genkan.ips.match.Buffer;
import jp.genkan.ips.match.Condition;
import jp.genkan.ips.rule.RuleException;
import jp.genkan.ips.rule.RuleOption;
import jp.genkan.ips.signature.BufferTable;
import jp.genkan.ips.signature.Check;
import jp.genkan.ips.signature.Family;
import jp.genkan.ips.signature.KeywordTable;
import jp.genkan.ips.signature.SignatureBuilder;
import jp.genkan.protocols.http2.FrameNotes;
import jp.genkan.protocols.http2.Http2Transaction;

/** The frames of HTTP/2. A transaction is a stream, or a frame of the connection itself; one frame of it that fits is enough. */
public final class Http2Keywords implements Family {
    /** RFC 9113 §6, by number. */
    private static final Map<String, Long> FRAME_TYPES = numbered(
            0,
            List.of(
                    "data",
                    "headers",
                    "priority",
                    "rststream",
                    "settings",
                    "pushpromise",
                    "ping",
                    "goaway",
                    "windowupdate",
                    "continuation"));

    /** RFC 9113 §7, by number. */
    private static final Map<String, Long> ERRORS = numbered(
            0,
            List.of(
                    "no_error",
                    "protocol_error",
                    "internal_error",
                    "flow_control_error",
                    "settings_timeout",
                    "stream_closed",
                    "frame_size_error",
                    "refused_stream",
                    "cancel",
                    "compression_error",
                    "connect_error",
                    "enhance_your_calm",
                    "inadequate_security",
                    "http_1_1_required"));

    /** RFC 9113 §6.5.2, by number. */
    private static final Map<String, Long> SETTINGS = numbered(
            1,
            List.of(
                    "settings_header_table_size",
                    "settings_enable_push",
                    "settings_max_concurrent_streams",
                    "settings_initial_window_size",
                    "settings_max_frame_size",
                    "settings_max_header_list_size"));

    /** Numbers of one kind in the frames of a direction. */
    @FunctionalInterface
    private interface Numbers {
        long[] of(FrameNotes notes);
    }

    /** What is asked of the frames of a direction. */
    @FunctionalInterface
    private interface Question {
        boolean ask(FrameNotes notes);
    }

    private static Map<String, Long> numbered(long first, List<String> names) {
        Map<String, Long> numbers = new HashMap<>();
        for (int i = 0; i < names.size(); i++) {
            numbers.put(names.get(i), first + i);
        }
        return Map.copyOf(numbers);
    }

    @Override
    public void register(KeywordTable keywords, BufferTable buffers) {
        keywords.add(Http2Keywords::frameType, "http2.frametype");
        keywords.add((option, rule) -> numbers(option, rule, FrameNotes::errorCodes, ERRORS), "http2.errorcode");
        keywords.add((option, rule) -> numbers(option, rule, FrameNotes::priorities, Map.of()), "http2.priority");
        keywords.add((option, rule) -> numbers(option, rule, FrameNotes::windows, Map.of()), "http2.window");
        keywords.add((option, rule) -> numbers(option, rule, FrameNotes::tableSizes, Map.of()), "http2.size_update");
        keywords.add(Http2Keywords::settings, "http2.settings");
    }

    private static void frameType(RuleOption option, SignatureBuilder rule) throws RuleException {
        NumberTest test = NumberTest.parse(option.unquoted(), FRAME_TYPES, option);
        check(option, rule, notes -> {
            for (int type = 0; type < FRAME_TYPES.size(); type++) {
                if (notes.hasType(type) && test.test(type)) {
                    return true;
                }
            }
            return false;
        });
    }

    private static void numbers(RuleOption option, SignatureBuilder rule, Numbers numbers, Map<String, Long> names)
            throws RuleException {
        NumberTest test = NumberTest.parse(option.unquoted(), names, option);
        check(option, rule, notes -> {
            for (long number : numbers.of(notes)) {
                if (test.test(number)) {
                    return true;
                }
            }
            return false;
        });
    }

    /** A setting by its name, and what is asked of its value where something is. */
    private static void settings(RuleOption option, SignatureBuilder rule) throws RuleException {
        String text = option.unquoted().strip();
        int end = 0;
        while (end < text.length() && (Character.isLetterOrDigit(text.charAt(end)) || text.charAt(end) == '_')) {
            end++;
        }
        Long setting = SETTINGS.get(text.substring(0, end).toLowerCase(Locale.ROOT));
        if (setting == null) {
            throw option.badValue("\"" + text.substring(0, end) + "\" is no setting");
        }
        String value = text.substring(end).strip();
        NumberTest test = value.isEmpty() ? null : NumberTest.parse(value, Map.of(), option);
        check(option, rule, notes -> {
            long[] ids = notes.settings();
            for (int i = 0; i < ids.length; i++) {
                if (ids[i] == setting && (test == null || test.test(notes.settingValues()[i]))) {
                    return true;
                }
            }
            return false;
        });
    }

    private static void check(RuleOption option, SignatureBuilder rule, Question question) throws RuleException {
        Condition condition = moment -> moment.transaction() instanceof Http2Transaction transaction
                && question.ask(transaction.notes(moment.direction()));
        rule.check(
                new Check.OfValue(option.name(), HttpBuffers.HTTP2, Buffer.Ways.BOTH, Progress.LINE, false, condition),
                option);
    }
}
