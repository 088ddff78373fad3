package jp.genkan.av.pattern;

import java.util.BitSet;
import java.util.List;

/**
 * A pattern, or what stands between two long gaps of one: looked for as a whole.
 *
 * @param forms the ways to write it: as it stands, wide, XORed
 * @param withLiteral which of them have literals
 * @param rarity score of its commonest literal
 * @param greedy which of two lengths at one place counts
 */
record Unit(List<Form> forms, BitSet withLiteral, int rarity, boolean greedy) {
    Unit {
        forms = List.copyOf(forms);
    }

    boolean hasLiteral(int form) {
        return withLiteral.get(form);
    }

    /** True when a form has no literal, so that the octets have to be searched for it. */
    boolean direct() {
        return withLiteral.cardinality() < forms.size();
    }

    /** True when none has. */
    boolean isOnlyDirect() {
        return withLiteral.isEmpty();
    }
}
