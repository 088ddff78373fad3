package jp.genkan.av.pattern;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Literals of which one has to stand at a certain part of an expression wherever it matches: the rarest that can be found in it.
 *
 * @param part index of the part that they begin with
 * @param literals all of them, Latin-1
 * @param score how rare: some bits of information
 */
record Atom(int part, List<String> literals, int score) {
    /** Literals of one atom: more cost the pass more than the rarer literal saves. */
    static final int LITERALS_MAX = 256;

    /** Values of a set that are tried each: a masked nibble has 16, the letters and digits 62. */
    private static final int SET_MAX = 64;

    /** Octets of a literal that is put together: what is longer is not rarer by much. */
    static final int OCTETS_MAX = 24;

    /** Less is found too often: two ordinary octets have it, two zeros or two small letters have not. */
    static final int SCORE_MIN = 11;

    /** More is no better. */
    private static final int SCORE_MAX = 48;

    Atom {
        literals = List.copyOf(literals);
    }

    /** The best one; null when there is none that is worth looking for. */
    static @Nullable Atom best(List<Expression> parts, boolean caseless) {
        Atom best = null;
        for (int i = 0; i < parts.size(); i++) {
            Atom atom = from(parts, i, caseless);
            if (atom != null && (best == null || atom.score > best.score)) {
                best = atom;
            }
        }
        return best == null || best.score < SCORE_MIN ? null : best;
    }

    /** The best one that begins with a part. */
    private static @Nullable Atom from(List<Expression> parts, int begin, boolean caseless) {
        Prefixes prefixes = new Prefixes(Set.of(""), true);
        Atom best = null;
        for (int i = begin; i < parts.size() && prefixes.complete; i++) {
            Prefixes of = prefixes(parts.get(i), caseless);
            if (of == null) {
                break;
            }
            prefixes = join(prefixes, of);
            if (prefixes == null) {
                break;
            }
            int score = score(prefixes.texts, caseless);
            if (best == null || score > best.score) {
                best = new Atom(begin, List.copyOf(prefixes.texts), score);
            }
        }
        return best;
    }

    /**
     * What an expression can begin with.
     *
     * @param complete whether each is all of a match
     */
    private record Prefixes(Set<String> texts, boolean complete) {}

    /** Null when there are too many. */
    private static @Nullable Prefixes join(Prefixes before, Prefixes after) {
        if (before.texts.size() * after.texts.size() > LITERALS_MAX) {
            return null;
        }
        Set<String> texts = new LinkedHashSet<>();
        boolean complete = before.complete && after.complete;
        for (String a : before.texts) {
            for (String b : after.texts) {
                String both = a + b;
                if (both.length() > OCTETS_MAX && before.texts.size() * after.texts.size() > 1) {
                    both = both.substring(0, OCTETS_MAX);
                    complete = false;
                } else if (both.length() > Literals.OCTETS_MAX) {
                    both = both.substring(0, Literals.OCTETS_MAX);
                    complete = false;
                }
                texts.add(both);
            }
        }
        return new Prefixes(texts, complete);
    }

    private static @Nullable Prefixes prefixes(Expression expression, boolean caseless) {
        return switch (expression) {
            case Expression.Octets octets ->
                octets.latin().length() > Literals.OCTETS_MAX
                        ? new Prefixes(Set.of(octets.latin().substring(0, Literals.OCTETS_MAX)), false)
                        : new Prefixes(Set.of(octets.latin()), true);
            case Expression.OneOf one -> ofSet(one.set(), caseless);
            case Expression.Gap gap -> gap.max() == 0 ? new Prefixes(Set.of(""), true) : null;
            case Expression.Assertion assertion -> new Prefixes(Set.of(""), true);
            case Expression.Sequence sequence -> ofParts(Shape.parts(sequence), caseless);
            case Expression.Choice choice -> ofWays(choice.ways(), caseless);
            case Expression.Repeat repeat -> ofRepeat(repeat, caseless);
        };
    }

    private static @Nullable Prefixes ofSet(OctetSet set, boolean caseless) {
        Set<String> texts = new LinkedHashSet<>();
        if (set.size() > SET_MAX) {
            return null;
        }
        for (int value = 0; value < 256; value++) {
            if (set.has(value)) {
                boolean twin = caseless && value >= 'a' && value <= 'z' && set.has(value - 'a' + 'A');
                if (!twin) {
                    texts.add(String.valueOf((char) value));
                }
            }
        }
        return texts.isEmpty() ? null : new Prefixes(texts, true);
    }

    private static @Nullable Prefixes ofParts(List<Expression> parts, boolean caseless) {
        Prefixes all = new Prefixes(Set.of(""), true);
        for (Expression part : parts) {
            Prefixes of = prefixes(part, caseless);
            Prefixes joined = of == null ? null : join(all, of);
            if (joined == null) {
                return all.texts.contains("") ? null : new Prefixes(all.texts, false);
            }
            all = joined;
            if (!all.complete) {
                break;
            }
        }
        return all;
    }

    private static @Nullable Prefixes ofWays(List<Expression> ways, boolean caseless) {
        Set<String> texts = new LinkedHashSet<>();
        boolean complete = true;
        for (Expression way : ways) {
            Prefixes of = prefixes(way, caseless);
            if (of == null || texts.size() + of.texts.size() > LITERALS_MAX) {
                return null;
            }
            texts.addAll(of.texts);
            complete &= of.complete;
        }
        return texts.isEmpty() ? null : new Prefixes(texts, complete);
    }

    private static @Nullable Prefixes ofRepeat(Expression.Repeat repeat, boolean caseless) {
        if (repeat.max() == 0) {
            return new Prefixes(Set.of(""), true);
        }
        Prefixes one = prefixes(repeat.part(), caseless);
        if (one == null) {
            return null;
        }
        if (repeat.min() == 0) {
            if (repeat.max() == 1 && one.complete) {
                Set<String> texts = new LinkedHashSet<>(one.texts);
                texts.add("");
                return new Prefixes(texts, true);
            }
            return null;
        }
        Prefixes all = one;
        for (int i = 1; i < repeat.min() && all.complete; i++) {
            Prefixes more = join(all, one);
            if (more == null) {
                return new Prefixes(all.texts, false);
            }
            all = more;
        }
        return new Prefixes(all.texts, all.complete && repeat.min() == repeat.max());
    }

    /** The score of the commonest literal, less what their number costs. */
    private static int score(Set<String> texts, boolean caseless) {
        int worst = SCORE_MAX;
        for (String text : texts) {
            worst = Math.min(worst, score(text, caseless));
        }
        int bits = 32 - Integer.numberOfLeadingZeros(texts.size() - 1);
        return worst - bits - bits / 2;
    }

    private static int score(String text, boolean caseless) {
        int score = 0;
        for (int i = 0; i < text.length() && score < SCORE_MAX; i++) {
            char c = text.charAt(i);
            boolean repeated = i > 0 && text.charAt(i - 1) == c;
            boolean letter = c >= 'a' && c <= 'z' || caseless && c >= 'A' && c <= 'Z';
            if (c == 0) {
                score += repeated ? 0 : 2;
            } else if (c == 0xff || c == ' ' || c == 0xcc || c == 0x90 || c == 1) {
                score += repeated ? 1 : 3;
            } else if (repeated) {
                score += 2;
            } else {
                score += letter ? 5 : 6;
            }
        }
        return Math.min(score, SCORE_MAX);
    }
}
