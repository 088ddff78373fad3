package jp.genkan.av.unpack.pdf;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A value of PDF (ISO 32000-2 §7.3). Strings are characters of an octet each. */
sealed interface PdfValue {
    /** A name, escapes undone. */
    record Name(String text) implements PdfValue {}

    /** A string, escapes undone. */
    record Text(String octets) implements PdfValue {}

    record Numeral(long value) implements PdfValue {}

    /** Says which object stands here. */
    record Reference(int number, int generation) implements PdfValue {}

    record Array(List<PdfValue> values) implements PdfValue {}

    /** A dictionary. */
    record Dictionary(Map<String, PdfValue> entries) implements PdfValue {
        @Nullable
        PdfValue get(String key) {
            return entries.get(key);
        }
    }

    /** {@code true}, {@code null}, or a word that nobody knows. */
    record Word(String text) implements PdfValue {}
}
