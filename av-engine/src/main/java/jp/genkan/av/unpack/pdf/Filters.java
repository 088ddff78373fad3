package jp.genkan.av.unpack.pdf;

import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts a stream's filters one behind the other, so that what is written at one end comes out decoded at the other. */
final class Filters {
    /** Most filters of a stream: honest ones have two. What is beyond stays as it is. */
    private static final int FILTERS_MAX = 16;

    private Filters() {}

    /** Where a stream's octets are to be written so that they come out of {@code out} decoded; filters of pictures leave them as they are. */
    static OutputStream into(OutputStream out, PdfFile file, PdfValue.Dictionary dictionary) {
        List<PdfValue> names = list(file, first(dictionary, "Filter", "F"));
        List<PdfValue> parameters = list(file, first(dictionary, "DecodeParms", "DP"));
        OutputStream next = out;
        int count = Math.min(FILTERS_MAX, known(names));
        for (int i = count - 1; i >= 0; i--) {
            PdfValue.Dictionary given =
                    i < parameters.size() && file.resolve(parameters.get(i)) instanceof PdfValue.Dictionary found
                            ? found
                            : null;
            next = filter(name(names.get(i)), next, given, file);
        }
        return next;
    }

    /** Filters up to the first one of a picture. */
    private static int known(List<PdfValue> names) {
        for (int i = 0; i < names.size(); i++) {
            switch (name(names.get(i))) {
                case "DCTDecode", "DCT", "JPXDecode", "CCITTFaxDecode", "CCF", "JBIG2Decode" -> {
                    return i;
                }
                default -> {}
            }
        }
        return names.size();
    }

    private static String name(PdfValue value) {
        return value instanceof PdfValue.Name(String text) ? text : "";
    }

    private static @Nullable PdfValue first(PdfValue.Dictionary dictionary, String name, String shortName) {
        PdfValue found = dictionary.get(name);
        return found == null ? dictionary.get(shortName) : found;
    }

    private static List<PdfValue> list(PdfFile file, @Nullable PdfValue value) {
        PdfValue found = file.resolve(value);
        if (found instanceof PdfValue.Array(List<PdfValue> values)) {
            return values.stream()
                    .map(each -> {
                        PdfValue resolved = file.resolve(each);
                        return resolved == null ? each : resolved;
                    })
                    .toList();
        }
        return found == null ? List.of() : List.of(found);
    }

    private static OutputStream filter(
            String name, OutputStream next, PdfValue.@Nullable Dictionary parameters, PdfFile file) {
        return switch (name) {
            case "FlateDecode", "Fl" -> new FlateFilter(predictor(next, parameters, file));
            case "LZWDecode", "LZW" ->
                new LzwFilter(predictor(next, parameters, file), number(parameters, "EarlyChange", 1, file) != 0);
            case "ASCIIHexDecode", "AHx" -> new TextFilters.Hex(next);
            case "ASCII85Decode", "A85" -> new TextFilters.Base85(next);
            case "RunLengthDecode", "RL" -> new TextFilters.RunLength(next);
            default -> next;
        };
    }

    private static OutputStream predictor(OutputStream next, PdfValue.@Nullable Dictionary parameters, PdfFile file) {
        long kind = number(parameters, "Predictor", 1, file);
        if (kind < 2) {
            return next;
        }
        long colors = Math.clamp(number(parameters, "Colors", 1, file), 1, 32);
        long bits = Math.clamp(number(parameters, "BitsPerComponent", 8, file), 1, 32);
        long columns = Math.clamp(number(parameters, "Columns", 1, file), 1, PredictorFilter.COLUMNS_MAX);
        int rowOctets = (int) ((colors * bits * columns + 7) / 8);
        int pixelOctets = (int) Math.max(1, colors * bits / 8);
        return new PredictorFilter(
                next, kind == 2 ? PredictorFilter.Kind.TIFF : PredictorFilter.Kind.PNG, rowOctets, pixelOctets);
    }

    private static long number(PdfValue.@Nullable Dictionary parameters, String key, long otherwise, PdfFile file) {
        PdfValue value = parameters == null ? null : file.resolve(parameters.get(key));
        return value instanceof PdfValue.Numeral(long number) ? number : otherwise;
    }
}
