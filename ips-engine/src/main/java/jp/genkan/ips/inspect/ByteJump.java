package jp.genkan.ips.inspect;

/** Moves the place of the last match by a number in the buffer: {@code byte_jump}. */
public final class ByteJump extends Step {
    private static final int ALIGNMENT = 4;

    private final ByteField field;
    private final long multiplier;
    private final boolean aligned;
    private final Origin origin;
    private final Operand more;

    /** From where the number counts. */
    public enum Origin {
        /** From behind the number. */
        HERE,
        BEGINNING,
        END
    }

    /**
     * A jump.
     *
     * @param aligned true when the number is rounded up to a multiple of four
     * @param more is added to the number
     */
    public ByteJump(ByteField field, long multiplier, boolean aligned, Origin origin, Operand more) {
        this.field = field;
        this.multiplier = multiplier;
        this.aligned = aligned;
        this.origin = origin;
        this.more = more;
    }

    @Override
    public boolean isRelative() {
        return field.relative();
    }

    @Override
    protected boolean match(Inspection in, int index) {
        long number = field.read(in);
        if (number == ByteField.NONE) {
            return false;
        }
        long distance = number * multiplier;
        if (aligned && distance % ALIGNMENT != 0) {
            distance += ALIGNMENT - distance % ALIGNMENT;
        }
        distance += more.in(in);
        long to = switch (origin) {
            case HERE -> field.begin(in) + field.count().in(in) + distance;
            case BEGINNING -> in.from() - in.base() + distance;
            case END -> in.to() + distance;
        };
        if (to >= in.to()) {
            return false;
        }
        to = Math.max(to, in.from()); // as Suricata: not before the beginning
        int kept = in.at();
        in.at((int) to);
        if (in.rest(index)) {
            return true;
        }
        in.at(kept);
        return false;
    }
}
