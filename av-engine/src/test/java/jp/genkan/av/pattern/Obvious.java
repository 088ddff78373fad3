package jp.genkan.av.pattern;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** A slow search whose rightness can be seen: follows each way by itself, and knows nothing of literals, programs and chains. */
final class Obvious {
    private final String text;
    private final boolean caseless;

    Obvious(String text, boolean caseless) {
        this.text = text;
        this.caseless = caseless;
    }

    /** Every place where a match of one octet at least begins. */
    static Set<Integer> starts(Pattern pattern, String text) {
        TreeSet<Integer> starts = new TreeSet<>();
        Obvious obvious = new Obvious(text, pattern.has(Pattern.Flag.NOCASE));
        for (int at = 0; at < text.length(); at++) {
            boolean here = pattern.has(Pattern.Flag.ASCII)
                    && obvious.ends(pattern.body(), at).stream().anyMatch(longer(at));
            boolean wide = pattern.has(Pattern.Flag.WIDE)
                    && obvious.ends(Shape.wide(pattern.body()), at).stream().anyMatch(longer(at));
            if (here || wide) {
                starts.add(at);
            }
        }
        return starts;
    }

    static boolean mayBeEmpty(Pattern pattern) {
        return new Obvious("", false).ends(pattern.body(), 0).contains(0);
    }

    private static Predicate<Integer> longer(int at) {
        return end -> end > at;
    }

    private Set<Integer> ends(Expression expression, int at) {
        TreeSet<Integer> ends = new TreeSet<>();
        switch (expression) {
            case Expression.Octets octets -> {
                int length = octets.latin().length();
                if (text.regionMatches(caseless, at, octets.latin(), 0, length)) {
                    ends.add(at + length);
                }
            }
            case Expression.OneOf one -> {
                if (at < text.length() && has(one.set(), text.charAt(at))) {
                    ends.add(at + 1);
                }
            }
            case Expression.Gap gap -> {
                for (int length = gap.min(); length <= gap.max() && at + length <= text.length(); length++) {
                    ends.add(at + length);
                }
            }
            case Expression.Sequence sequence -> ends.addAll(sequence(sequence.parts(), at));
            case Expression.Choice choice -> choice.ways().forEach(way -> ends.addAll(ends(way, at)));
            case Expression.Repeat repeat -> ends.addAll(repeat(repeat, at));
            case Expression.Assertion assertion -> {
                boolean holds = assertion == Expression.Assertion.BEGIN ? at == 0 : at == text.length();
                if (holds) {
                    ends.add(at);
                }
            }
        }
        return ends;
    }

    private boolean has(OctetSet set, char c) {
        return set.has(c) || caseless && (set.has(Character.toLowerCase(c)) || set.has(Character.toUpperCase(c)));
    }

    private Set<Integer> sequence(List<Expression> parts, int at) {
        Set<Integer> ends = new TreeSet<>(List.of(at));
        for (Expression part : parts) {
            Set<Integer> next = new TreeSet<>();
            ends.forEach(end -> next.addAll(ends(part, end)));
            ends = next;
        }
        return ends;
    }

    private Set<Integer> repeat(Expression.Repeat repeat, int at) {
        TreeSet<Integer> all = new TreeSet<>();
        Set<Integer> ends = new TreeSet<>(List.of(at));
        for (int times = 0; times <= Math.min(repeat.max(), text.length() + repeat.min()) && !ends.isEmpty(); times++) {
            if (times >= repeat.min()) {
                all.addAll(ends);
            }
            Set<Integer> next = new TreeSet<>();
            ends.forEach(end -> next.addAll(ends(repeat.part(), end)));
            ends = next;
        }
        return all;
    }
}
