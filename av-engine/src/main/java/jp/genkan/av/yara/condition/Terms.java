package jp.genkan.av.yara.condition;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Walks over terms.
 *
 * <p>Thread rule: no state.
 */
final class Terms {
    private Terms() {}

    /** Visits a term and all terms in it. */
    static void walk(Term term, Consumer<Term> visitor) {
        visitor.accept(term);
        for (Term inner : inner(term)) {
            walk(inner, visitor);
        }
    }

    /** The patterns that a term names itself. */
    static List<Integer> patterns(Term term) {
        return switch (term) {
            case Term.Count count -> List.of(count.pattern());
            case Term.Offset offset -> List.of(offset.pattern());
            case Term.Length length -> List.of(length.pattern());
            case Term.Found found -> List.of(found.pattern());
            case Term.FoundAt found -> List.of(found.pattern());
            case Term.FoundIn found -> List.of(found.pattern());
            case Term.OfStrings of -> of.patterns();
            case Term.ForStrings loop -> loop.patterns();
            default -> List.of();
        };
    }

    /** The terms directly in a term. */
    private static List<Term> inner(Term term) {
        List<Term> inner = new ArrayList<>();
        switch (term) {
            case Term.Count count -> add(count.in(), inner);
            case Term.Offset offset -> inner.add(offset.index());
            case Term.Length length -> inner.add(length.index());
            case Term.ReadInteger read -> inner.add(read.at());
            case Term.Unary unary -> inner.add(unary.of());
            case Term.Binary binary -> inner.addAll(List.of(binary.left(), binary.right()));
            case Term.And and -> inner.addAll(and.of());
            case Term.Or or -> inner.addAll(or.of());
            case Term.Not not -> inner.add(not.of());
            case Term.Defined defined -> inner.add(defined.of());
            case Term.FoundAt found -> inner.add(found.offset());
            case Term.FoundIn found -> add(found.in(), inner);
            case Term.OfStrings of -> {
                add(of.quantifier(), inner);
                add(of.in(), inner);
            }
            case Term.OfRules of -> add(of.quantifier(), inner);
            case Term.ForStrings loop -> addLoop(loop.quantifier(), loop.body(), inner);
            case Term.ForRange loop -> {
                addLoop(loop.quantifier(), loop.body(), inner);
                add(loop.range(), inner);
            }
            case Term.ForNumbers loop -> {
                addLoop(loop.quantifier(), loop.body(), inner);
                inner.addAll(loop.numbers());
            }
            case Term.ForArray loop -> {
                addLoop(loop.quantifier(), loop.body(), inner);
                add(loop.array(), inner);
            }
            case Term.ForDictionary loop -> {
                addLoop(loop.quantifier(), loop.body(), inner);
                add(loop.dictionary(), inner);
            }
            case Term.Field field -> add(field.of(), inner);
            case Term.Element element -> {
                add(element.array(), inner);
                inner.add(element.index());
            }
            case Term.Entry entry -> {
                add(entry.dictionary(), inner);
                inner.add(entry.key());
            }
            case Term.Call call -> {
                add(call.of(), inner);
                inner.addAll(call.arguments());
            }
            default -> {
                // Has none.
            }
        }
        return inner;
    }

    private static void addLoop(Term.Quantifier quantifier, Term body, List<Term> into) {
        add(quantifier, into);
        into.add(body);
    }

    private static void add(Term.@Nullable Range range, List<Term> into) {
        if (range != null) {
            into.add(range.from());
            into.add(range.to());
        }
    }

    private static void add(Term.Quantifier quantifier, List<Term> into) {
        if (quantifier.number() != null) {
            into.add(quantifier.number());
        }
    }

    private static void add(Term.Place place, List<Term> into) {
        switch (place) {
            case Term.Place.Inner inner -> add(inner.of(), into);
            case Term.Place.ElementOf element -> {
                add(element.array(), into);
                into.add(element.index());
            }
            case Term.Place.Root root -> {
                // Has none.
            }
            case Term.Place.Loop loop -> {
                // Has none.
            }
        }
    }

    /** True when a term is decided by a few octets and the size, so that it pays to do it for all rules first. */
    static boolean isCheap(Term term) {
        boolean[] cheap = {true};
        walk(term, part -> cheap[0] &= isCheapItself(part));
        return cheap[0];
    }

    private static boolean isCheapItself(Term term) {
        return term instanceof Term.IntegerConstant
                || term instanceof Term.FileSize
                || term instanceof Term.ReadInteger
                || term instanceof Term.Binary
                || term instanceof Term.Unary
                || term instanceof Term.And
                || term instanceof Term.Or;
    }
}
