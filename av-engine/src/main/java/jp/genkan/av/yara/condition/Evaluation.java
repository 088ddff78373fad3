package jp.genkan.av.yara.condition;

import java.util.Arrays;
import java.util.Locale;
import jp.genkan.av.content.Content;
import jp.genkan.av.pattern.PatternMatcher;
import jp.genkan.av.scan.FileFacts;
import jp.genkan.av.yara.module.Undefined;
import jp.genkan.av.yara.module.YaraModule;
import jp.genkan.av.yara.module.YaraModules;
import org.jspecify.annotations.Nullable;

/**
 * Rules being decided on one content after the other: each at most once, and what modules make of it at most once.
 *
 * <p>Thread rule: one thread.
 */
public final class Evaluation {
    private static final byte UNDECIDED = 0;
    private static final byte TRUE = 1;
    private static final byte FALSE = 2;

    /** Turns of loops between two looks at the clock. */
    private static final int TURNS_A_LOOK = 4_096;

    private final Code.OfInteger[] rules;
    private final byte[] decided;
    private int[] decidedRules = new int[64];
    private int decidedCount;
    private final long[] numbers;
    private final @Nullable Object[] objects;
    private final @Nullable Object[] modules =
            new @Nullable Object[YaraModules.all().size()];
    private final boolean[] loaded = new boolean[YaraModules.all().size()];

    private @Nullable Content content;
    private @Nullable FileFacts facts;
    private @Nullable PatternMatcher patterns;
    private long entryPoint;
    private boolean entryPointKnown;
    private int turns;
    private boolean late;

    /** Prepares for a set of rules. */
    public Evaluation(CompiledConditions rules) {
        this.rules = rules.conditions();
        this.decided = new byte[this.rules.length];
        this.numbers = new long[rules.slots()];
        this.objects = new @Nullable Object[rules.slots()];
    }

    /** Begins with a content. */
    public void begin(Content of, FileFacts factsOfIt, PatternMatcher patternsOfIt) {
        end();
        content = of;
        facts = factsOfIt;
        patterns = patternsOfIt;
    }

    /** Lets go of the content. */
    public void end() {
        for (int i = 0; i < decidedCount; i++) {
            decided[decidedRules[i]] = UNDECIDED;
        }
        decidedCount = 0;
        Arrays.fill(modules, null);
        Arrays.fill(loaded, false);
        Arrays.fill(objects, null);
        content = null;
        facts = null;
        patterns = null;
        entryPointKnown = false;
        turns = 0;
        late = false;
    }

    /** Whether a rule's condition holds, whatever the global rules say. */
    public boolean holds(int rule) {
        byte state = decided[rule];
        if (state == UNDECIDED) {
            long value = rules[rule].eval(this);
            state = value != 0 && value != Undefined.INTEGER && !late ? TRUE : FALSE;
            decided[rule] = state;
            if (decidedCount == decidedRules.length) {
                decidedRules = Arrays.copyOf(decidedRules, decidedCount * 2);
            }
            decidedRules[decidedCount++] = rule;
        }
        return state == TRUE;
    }

    /** A condition that is no rule. */
    public boolean holds(Guard guard) {
        long value = guard.code().eval(this);
        return value != 0 && value != Undefined.INTEGER;
    }

    /** A condition that many rules share. */
    public record Guard(Code.OfInteger code) {
        /** Of a condition; null is always true. */
        public static Guard of(@Nullable Term condition) {
            return new Guard(condition == null ? e -> 1 : CodeCompiler.condition(condition));
        }
    }

    Content content() {
        return present(content);
    }

    FileFacts facts() {
        return present(facts);
    }

    PatternMatcher patterns() {
        return present(patterns);
    }

    private static <T> T present(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("no content is being looked at");
        }
        return value;
    }

    long number(int slot) {
        return numbers[slot];
    }

    void number(int slot, long value) {
        numbers[slot] = value;
    }

    @Nullable
    Object object(int slot) {
        return objects[slot];
    }

    void object(int slot, @Nullable Object value) {
        objects[slot] = value;
    }

    /** To be asked at every turn of a loop: true when the time is over and no rule matches any more. */
    boolean isLate() {
        if (++turns % TURNS_A_LOOK == 0) {
            late |= facts().isLate();
        }
        return late;
    }

    /** What a module made of the content. */
    @Nullable
    Object module(int index) {
        if (!loaded[index]) {
            loaded[index] = true;
            YaraModule<?> module = YaraModules.all().get(index);
            modules[index] = module.load(content(), facts());
        }
        return modules[index];
    }

    long entryPoint() {
        if (!entryPointKnown) {
            entryPointKnown = true;
            entryPoint = EntryPointFinder.find(content());
        }
        return entryPoint;
    }

    String external(External variable) {
        FileFacts of = facts();
        String name = of.name() == null ? "" : of.name();
        return switch (variable) {
            case FILENAME -> name;
            case FILEPATH -> of.containers().isEmpty() ? name : String.join("/", of.containers()) + "/" + name;
            case EXTENSION -> of.extension().isEmpty() ? "" : "." + of.extension();
            case FILETYPE -> fileType(of.type());
            case OWNER -> "";
        };
    }

    /** The word for a media type: what stands behind its slash, in capitals, and EXE for Windows' programs. */
    private static String fileType(@Nullable String type) {
        if (type == null) {
            return "";
        }
        if (type.endsWith("dosexec") || type.contains("portable-executable") || type.endsWith("msdownload")) {
            return "EXE";
        }
        String kind = type.substring(type.indexOf('/') + 1);
        return (kind.startsWith("x-") ? kind.substring(2) : kind).toUpperCase(Locale.ROOT);
    }
}
