package jp.genkan.urlfilter.list;

import jp.genkan.core.frame.AddressRange;

/** An address, a network or a range a line; whatever follows a blank, a comma or a sign of comments is a remark. */
final class AddressRows implements Rows {
    private final RowSink sink;

    AddressRows(RowSink sink) {
        this.sink = sink;
    }

    @Override
    public void line(byte[] text, int from, int to, long number) {
        int begin = LineText.skipBlanks(text, from, to);
        if (LineText.isRemark(text, begin, to)) {
            return;
        }
        int end = begin;
        while (end < to && !isRemarkBegin(text[end])) {
            end++;
        }
        try {
            sink.addresses(AddressRange.parse(LineText.text(text, begin, end)), number);
        } catch (IllegalArgumentException bad) {
            sink.problem(number, String.valueOf(bad.getMessage()));
        }
    }

    private static boolean isRemarkBegin(int octet) {
        return LineText.isBlank(octet) || octet == '#' || octet == ';' || octet == ',';
    }
}
