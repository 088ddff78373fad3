package jp.genkan.av.pattern;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import jp.genkan.literals.LiteralCompiler;
import jp.genkan.literals.LiteralDatabase;
import jp.genkan.literals.Mode;

/**
 * Compiled patterns.
 *
 * <p>Thread rule: immutable, any thread.
 */
public final class PatternSet {
    /** One for each stage. */
    private final LiteralDatabase[] databases;

    /** What stage's literals begin with which number. */
    private final int[] firstLiteral;

    /** For each literal its forms, and how long it is. */
    private final int[][] formsOfLiteral;

    private final int[] lengthOfLiteral;
    private final Form[] forms;
    private final int[] unitOfForm;
    private final Unit[] units;
    private final Chain[] patterns;
    private final int[] stageOfPattern;
    /** For each unit the pattern that becomes a candidate with it, or -1. */
    private final int[] patternOfUnit;

    private final boolean[] noLiteral;
    private final int[] rarity;

    PatternSet(List<CompiledPattern> all, int[] stageOfPattern, int stages, LiteralCompiler compiler) {
        this.stageOfPattern = stageOfPattern.clone();
        patterns = new Chain[all.size()];
        noLiteral = new boolean[patterns.length];
        rarity = new int[patterns.length];
        List<Form> allForms = new ArrayList<>();
        List<Integer> unitsOfForms = new ArrayList<>();
        List<Unit> allUnits = new ArrayList<>();
        List<Integer> leads = new ArrayList<>();
        List<Literals> literals = new ArrayList<>();
        for (int i = 0; i < stages; i++) {
            literals.add(new Literals());
        }
        for (int i = 0; i < patterns.length; i++) {
            CompiledPattern one = all.get(i);
            patterns[i] = new Chain(allUnits.size(), one.gaps());
            int leader = one.leader();
            noLiteral[i] = leader < 0;
            rarity[i] = one.rarity();
            for (int part = 0; part < one.parts().size(); part++) {
                Unit unit = one.parts().get(part).unit();
                for (int form = 0; form < unit.forms().size(); form++) {
                    CompiledPattern.Literals of =
                            one.parts().get(part).literals().get(form);
                    for (String text : of.texts()) {
                        literals.get(stageOfPattern[i]).add(text, of.caseless(), allForms.size());
                    }
                    allForms.add(unit.forms().get(form));
                    unitsOfForms.add(allUnits.size());
                }
                allUnits.add(unit);
                leads.add(part == leader ? i : -1);
            }
        }
        forms = allForms.toArray(Form[]::new);
        unitOfForm = unitsOfForms.stream().mapToInt(Integer::intValue).toArray();
        units = allUnits.toArray(Unit[]::new);
        patternOfUnit = leads.stream().mapToInt(Integer::intValue).toArray();
        formsOfLiteral = literals.stream()
                .flatMap(stage -> IntStream.range(0, stage.all().size()).mapToObj(stage::forms))
                .toArray(int[][]::new);
        lengthOfLiteral = literals.stream()
                .flatMap(stage -> stage.all().stream())
                .mapToInt(literal -> literal.octets().length)
                .toArray();
        firstLiteral = new int[stages];
        for (int i = 1; i < stages; i++) {
            firstLiteral[i] = firstLiteral[i - 1] + literals.get(i - 1).all().size();
        }
        databases = literals.stream()
                .map(stage -> compiler.compile(stage.all(), Mode.ENDS))
                .toArray(LiteralDatabase[]::new);
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
        return Arrays.stream(databases).mapToLong(LiteralDatabase::memoryBytes).sum();
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

    int stages() {
        return databases.length;
    }

    int stageOfPattern(int pattern) {
        return stageOfPattern[pattern];
    }

    LiteralDatabase database(int stage) {
        return databases[stage];
    }

    int firstLiteral(int stage) {
        return firstLiteral[stage];
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
