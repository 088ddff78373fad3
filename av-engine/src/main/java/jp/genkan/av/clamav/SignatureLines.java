package jp.genkan.av.clamav;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import jp.genkan.av.pattern.Expression;
import jp.genkan.av.pattern.Pattern;
import jp.genkan.av.pattern.PatternSetBuilder;
import jp.genkan.av.pattern.Regex;
import org.jspecify.annotations.Nullable;

/**
 * Makes signatures of lines.
 *
 * <p>Thread rule: one thread.
 */
final class SignatureLines {
    /** Subsignatures of one (ClamAV has the same bound). */
    static final int PARTS_MAX = 64;

    private static final java.util.regex.Pattern PCRE =
            java.util.regex.Pattern.compile("(?:([^/:]*):)?([0-9&|=<>(),]+)/(.*)/([a-zA-Z]*)");

    private static final java.util.regex.Pattern COMPARISON = java.util.regex.Pattern.compile("(\\d{1,2})\\((.*)\\)");

    private static final int PATTERN_PARTS = 3;

    private final PatternSetBuilder patterns;

    SignatureLines(PatternSetBuilder patterns) {
        this.patterns = patterns;
    }

    /** {@code name:target:offset:body[:level[:level]]}; null when it is for another level. */
    @Nullable
    ClamSignature extended(String line) throws SignatureException {
        String[] fields = line.split(":", -1);
        if (fields.length < 4 || fields.length > 6) {
            throw new SignatureException("four to six fields with colons between them are expected");
        }
        Conditions conditions = Conditions.of(Target.of(fields[1]), level(fields, 4));
        Place place = place(fields[2], conditions);
        return conditions.isForThisLevel()
                ? new ClamSignature(
                        name(fields[0]),
                        conditions,
                        new Logic.Leaf(0),
                        List.of(body(fields[3], Set.of(Pattern.Flag.ASCII), place, conditions)))
                : null;
    }

    private static Range level(String[] fields, int first) throws SignatureException {
        long min = fields.length > first && !fields[first].isEmpty()
                ? Range.parse(fields[first]).min()
                : 0;
        long max = fields.length > first + 1 && !fields[first + 1].isEmpty()
                ? Range.parse(fields[first + 1]).min()
                : Long.MAX_VALUE;
        return new Range(min, max);
    }

    private static String name(String name) throws SignatureException {
        if (name.isEmpty() || name.length() > 256) {
            throw new SignatureException("a name has 1 to 256 characters");
        }
        return name;
    }

    private static Place place(String text, Conditions conditions) throws SignatureException {
        Place place = Place.parse(text);
        Target target = conditions.target();
        if (place.needsProgram() && target != Target.PE && target != Target.ELF && target != Target.MACHO) {
            throw new SignatureException("the offset '" + text + "' needs a target that is a program");
        }
        return place;
    }

    /** Texts are compared without regard to case, since ClamAV looks at them in lower case. */
    private static Pattern pattern(Expression body, Set<Pattern.Flag> flags, Conditions conditions) {
        Set<Pattern.Flag> all = new HashSet<>(flags);
        if (conditions.target() == Target.TEXT || conditions.target() == Target.HTML) {
            all.add(Pattern.Flag.NOCASE);
        }
        return Pattern.of(body, all);
    }

    /** {@code name;conditions;logic;part;part…}; null when it is for another level. */
    @Nullable
    ClamSignature logical(String line) throws SignatureException {
        String[] fields = fields(line);
        if (fields.length < PATTERN_PARTS + 1) {
            throw new SignatureException("four fields at least with semicolons between them are expected");
        }
        int count = fields.length - PATTERN_PARTS;
        if (count > PARTS_MAX) {
            throw new SignatureException("more than " + PARTS_MAX + " subsignatures");
        }
        Conditions conditions = Conditions.parse(fields[1]);
        if (!conditions.isForThisLevel()) {
            return null;
        }
        Logic logic = Logic.parse(fields[2], count);
        if (logic.highest() != count - 1) {
            throw new SignatureException(
                    "the logical expression asks for " + (logic.highest() + 1) + " of " + count + " subsignatures");
        }
        List<Subsignature> parts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            parts.add(part(fields[PATTERN_PARTS + i], parts, conditions));
        }
        return new ClamSignature(name(fields[0]), conditions, logic, parts);
    }

    /** The fields; a semicolon in a regular expression is written {@code \x3B}, so that every other one parts. */
    private static String[] fields(String line) {
        return line.split(";", -1);
    }

    private Subsignature part(String text, List<Subsignature> before, Conditions conditions) throws SignatureException {
        if (text.startsWith("fuzzy_img#")) {
            throw new SignatureException("fuzzy_img: images are not compared");
        }
        if (text.startsWith("${")) {
            throw new SignatureException("macros are not supported");
        }
        java.util.regex.Matcher pcre = PCRE.matcher(text);
        if (pcre.matches()) {
            return expression(pcre, before.size(), conditions);
        }
        java.util.regex.Matcher comparison = COMPARISON.matcher(text);
        if (text.indexOf('#') > 0 && comparison.matches()) {
            int trigger = Integer.parseInt(comparison.group(1));
            if (trigger >= before.size()) {
                throw new SignatureException("there is no subsignature " + trigger + " before the comparison");
            }
            return new Subsignature.NearNumber(
                    trigger, before.get(trigger).pattern(), ByteComparison.parse(comparison.group(2)));
        }
        return body(text, conditions);
    }

    private Subsignature body(String text, Conditions conditions) throws SignatureException {
        int modifiers = text.indexOf("::");
        String placed = modifiers < 0 ? text : text.substring(0, modifiers);
        int colon = placed.indexOf(':');
        Place place = colon < 0 ? Place.ANYWHERE : place(placed.substring(0, colon), conditions);
        Set<Pattern.Flag> flags = new HashSet<>();
        String letters = modifiers < 0 ? "" : text.substring(modifiers + 2);
        for (int i = 0; i < letters.length(); i++) {
            char modifier = letters.charAt(i);
            flags.add(
                    switch (modifier) {
                        case 'i' -> Pattern.Flag.NOCASE;
                        case 'w' -> Pattern.Flag.WIDE;
                        case 'f' -> Pattern.Flag.FULLWORD;
                        case 'a' -> Pattern.Flag.ASCII;
                        default -> throw new SignatureException("the modifier '" + modifier + "' is not known");
                    });
        }
        if (!flags.contains(Pattern.Flag.WIDE)) {
            flags.add(Pattern.Flag.ASCII);
        }
        return body(placed.substring(colon + 1), flags, place, conditions);
    }

    private Subsignature.Body body(String text, Set<Pattern.Flag> flags, Place place, Conditions conditions)
            throws SignatureException {
        List<Subsignature.Follower> rest = new ArrayList<>();
        int first = -1;
        for (HexParser.Segment segment : HexParser.segments(text)) {
            int pattern = patterns.add(pattern(segment.expression(), flags, conditions));
            if (first < 0) {
                first = pattern;
            } else {
                // With a zero behind each octet gaps are twice as long.
                int gap = flags.contains(Pattern.Flag.ASCII) ? segment.gap() : 2 * segment.gap();
                rest.add(new Subsignature.Follower(pattern, gap));
            }
        }
        return new Subsignature.Body(first, place, rest);
    }

    private Subsignature expression(java.util.regex.Matcher pcre, int before, Conditions conditions)
            throws SignatureException {
        String options = pcre.group(4);
        for (int i = 0; i < options.length(); i++) {
            char option = options.charAt(i);
            if ("gismreA".indexOf(option) < 0) {
                throw new SignatureException("the option '" + option + "' of the expression is not supported");
            }
        }
        String text = pcre.group(3).replace("\\/", "/");
        if (options.indexOf('m') >= 0 && (text.indexOf('^') >= 0 || text.indexOf('$') >= 0)) {
            throw new SignatureException("the option 'm' with ^ or $ is not supported");
        }
        Expression body =
                PcreParser.parse(options.indexOf('A') >= 0 ? "\\A(?:" + text + ")" : text, options.indexOf('s') >= 0);
        Set<Pattern.Flag> flags = new HashSet<>(Set.of(Pattern.Flag.ASCII));
        if (options.toLowerCase(Locale.ROOT).indexOf('i') >= 0) {
            flags.add(Pattern.Flag.NOCASE);
        }
        String offset = pcre.group(1);
        return new Subsignature.Expression(
                patterns.add(Pattern.of(body, flags)),
                offset == null ? Place.ANYWHERE : place(offset, conditions),
                Logic.parse(pcre.group(2), before),
                options.indexOf('g') >= 0);
    }

    /** {@code name:container:size:name of the member:size in it:unpacked:encrypted:position:…}; null when it is for another level. */
    @Nullable
    MemberSignature member(String line) throws SignatureException {
        String[] fields = line.split(":", -1);
        if (fields.length < 10 || fields.length > 12) {
            throw new SignatureException("ten to twelve fields with colons between them are expected");
        }
        for (int field : new int[] {2, 4, 6, 7, 8, 9}) {
            if (!fields[field].equals("*") && !fields[field].isEmpty()) {
                throw new SignatureException("only type of container, name and unpacked size of members are compared");
            }
        }
        String container = fields[1].equals("*")
                ? ""
                : fields[1].replaceFirst("^CL_TYPE_", "").toLowerCase(Locale.ROOT);
        Regex memberName = fields[3].equals("*") ? null : new Regex(PcreParser.parse(fields[3], true));
        Range size = fields[5].equals("*") ? Range.ALL : Range.parse(fields[5]);
        return level(fields, 10).has(Conditions.LEVEL)
                ? new MemberSignature(name(fields[0]), container, memberName, size)
                : null;
    }
}
