package jp.genkan.av.harmless.file;

import java.util.List;
import jp.genkan.av.harmless.file.Container.Inside;
import jp.genkan.av.harmless.form.Forms;
import jp.genkan.av.scan.Detection;
import jp.genkan.av.unpack.LimitException;
import org.jspecify.annotations.Nullable;

/**
 * Makes files harmless.
 *
 * <p>Thread rule: no state, any thread.
 */
public final class FileCleaner {
    /** Containers within containers in which members are replaced one by one; what is deeper dies with what is around it. */
    public static final int DEPTH_MAX = 8;

    private final List<Container> containers;

    /** Knows formats, in the order in which they are asked. */
    public FileCleaner(List<Container> containers) {
        this.containers = List.copyOf(containers);
    }

    /**
     * Replaces the infected members of a file that is infected.
     *
     * @return as many octets, with nothing infected in them; null when that cannot be done
     */
    public byte @Nullable [] members(byte[] file, Inside inside, Removal removal) throws LimitException {
        if (inside.depth() >= DEPTH_MAX) {
            return null;
        }
        for (Container container : containers) {
            if (!container.recognises(file, inside.name())) {
                continue;
            }
            int mark = removal.mark();
            byte[] cleaned = container.clean(file, inside, this, removal);
            boolean isDone = cleaned != null
                    && cleaned.length == file.length
                    && removal.mark() > mark
                    && removal.infection(cleaned, inside.name(), inside.formats()) == null;
            if (isDone) {
                return cleaned;
            }
            removal.backTo(mark);
        }
        return null;
    }

    /**
     * Replaces a file that is infected, or its infected members.
     *
     * @param mediaType that was announced for it; null when none was
     * @return as many octets, with nothing infected in them; null when that cannot be done
     */
    public byte @Nullable [] clean(
            byte[] file, Inside inside, @Nullable String mediaType, Detection detection, Removal removal)
            throws LimitException {
        byte[] members = members(file, inside, removal);
        return members != null ? members : replaced(file, inside, mediaType, detection, removal);
    }

    /**
     * Replaces all of a file.
     *
     * @param mediaType that was announced for it; null when none was
     * @return as many octets, with nothing infected in them; null when that cannot be done
     */
    public byte @Nullable [] replaced(
            byte[] file, Inside inside, @Nullable String mediaType, Detection detection, Removal removal)
            throws LimitException {
        Forms.Made made = Forms.of(
                Forms.wanted(inside.name(), mediaType, file),
                removal.explanation(detection, inside.name()),
                file.length);
        if (removal.infection(made.octets(), inside.name(), inside.formats()) != null) {
            removal.beTerse();
            made = Forms.of(made.form(), removal.explanation(detection, null), file.length);
            if (removal.infection(made.octets(), inside.name(), inside.formats()) != null) {
                return null;
            }
        }
        removal.replaced(inside.path(), inside.name(), detection, made.form());
        return made.octets();
    }
}
