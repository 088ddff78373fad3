package jp.genkan.av.pattern;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Compiles one pattern to units, and says which literals they are looked for by.
 *
 * <p>Thread rule: one thread, one pattern each.
 */
final class UnitCompiler {
    /** Octets of a gap up to which the parts around it are looked for as one; as in YARA, so that lengths are the same. */
    static final int GAP_IN_ONE_MAX = 200;

    private final Pattern pattern;
    private final boolean greedy;
    private final List<CompiledPattern.Part> parts = new ArrayList<>();
    // Of the unit under way.
    private final List<Form> forms = new ArrayList<>();
    private final List<CompiledPattern.Literals> literals = new ArrayList<>();
    private BitSet withLiteral = new BitSet();
    private int rarity;

    private UnitCompiler(Pattern pattern) {
        this.pattern = pattern;
        this.greedy = Shape.isGreedy(pattern.body());
    }

    /**
     * Compiles it.
     *
     * @throws IllegalArgumentException when it is too large
     */
    static CompiledPattern compile(Pattern pattern) {
        return new UnitCompiler(pattern).all();
    }

    private CompiledPattern all() {
        List<Expression> parts = Shape.parts(pattern.body());
        List<List<Expression>> pieces = new ArrayList<>();
        List<Expression.Gap> gaps = new ArrayList<>();
        List<Expression> piece = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            if (parts.get(i) instanceof Expression.Gap gap
                    && gap.max() > GAP_IN_ONE_MAX
                    && !piece.isEmpty()
                    && i + 1 < parts.size()
                    && !pattern.has(Pattern.Flag.WIDE)) {
                pieces.add(piece);
                gaps.add(gap);
                piece = new ArrayList<>();
            } else {
                piece.add(parts.get(i));
            }
        }
        pieces.add(piece);
        pieces.forEach(this::unit);
        return new CompiledPattern(this.parts, gaps);
    }

    private void unit(List<Expression> piece) {
        forms.clear();
        literals.clear();
        withLiteral = new BitSet();
        rarity = Integer.MAX_VALUE;
        boolean words = pattern.has(Pattern.Flag.FULLWORD);
        if (pattern.has(Pattern.Flag.ASCII)) {
            written(piece, words ? Form.Words.NO_WORD : Form.Words.ANYTHING);
        }
        if (pattern.has(Pattern.Flag.WIDE)) {
            List<Expression> wide = Shape.parts(Shape.wide(new Expression.Sequence(piece)));
            written(wide, words ? Form.Words.NO_WIDE_WORD : Form.Words.ANYTHING);
        }
        parts.add(new CompiledPattern.Part(new Unit(forms, withLiteral, rarity, greedy), literals));
    }

    /** Adds a form, or one for each key. */
    private void written(List<Expression> piece, Form.Words words) {
        if (pattern.xorTo() == 0) {
            form(piece, pattern.has(Pattern.Flag.NOCASE), words);
            return;
        }
        String plain = ((Expression.Octets) piece.getFirst()).latin();
        for (int key = pattern.xorFrom(); key <= pattern.xorTo(); key++) {
            StringBuilder text = new StringBuilder(plain.length());
            for (int i = 0; i < plain.length(); i++) {
                text.append((char) (plain.charAt(i) ^ key));
            }
            form(List.of(new Expression.Octets(text.toString())), false, words);
        }
    }

    private void form(List<Expression> piece, boolean caseless, Form.Words words) {
        OctetSet @Nullable [] sets = Shape.sets(piece, caseless);
        Atom atom = Atom.best(piece, caseless);
        if (sets != null) {
            boolean exact = atom != null
                    && piece.size() == 1
                    && piece.getFirst() instanceof Expression.Octets octets
                    && atom.literals().getFirst().length() == octets.latin().length();
            int before = atom == null ? 0 : lengthOf(piece.subList(0, atom.part()));
            forms.add(exact ? new Form.Exact(words) : new Form.Masked(sets, before, words));
        } else {
            forms.add(expressed(piece, caseless, atom, words));
        }
        if (atom != null) {
            withLiteral.set(forms.size() - 1);
            rarity = Math.min(rarity, atom.score());
        }
        literals.add(new CompiledPattern.Literals(atom == null ? List.of() : atom.literals(), caseless));
    }

    private static Form expressed(List<Expression> parts, boolean caseless, @Nullable Atom atom, Form.Words words) {
        int split = atom == null ? 0 : atom.part();
        return new Form.Expressed(
                ProgramCompiler.compile(parts.subList(split, parts.size()), caseless, false),
                ProgramCompiler.compile(parts.subList(0, split), caseless, true),
                words);
    }

    private static int lengthOf(List<Expression> parts) {
        OctetSet @Nullable [] sets = Shape.sets(parts, false);
        return sets == null ? 0 : sets.length;
    }
}
