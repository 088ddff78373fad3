package jp.genkan.ips.keyword.payload;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import jp.genkan.core.observation.Progress;
import jp.genkan.ips.inspect.Base64Decode;
import jp.genkan.ips.inspect.BufferSize;
import jp.genkan.ips.inspect.Content;
import jp.genkan.ips.inspect.DataAt;
import jp.genkan.ips.inspect.Expression;
import jp.genkan.ips.inspect.Operand;
import jp.genkan.ips.inspect.Step;
import jp.genkan.ips.keyword.number.NumberTest;
import jp.genkan.ips.match.Buffer;
import jp.genkan.ips.pcre.PcreException;
import jp.genkan.ips.pcre.PcreExpression;
import jp.genkan.ips.pcre.PcreOption;
import jp.genkan.ips.rule.RuleCode;
import jp.genkan.ips.rule.RuleException;
import jp.genkan.ips.rule.RuleOption;
import jp.genkan.ips.signature.BufferTable;
import jp.genkan.ips.signature.Check;
import jp.genkan.ips.signature.Family;
import jp.genkan.ips.signature.KeywordTable;
import jp.genkan.ips.signature.SignatureBuilder;
import jp.genkan.ips.signature.StepMaker;

/** Contents, their modifiers, expressions and what else looks at octets. */
public final class PayloadKeywords implements Family {
    /** Longest literal: Suricata's bound. The prefilter looks for its first octets. */
    private static final int CONTENT_MAX = 65_535;

    private static final int PLACE_MAX = 65_535;

    @Override
    public void register(KeywordTable keywords, BufferTable buffers) {
        buffers.add(new Buffer(
                "pkt_data",
                Buffer.Origin.PAYLOAD,
                Set.of(),
                Buffer.Ways.BOTH,
                Progress.NONE,
                false,
                (moment, out) -> {}));
        keywords.add(PayloadKeywords::content, "content");
        keywords.add(PayloadKeywords::nocase, "nocase");
        keywords.add((option, rule) -> last(option, rule).offset(place(option, rule, 0), option), "offset");
        keywords.add((option, rule) -> last(option, rule).depth(place(option, rule, 0), option), "depth");
        keywords.add(
                (option, rule) -> last(option, rule).distance(place(option, rule, -PLACE_MAX), option), "distance");
        keywords.add((option, rule) -> last(option, rule).within(place(option, rule, 0), option), "within");
        keywords.add(PayloadKeywords::startswith, "startswith");
        keywords.add(PayloadKeywords::endswith, "endswith");
        keywords.add(PayloadKeywords::fastPattern, "fast_pattern");
        keywords.add(PayloadKeywords::rawbytes, "rawbytes");
        keywords.add(PayloadKeywords::refuse, "replace", "lua", "luajit");
        keywords.add((option, rule) -> rule.selectPayload(option), "pkt_data");
        keywords.add(PayloadKeywords::isdataat, "isdataat");
        keywords.add(PayloadKeywords::pcre, "pcre");
        keywords.add(PayloadKeywords::bsize, "bsize");
        keywords.add(PayloadKeywords::absent, "absent");
        keywords.add(NumberKeywords::byteTest, "byte_test");
        keywords.add(NumberKeywords::byteJump, "byte_jump");
        keywords.add(NumberKeywords::byteExtract, "byte_extract");
        keywords.add(NumberKeywords::byteMath, "byte_math");
        keywords.add(PayloadKeywords::base64Decode, "base64_decode");
        keywords.add(PayloadKeywords::base64Data, "base64_data");
        keywords.add(Asn1Keyword::compile, "asn1");
    }

    private static void refuse(RuleOption option, SignatureBuilder rule) throws RuleException {
        throw new RuleException(RuleCode.NOT_SUPPORTED, option.column(), option.name() + " is left out on purpose");
    }

    // ---- contents

    private static void content(RuleOption option, SignatureBuilder rule) throws RuleException {
        String text = option.needValue();
        boolean negated = text.startsWith("!");
        if (negated) {
            text = text.substring(1).strip();
        }
        if (text.length() < 2 || !text.startsWith("\"") || !text.endsWith("\"")) {
            throw option.badValue("the literal has to stand in quotes");
        }
        byte[] octets = ContentText.octets(text.substring(1, text.length() - 1), option);
        if (octets.length == 0) {
            throw option.badValue("the literal is empty");
        }
        if (octets.length > CONTENT_MAX) {
            throw option.badValue("the literal has " + octets.length + " octets, more than " + CONTENT_MAX);
        }
        ContentMaker made = new ContentMaker(octets, negated);
        if (rule.currentBuffer().isCaseless()) {
            made.inCaselessBuffer();
        }
        rule.step(made);
    }

    private static ContentMaker last(RuleOption option, SignatureBuilder rule) throws RuleException {
        ContentMaker content = rule.last(ContentMaker.class);
        if (content == null) {
            throw new RuleException(RuleCode.CONFLICT, option.column(), option.name() + " has to follow a content");
        }
        return content;
    }

    private static void nocase(RuleOption option, SignatureBuilder rule) throws RuleException {
        option.refuseValue();
        ContentMaker content = last(option, rule);
        if (content.isCaseless()) {
            throw new RuleException(RuleCode.CONFLICT, option.column(), "nocase stands there twice");
        }
        content.caseless();
    }

    /** A place in a buffer: a number or a variable. */
    private static Operand place(RuleOption option, SignatureBuilder rule, long least) throws RuleException {
        String text = option.unquoted().strip();
        Operand operand = rule.operand(text);
        if (operand == null) {
            throw option.badValue("\"" + text + "\" is neither a number nor a variable that was extracted before");
        }
        if (operand.variable() == Operand.NONE && (operand.constant() < least || operand.constant() > PLACE_MAX)) {
            throw option.badValue("has to lie between " + least + " and " + PLACE_MAX);
        }
        return operand;
    }

    private static void startswith(RuleOption option, SignatureBuilder rule) throws RuleException {
        option.refuseValue();
        last(option, rule).starts(option);
    }

    private static void endswith(RuleOption option, SignatureBuilder rule) throws RuleException {
        option.refuseValue();
        last(option, rule).ends(option);
    }

    private static void rawbytes(RuleOption option, SignatureBuilder rule) throws RuleException {
        option.refuseValue();
        last(option, rule); // payloads are never changed here: every content looks at raw octets
    }

    private static void fastPattern(RuleOption option, SignatureBuilder rule) throws RuleException {
        ContentMaker content = last(option, rule);
        String value = option.value();
        if (value == null || value.isEmpty()) {
            content.fastPattern(Content.FastPattern.YES, option);
        } else if (value.equals("only")) {
            content.fastPattern(Content.FastPattern.YES, option);
        } else {
            chop(value, content, option);
        }
    }

    /** {@code fast_pattern:offset,length}: a part is searched for; here the whole literal is, which finds no more than that. */
    private static void chop(String value, ContentMaker content, RuleOption option) throws RuleException {
        String[] words = value.split(",", -1);
        try {
            int offset = Integer.parseInt(words[0].strip());
            int length = words.length == 2 ? Integer.parseInt(words[1].strip()) : -1;
            if (offset < 0 || length <= 0 || offset + length > content.octets().length) {
                throw option.badValue("offset and length have to lie within the content");
            }
        } catch (NumberFormatException notANumber) {
            throw option.badValue("only, or offset and length");
        }
        content.fastPattern(Content.FastPattern.YES, option);
    }

    // ---- places and sizes

    private static void isdataat(RuleOption option, SignatureBuilder rule) throws RuleException {
        String text = option.unquoted().strip();
        boolean negated = text.startsWith("!");
        String[] words = (negated ? text.substring(1) : text).split(",", -1);
        boolean relative = false;
        for (int i = 1; i < words.length; i++) {
            switch (words[i].strip()) {
                case "relative" -> relative = true;
                case "rawbytes" -> {} // payloads are never changed here
                default -> throw option.badValue("\"" + words[i].strip() + "\" is not known: relative, rawbytes");
            }
        }
        Operand place = rule.operand(words[0].strip());
        if (place == null
                || place.variable() == Operand.NONE && (place.constant() < 0 || place.constant() > PLACE_MAX)) {
            throw option.badValue("\"" + words[0].strip() + "\" is no place");
        }
        Step step = new DataAt(place, relative, negated);
        if (relative) {
            rule.follow(() -> step);
        } else {
            rule.step(() -> step);
        }
    }

    private static void bsize(RuleOption option, SignatureBuilder rule) throws RuleException {
        if (rule.isInPayload()) {
            throw new RuleException(RuleCode.CONFLICT, option.column(), "bsize has to follow a sticky buffer");
        }
        NumberTest test = NumberTest.of(option);
        for (StepMaker each : rule.steps()) {
            if (each instanceof ContentMaker content && !content.isNegated() && cannotHold(test, content)) {
                throw option.badValue("no buffer of that size holds the content before it");
            }
        }
        Step step = new BufferSize(test::test);
        rule.step(() -> step);
    }

    private static boolean cannotHold(NumberTest test, ContentMaker content) {
        long length = content.octets().length;
        return switch (test.kind()) {
            case EQUAL, LESS_OR_EQUAL -> test.first() < length;
            case LESS -> test.first() <= length;
            case BETWEEN -> test.second() <= length;
            default -> false;
        };
    }

    private static void absent(RuleOption option, SignatureBuilder rule) throws RuleException {
        if (rule.isInPayload()) {
            throw new RuleException(RuleCode.CONFLICT, option.column(), "absent has to follow a sticky buffer");
        }
        String value = option.value();
        if (value == null || value.isEmpty()) {
            if (!rule.steps().isEmpty()) {
                throw new RuleException(
                        RuleCode.CONFLICT, option.column(), "absent: something is looked for in the same buffer");
            }
            rule.absence(Check.Absence.REQUIRED);
        } else if (value.equals("or_else")) {
            rule.absence(Check.Absence.ALLOWED);
        } else {
            throw option.badValue("only or_else may stand there");
        }
    }

    // ---- expressions

    private static void pcre(RuleOption option, SignatureBuilder rule) throws RuleException {
        String text = option.needValue();
        boolean negated = text.startsWith("!");
        if (negated) {
            text = text.substring(1).strip();
        }
        boolean quoted = text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"");
        byte[] utf8 = (quoted ? text.substring(1, text.length() - 1) : text).getBytes(StandardCharsets.UTF_8);
        try {
            PcreOption parsed = PcreOption.parse(new String(utf8, StandardCharsets.ISO_8859_1));
            PcreExpression expression = parsed.compile();
            ExpressionMaker made =
                    new ExpressionMaker(new Expression(expression, parsed.relative(), negated, parsed.captures()));
            String name = parsed.bufferName();
            if (parsed.relative() && name == null) {
                rule.follow(made);
            } else {
                rule.step(made);
            }
            boolean isThere = rule.currentBuffer().name().equals(name); // http.uri; pcre:"/x/U";
            if (name != null && !name.equals("pkt_data") && !isThere) {
                rule.move(made, rule.buffers().get(name), option);
            }
            if (parsed.toServerOnly()) {
                rule.ways(Buffer.Ways.TO_SERVER, option);
            } else if (parsed.toClientOnly()) {
                rule.ways(Buffer.Ways.TO_CLIENT, option);
            }
        } catch (PcreException bad) {
            throw new RuleException(
                    RuleCode.BAD_EXPRESSION,
                    option.valueColumn() + (negated ? 1 : 0) + (quoted ? 1 : 0) + bad.offset(),
                    "pcre: " + bad.reason());
        }
    }

    private record ExpressionMaker(Expression expression) implements StepMaker {
        @Override
        public Step make() {
            return expression;
        }
    }

    // ---- Base64

    private static void base64Decode(RuleOption option, SignatureBuilder rule) throws RuleException {
        int octets = 0;
        long offset = 0;
        boolean relative = false;
        String value = option.value();
        for (String word : value == null || value.isEmpty() ? new String[0] : value.split(",")) {
            String text = word.strip();
            if (text.equals("relative")) {
                relative = true;
            } else if (text.startsWith("bytes")) {
                octets = (int) number(text.substring("bytes".length()), option);
            } else if (text.startsWith("offset")) {
                offset = number(text.substring("offset".length()), option);
            } else {
                throw option.badValue("\"" + text + "\" is not known: bytes, offset, relative");
            }
        }
        rule.follow(new Base64Maker(octets, offset, relative, new ArrayList<>()));
    }

    private static long number(String text, RuleOption option) throws RuleException {
        try {
            long number = Long.parseLong(text.strip());
            if (number >= 0 && number <= PLACE_MAX) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // told below
        }
        throw option.badValue("\"" + text.strip() + "\" is no number up to " + PLACE_MAX);
    }

    private static void base64Data(RuleOption option, SignatureBuilder rule) throws RuleException {
        option.refuseValue();
        Base64Maker decoding = rule.last(Base64Maker.class);
        if (decoding == null) {
            throw new RuleException(RuleCode.CONFLICT, option.column(), "base64_data has to follow base64_decode");
        }
        rule.enter(decoding.inside());
    }

    private record Base64Maker(int octets, long offset, boolean relative, List<StepMaker> inside) implements StepMaker {
        @Override
        public Step make() throws RuleException {
            List<Step> steps = new ArrayList<>(inside.size());
            for (StepMaker maker : inside) {
                steps.add(maker.make());
            }
            return new Base64Decode(octets, offset, relative, steps);
        }
    }
}
