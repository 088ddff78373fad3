package jp.genkan.av.pattern;

import java.util.List;
import jp.genkan.literals.LiteralCompiler;
import jp.genkan.literals.LiteralDatabase;
import jp.genkan.literals.Mode;

/**
 * Compiled patterns.
 *
 * <p>Thread rule: immutable, any thread.
 */
public final class PatternSet {
    private final LiteralDatabase database;
    /** For each literal its forms, and how long it is. */
    private final int[][] formsOfLiteral;

    private final int[] lengthOfLiteral;
    private final Form[] forms;
    private final int[] unitOfForm;
    private final Unit[] units;
    private final Chain[] patterns;
    /** For each unit the pattern that becomes a candidate with it, or -1. */
    private final int[] patternOfUnit;

    private final boolean[] noLiteral;
    private final int[] rarity;

    PatternSet(List<Pattern> all, LiteralCompiler compiler) {
        UnitCompiler compilation = new UnitCompiler();
        patterns = new Chain[all.size()];
        for (int i = 0; i < patterns.length; i++) {
            patterns[i] = compilation.compile(all.get(i));
        }
        forms = compilation.forms().toArray(Form[]::new);
        unitOfForm = new int[forms.length];
        for (int i = 0; i < forms.length; i++) {
            unitOfForm[i] = compilation.unitOfForm(i);
        }
        units = compilation.units().toArray(Unit[]::new);
        patternOfUnit = new int[units.length];
        noLiteral = new boolean[patterns.length];
        rarity = new int[patterns.length];
        for (int i = 0; i < patterns.length; i++) {
            linkUnits(i);
        }
        Literals literals = compilation.literals();
        int count = literals.all().size();
        formsOfLiteral = new int[count][];
        lengthOfLiteral = new int[count];
        for (int i = 0; i < count; i++) {
            formsOfLiteral[i] = literals.forms(i);
            lengthOfLiteral[i] = literals.all().get(i).octets().length;
        }
        database = compiler.compile(literals.all(), Mode.ENDS);
    }

    /** A pattern becomes a candidate with the rarest of its units, if that has literals only. */
    private void linkUnits(int pattern) {
        Chain chain = patterns[pattern];
        int leader = -1;
        for (int i = chain.first(); i < chain.first() + chain.units(); i++) {
            patternOfUnit[i] = -1;
            if (!units[i].direct() && (leader < 0 || units[i].rarity() > units[leader].rarity())) {
                leader = i;
            }
        }
        noLiteral[pattern] = leader < 0;
        if (leader >= 0) {
            patternOfUnit[leader] = pattern;
            rarity[pattern] = units[leader].rarity();
        }
    }

    /** How many; their ids are 0 to this. */
    public int size() {
        return patterns.length;
    }

    /** How many literals are looked for. */
    public int literals() {
        return lengthOfLiteral.length;
    }

    /** What it takes of native memory, roughly. */
    public long memoryBytes() {
        return database.memoryBytes();
    }

    /**
     * True when a pattern has no literal that the one pass could look for, so that {@link PatternMatcher#candidate} never names it and nobody
     * can know without looking whether it matches: a signature that could match by it alone has to ask {@link PatternMatcher#count} each time,
     * which costs a search of its own.
     */
    public boolean hasNoLiteral(int pattern) {
        return noLiteral[pattern];
    }

    /** How rare a candidate it is, in some bits: the higher, the rarer; 0 when it {@link #hasNoLiteral}. */
    public int rarity(int pattern) {
        return rarity[pattern];
    }

    /** What one thread needs to search. */
    public PatternMatcher matcher() {
        return new PatternMatcher(this);
    }

    LiteralDatabase database() {
        return database;
    }

    int[] formsOfLiteral(int literal) {
        return formsOfLiteral[literal];
    }

    int lengthOfLiteral(int literal) {
        return lengthOfLiteral[literal];
    }

    Form form(int index) {
        return forms[index];
    }

    int unitOfForm(int form) {
        return unitOfForm[form];
    }

    Unit unit(int index) {
        return units[index];
    }

    int units() {
        return units.length;
    }

    Chain pattern(int index) {
        return patterns[index];
    }

    int patternOfUnit(int unit) {
        return patternOfUnit[unit];
    }
}
