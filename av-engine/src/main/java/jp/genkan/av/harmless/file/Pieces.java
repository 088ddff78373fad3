package jp.genkan.av.harmless.file;

import java.util.Arrays;
import jp.genkan.av.harmless.Replaced.Form;
import jp.genkan.av.harmless.explain.Explanation;
import jp.genkan.av.harmless.form.Forms;
import jp.genkan.av.harmless.form.TextForm;

/**
 * What takes the place of a piece of a file: it is cut out of what would take the place of the whole, and depends on the file's kind and length and on where it lies only,
 * so that pieces that are fetched one after the other fit together. Stateless.
 */
public final class Pieces {
    /** A whole is made up to this length to cut a piece out; of a longer one, or one of unknown length, all pieces are a text's. */
    private static final long WHOLE_MAX = 64L << 20;

    private Pieces() {}

    /**
     * A piece.
     *
     * @param total octets of the whole; -1 when that is not known
     */
    public static Forms.Made of(Form form, Explanation lasting, long offset, int length, long total) {
        if (total < 0 || total > WHOLE_MAX || offset + length > total) {
            return new Forms.Made(TextForm.piece(lasting, offset, length), Form.TEXT);
        }
        Forms.Made whole = Forms.of(form, lasting, (int) total);
        return new Forms.Made(Arrays.copyOfRange(whole.octets(), (int) offset, (int) offset + length), whole.form());
    }
}
