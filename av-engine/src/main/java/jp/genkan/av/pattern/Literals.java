package jp.genkan.av.pattern;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jp.genkan.literals.Literal;

/**
 * The literals of a set of patterns while it is compiled, each once, and what is to be verified when it is found.
 *
 * <p>Thread rule: one thread.
 */
final class Literals {
    /** As long as a literal can be. */
    static final int OCTETS_MAX = Literal.OCTETS_MAX;

    private final Map<Literal, Integer> ids = new HashMap<>();
    private final List<Literal> all = new ArrayList<>();
    private final List<List<Integer>> forms = new ArrayList<>();

    /** Lets a form be verified where a literal is found. */
    void add(String latin, boolean caseless, int form) {
        Literal literal = canonical(latin, caseless);
        int id = ids.computeIfAbsent(literal, fresh -> {
            all.add(fresh);
            forms.add(new ArrayList<>(1));
            return all.size() - 1;
        });
        List<Integer> of = forms.get(id);
        if (!of.contains(form)) {
            of.add(form);
        }
    }

    private static Literal canonical(String latin, boolean caseless) {
        if (!caseless) {
            return new Literal(latin.getBytes(StandardCharsets.ISO_8859_1), false);
        }
        StringBuilder folded = new StringBuilder(latin);
        boolean letters = false;
        for (int i = 0; i < folded.length(); i++) {
            char c = folded.charAt(i);
            if (c >= 'A' && c <= 'Z') {
                folded.setCharAt(i, (char) (c + ('a' - 'A')));
            }
            letters |= folded.charAt(i) >= 'a' && folded.charAt(i) <= 'z';
        }
        return new Literal(folded.toString().getBytes(StandardCharsets.ISO_8859_1), letters);
    }

    List<Literal> all() {
        return all;
    }

    /** The forms of a literal. */
    int[] forms(int literal) {
        return forms.get(literal).stream().mapToInt(Integer::intValue).toArray();
    }
}
