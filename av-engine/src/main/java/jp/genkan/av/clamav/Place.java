package jp.genkan.av.clamav;

import jp.genkan.av.pattern.PatternMatcher;

/**
 * Where a body may begin (docs.clamav.net, "Extended signature format").
 *
 * @param kind what the number counts from
 * @param number added to it; for {@code EOF} it is taken off
 * @param section of {@code Sx} and {@code SEx}
 * @param shift how much later it may begin as well
 */
record Place(Kind kind, long number, int section, long shift) {
    /** What places count from. */
    enum Kind {
        ANY,
        BEGIN,
        END,
        ENTRY_POINT,
        SECTION,
        WHOLE_SECTION,
        LAST_SECTION
    }

    /** Sections of a program that places may name: Windows loads no more. */
    private static final int SECTIONS_MAX = 96;

    private static final long NUMBER_MAX = 1L << 40;

    static final Place ANYWHERE = new Place(Kind.ANY, 0, 0, 0);

    static Place parse(String text) throws SignatureException {
        if (text.equals("*")) {
            return ANYWHERE;
        }
        int comma = text.indexOf(',');
        String begin = comma < 0 ? text : text.substring(0, comma);
        long shift = comma < 0 ? 0 : number(text.substring(comma + 1));
        if (begin.startsWith("EOF-")) {
            return new Place(Kind.END, number(begin.substring(4)), 0, shift);
        }
        if (begin.startsWith("EP+") || begin.startsWith("EP-")) {
            long number = number(begin.substring(3));
            return new Place(Kind.ENTRY_POINT, begin.charAt(2) == '-' ? -number : number, 0, shift);
        }
        if (begin.startsWith("SL+")) {
            return new Place(Kind.LAST_SECTION, number(begin.substring(3)), 0, shift);
        }
        if (begin.startsWith("SE")) {
            return new Place(Kind.WHOLE_SECTION, 0, section(begin.substring(2)), shift);
        }
        int plus = begin.indexOf('+');
        if (begin.startsWith("S") && plus > 1) {
            return new Place(Kind.SECTION, number(begin.substring(plus + 1)), section(begin.substring(1, plus)), shift);
        }
        return new Place(Kind.BEGIN, number(begin), 0, shift);
    }

    private static int section(String text) throws SignatureException {
        long number = number(text);
        if (number >= SECTIONS_MAX) {
            throw new SignatureException("no program has a section " + number);
        }
        return (int) number;
    }

    private static long number(String text) throws SignatureException {
        try {
            long number = Long.parseLong(text);
            if (number >= 0 && number <= NUMBER_MAX) {
                return number;
            }
        } catch (NumberFormatException none) {
            // said below
        }
        throw new SignatureException("'" + text + "' is no offset");
    }

    /** True when this place exists only in programs. */
    boolean needsProgram() {
        return kind.compareTo(Kind.ENTRY_POINT) >= 0;
    }

    /** True when something may begin there. */
    boolean allows(long offset, Program program) {
        if (kind == Kind.ANY) {
            return true;
        }
        long from = program.offset(this);
        long to = kind == Kind.WHOLE_SECTION ? from + program.sectionSize(section) - 1 : from + shift;
        return from >= 0 && offset >= from && offset <= to;
    }

    /** How often a pattern matches there. */
    int count(int pattern, PatternMatcher patterns, Program program) {
        if (kind == Kind.ANY) {
            return patterns.count(pattern);
        }
        long from = program.offset(this);
        if (from < 0) {
            return 0;
        }
        long to = kind == Kind.WHOLE_SECTION ? from + program.sectionSize(section) - 1 : from + shift;
        if (to == from) {
            return patterns.matchesAt(pattern, from) ? 1 : 0;
        }
        int found = 0;
        for (int i = 0; i < patterns.count(pattern); i++) {
            found += allows(patterns.offset(pattern, i), program) ? 1 : 0;
        }
        return found;
    }
}
