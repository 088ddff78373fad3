package jp.genkan.av.pattern;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Compiles patterns to units and literals.
 *
 * <p>Thread rule: one thread.
 */
final class UnitCompiler {
    /** Octets of a gap up to which the parts around it are looked for as one; as in YARA, so that lengths are the same. */
    static final int GAP_IN_ONE_MAX = 200;

    private final Literals literals = new Literals();
    private final List<Unit> units = new ArrayList<>();
    private final List<Form> forms = new ArrayList<>();
    private final List<Integer> unitOfForm = new ArrayList<>();
    // Of the unit under way.
    private BitSet withLiteral = new BitSet();
    private int rarity;

    Literals literals() {
        return literals;
    }

    List<Unit> units() {
        return units;
    }

    List<Form> forms() {
        return forms;
    }

    int unitOfForm(int form) {
        return unitOfForm.get(form);
    }

    /** Compiles one; its units are those that come to {@link #units}. */
    Chain compile(Pattern pattern) {
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
        int first = units.size();
        boolean greedy = Shape.isGreedy(pattern.body());
        for (List<Expression> one : pieces) {
            unit(one, pattern, greedy);
        }
        return new Chain(first, gaps);
    }

    private void unit(List<Expression> parts, Pattern pattern, boolean greedy) {
        int from = forms.size();
        withLiteral = new BitSet();
        rarity = Integer.MAX_VALUE;
        boolean words = pattern.has(Pattern.Flag.FULLWORD);
        if (pattern.has(Pattern.Flag.ASCII)) {
            written(parts, pattern, words ? Form.Words.NO_WORD : Form.Words.ANYTHING, from);
        }
        if (pattern.has(Pattern.Flag.WIDE)) {
            List<Expression> wide = Shape.parts(Shape.wide(new Expression.Sequence(parts)));
            written(wide, pattern, words ? Form.Words.NO_WIDE_WORD : Form.Words.ANYTHING, from);
        }
        units.add(new Unit(forms.subList(from, forms.size()), withLiteral, rarity, greedy));
    }

    /** Adds a form, or one for each key. */
    private void written(List<Expression> parts, Pattern pattern, Form.Words words, int from) {
        if (pattern.xorTo() == 0) {
            form(parts, pattern.has(Pattern.Flag.NOCASE), words, from);
            return;
        }
        String plain = ((Expression.Octets) parts.getFirst()).latin();
        for (int key = pattern.xorFrom(); key <= pattern.xorTo(); key++) {
            StringBuilder text = new StringBuilder(plain.length());
            for (int i = 0; i < plain.length(); i++) {
                text.append((char) (plain.charAt(i) ^ key));
            }
            form(List.of(new Expression.Octets(text.toString())), false, words, from);
        }
    }

    private void form(List<Expression> parts, boolean caseless, Form.Words words, int from) {
        int form = forms.size();
        unitOfForm.add(units.size());
        OctetSet @Nullable [] sets = Shape.sets(parts, caseless);
        Atom atom = Atom.best(parts, caseless);
        if (sets != null) {
            boolean exact = atom != null
                    && parts.size() == 1
                    && parts.getFirst() instanceof Expression.Octets octets
                    && atom.literals().getFirst().length() == octets.latin().length();
            int before = atom == null ? 0 : lengthOf(parts.subList(0, atom.part()));
            forms.add(exact ? new Form.Exact(words) : new Form.Masked(sets, before, words));
        } else {
            forms.add(expressed(parts, caseless, atom, words));
        }
        if (atom != null) {
            withLiteral.set(form - from);
            rarity = Math.min(rarity, atom.score());
            for (String literal : atom.literals()) {
                literals.add(literal, caseless, form);
            }
        }
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
