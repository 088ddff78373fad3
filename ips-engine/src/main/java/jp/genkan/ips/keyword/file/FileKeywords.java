package jp.genkan.ips.keyword.file;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.FileState;
import jp.genkan.core.observation.Progress;
import jp.genkan.core.observation.TransferredFile;
import jp.genkan.ips.keyword.number.NumberTest;
import jp.genkan.ips.match.Buffer;
import jp.genkan.ips.match.Condition;
import jp.genkan.ips.rule.RuleCode;
import jp.genkan.ips.rule.RuleException;
import jp.genkan.ips.rule.RuleOption;
import jp.genkan.ips.signature.BufferTable;
import jp.genkan.ips.signature.Check;
import jp.genkan.ips.signature.Family;
import jp.genkan.ips.signature.Keyword;
import jp.genkan.ips.signature.KeywordTable;
import jp.genkan.ips.signature.SignatureBuilder;
import jp.genkan.protocols.file.MagicType;
import org.jspecify.annotations.Nullable;

/**
 * What rules ask of a file, whatever protocol it travels in. All that a rule asks has to hold for the same file.
 *
 * <p>{@code file.magic} is the first words of what libmagic says of a type, made from the types that this box knows: what libmagic finds further inside of a file is
 * not there. {@code filestore} asks for a file and stores none.
 */
public final class FileKeywords implements Family {
    /** Which protocols carry files. */
    public static final Set<AppProtocol> CARRIERS = Set.copyOf(EnumSet.of(
            AppProtocol.HTTP1,
            AppProtocol.HTTP2,
            AppProtocol.SMTP,
            AppProtocol.POP3,
            AppProtocol.IMAP,
            AppProtocol.FTP_DATA,
            AppProtocol.NFS,
            AppProtocol.SMB));

    private static final Map<String, String> WORDS = words();
    private static final Set<String> DIRECTIONS = Set.of("request", "to_server", "response", "to_client", "both");
    private static final Set<String> SCOPES = Set.of("file", "tx", "ssn", "flow");

    private static Map<String, String> words() {
        Map<String, String> words = new HashMap<>();
        for (MagicType type : MagicType.values()) {
            words.putIfAbsent(type.mediaType(), type.words());
        }
        return Map.copyOf(words);
    }

    @Override
    public void register(KeywordTable keywords, BufferTable buffers) {
        buffers.add(new Buffer(
                "file.data",
                Buffer.Origin.FILE_CONTENT,
                CARRIERS,
                Buffer.Ways.BOTH,
                Progress.NONE,
                true,
                (moment, out) -> {}));
        Buffer name = property(buffers, "file.name", TransferredFile::name);
        Buffer magic = property(buffers, "file.magic", file -> file.type() == null ? null : WORDS.get(file.type()));
        keywords.add((option, rule) -> data(option, rule, buffers), "file.data", "file_data");
        keywords.addSticky(buffers, "file.name", "file.name");
        keywords.addSticky(buffers, "file.magic", "file.magic");
        keywords.add((option, rule) -> caseless(keywords, name, option.needValue(), option, rule), "filename");
        keywords.add((option, rule) -> caseless(keywords, magic, option.needValue(), option, rule), "filemagic");
        keywords.add((option, rule) -> extension(keywords, name, option, rule), "fileext");
        keywords.add(FileKeywords::size, "filesize");
        keywords.add(FileKeywords::store, "filestore");
    }

    /** A property of a file. */
    @FunctionalInterface
    private interface Property {
        @Nullable
        String of(TransferredFile file);
    }

    private static Buffer property(BufferTable buffers, String name, Property property) {
        return buffers.add(new Buffer(
                name, Buffer.Origin.FILE, CARRIERS, Buffer.Ways.BOTH, Progress.NONE, true, (moment, out) -> {
                    TransferredFile file = moment.file();
                    if (file != null) {
                        out.add(property.of(file));
                    }
                }));
    }

    private static void data(RuleOption option, SignatureBuilder rule, BufferTable buffers) throws RuleException {
        option.refuseValue();
        Set<AppProtocol> spoken = rule.header().applications();
        if (spoken.equals(Set.of(AppProtocol.SMTP)) && rule.ways() == Buffer.Ways.TO_CLIENT) {
            throw new RuleException(
                    RuleCode.CONFLICT, option.column(), option.name() + ": servers send no mail by SMTP to the client");
        }
        rule.select(buffers.get("file.data"), option);
    }

    /** The older words for a content in a buffer of files, letter case apart: the rest of the rule looks at the payload again. */
    private static void caseless(
            KeywordTable keywords, Buffer buffer, String value, RuleOption option, SignatureBuilder rule)
            throws RuleException {
        rule.select(buffer, option);
        compile(keywords, "content", value, option, rule);
        compile(keywords, "nocase", null, option, rule);
        rule.selectPayload(option);
    }

    private static void extension(KeywordTable keywords, Buffer name, RuleOption option, SignatureBuilder rule)
            throws RuleException {
        String value = option.needValue();
        int quote = value.indexOf('"');
        if (quote < 0) {
            throw option.badValue("the extension has to stand in quotes");
        }
        String dotted = value.substring(0, quote + 1) + "." + value.substring(quote + 1);
        rule.select(name, option);
        compile(keywords, "content", dotted, option, rule);
        compile(keywords, "nocase", null, option, rule);
        compile(keywords, "endswith", null, option, rule);
        rule.selectPayload(option);
    }

    private static void compile(
            KeywordTable keywords, String word, @Nullable String value, RuleOption option, SignatureBuilder rule)
            throws RuleException {
        Keyword keyword = keywords.find(word);
        if (keyword == null) {
            throw new IllegalStateException("no keyword " + word);
        }
        keyword.compile(new RuleOption(option.name(), value, option.column(), option.valueColumn()), rule);
    }

    /** A file that was not seen to its end has the size that was seen, or more: then only {@code >} can hold. */
    private static void size(RuleOption option, SignatureBuilder rule) throws RuleException {
        int comma = option.needValue().indexOf(',');
        Buffer.Ways only = comma < 0
                ? null
                : KeywordTable.direction(rule, option.needValue().substring(0, comma));
        String number = only == null
                ? option.unquoted()
                : option.needValue().substring(comma + 1).strip();
        NumberTest test = NumberTest.parse(number, Map.of(), option);
        boolean isLeast = test.kind() == NumberTest.Kind.GREATER || test.kind() == NumberTest.Kind.GREATER_OR_EQUAL;
        check(option, rule, only == null ? Buffer.Ways.BOTH : only, moment -> {
            TransferredFile file = moment.file();
            return file != null
                    && file.state() != FileState.OPEN
                    && (isLeast || file.state() == FileState.CLOSED)
                    && test.test(file.size());
        });
    }

    private static void store(RuleOption option, SignatureBuilder rule) throws RuleException {
        String value = option.value();
        if (value != null && !value.isEmpty()) {
            String[] words = value.split(",", -1);
            for (int i = 0; i < words.length; i++) {
                String word = words[i].strip().toLowerCase(Locale.ROOT);
                if (i > 1 || !(i == 0 ? DIRECTIONS : SCOPES).contains(word)) {
                    throw option.badValue(
                            "\"" + words[i].strip()
                                    + "\" does not belong there: a direction (request, response, both), then a scope (file, tx, ssn)");
                }
            }
        }
        check(option, rule, Buffer.Ways.BOTH, moment -> moment.file() != null);
    }

    private static void check(RuleOption option, SignatureBuilder rule, Buffer.Ways ways, Condition condition)
            throws RuleException {
        rule.check(new Check.OfValue(option.name(), CARRIERS, ways, Progress.NONE, true, condition), option);
    }
}
