package jp.genkan.urlfilter.own;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import jp.genkan.urlfilter.site.Listing;
import jp.genkan.urlfilter.site.SiteQuery;
import jp.genkan.urlfilter.url.HostText;
import jp.genkan.urlfilter.url.WordOctets;
import org.jspecify.annotations.Nullable;

/**
 * Words of the owner, looked for in host, path and query all at once (Aho and Corasick 1975). Case does not matter, escapes are undone, and a host
 * with {@code xn--} is looked at as it reads.
 *
 * <p>Thread rule: immutable, shared.
 */
public final class Words {
    /** Words that a configuration may have; the box that this one replaces had 100. */
    public static final int WORDS_MAX = 1_000;

    /** Octets of a word in UTF-8: twenty Japanese characters. */
    public static final int WORD_BYTES_MAX = 64;

    /** Octets of all words: their table then has at most 12 MiB. */
    public static final int ALL_BYTES_MAX = 16 << 10;

    /** Shortest word; one letter would be in every URL. */
    public static final int WORD_BYTES_MIN = 2;

    /** No words. */
    public static final Words NONE = new Words(List.of());

    private final byte[] classOf = new byte[256]; // octets that are in no word are all alike: class 0
    private final int classes;
    private final int[] step; // state * classes + class → state
    private final int[] found; // state → the best listing that ends here, or -1
    private final List<Listing> listings;

    /**
     * A word and what its occurrence leads to.
     *
     * @param word in any case
     * @param listing what is told
     */
    public record Word(String word, Listing listing) {
        public Word {
            int length = fold(word).length;
            if (length < WORD_BYTES_MIN || length > WORD_BYTES_MAX) {
                throw new IllegalArgumentException("the word '" + word + "' has " + length + " octets; a word has "
                        + WORD_BYTES_MIN + " to " + WORD_BYTES_MAX);
            }
        }
    }

    private static byte[] fold(String word) {
        return word.strip().toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Words in order; of several in one URL the strongest counts, then the first.
     *
     * @throws IllegalArgumentException when there are too many
     */
    public Words(List<Word> words) {
        if (words.size() > WORDS_MAX) {
            throw new IllegalArgumentException(
                    words.size() + " words are configured, and at most " + WORDS_MAX + " can be used");
        }
        listings = words.stream().map(Word::listing).toList();
        int count = 1;
        int states = 1;
        for (Word word : words) {
            for (byte octet : fold(word.word())) {
                states++;
                if (classOf[octet & 0xff] == 0) {
                    classOf[octet & 0xff] = (byte) count++;
                }
            }
        }
        if (states > ALL_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "the words have " + states + " octets, and at most " + ALL_BYTES_MAX + " can be used");
        }
        classes = count;
        step = new int[states * classes];
        found = new int[states];
        Arrays.fill(found, -1);
        build(words);
    }

    private void build(List<Word> words) {
        int states = 1;
        for (int i = 0; i < words.size(); i++) {
            int state = 0;
            for (byte octet : fold(words.get(i).word())) {
                int at = state * classes + (classOf[octet & 0xff] & 0xff);
                if (step[at] == 0) {
                    step[at] = states++;
                }
                state = step[at];
            }
            found[state] = better(found[state], i);
        }
        int[] fail = new int[states];
        ArrayDeque<Integer> queue = new ArrayDeque<>();
        queue.add(0);
        while (!queue.isEmpty()) {
            int state = queue.remove();
            found[state] = better(found[state], found[fail[state]]);
            for (int one = 0; one < classes; one++) {
                int at = state * classes + one;
                int target = step[at];
                int back = state == 0 ? 0 : step[fail[state] * classes + one];
                if (target == 0) {
                    step[at] = back;
                } else {
                    fail[target] = back;
                    queue.add(target);
                }
            }
        }
    }

    private int better(int one, int other) {
        if (one < 0 || other < 0) {
            return Math.max(one, other);
        }
        boolean oneBlocks = listings.get(one).blocks();
        return oneBlocks == listings.get(other).blocks() ? Math.min(one, other) : oneBlocks ? one : other;
    }

    /** The listing of the best word in what is asked; null for none. */
    public @Nullable Listing find(SiteQuery query) {
        HostText host = query.host();
        int best = -1;
        if (host.length() > 0) {
            byte[] unicode = WordOctets.unicode(host);
            best = scan(
                    unicode == null ? host.octets() : unicode, unicode == null ? host.length() : unicode.length, best);
        }
        best = scan(query.target().octets(), query.target().length(), best);
        return best < 0 ? null : listings.get(best);
    }

    private int scan(byte[] text, int length, int sofar) {
        int best = sofar;
        int state = 0;
        for (int i = 0; i < length; i++) {
            int escaped = WordOctets.escaped(text, i, length);
            int octet = escaped < 0 ? text[i] : escaped;
            i += escaped < 0 ? 0 : 2;
            state = step[state * classes + (classOf[WordOctets.lower(octet) & 0xff] & 0xff)];
            best = found[state] < 0 ? best : better(best, found[state]);
        }
        return best;
    }

    /** True when there is no word. */
    public boolean isEmpty() {
        return listings.isEmpty();
    }

    /** How many words there are. */
    public int size() {
        return listings.size();
    }
}
