package jp.genkan.urlfilter.list;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jp.genkan.core.frame.AddressRange;
import jp.genkan.urlfilter.site.SiteQuery;

/** The rows of a list as lines of text: {@code DOMAIN bad.example}, {@code addresses 192.0.2.0/24}. */
final class RecordedRows implements RowSink {
    static final ListLimits LIMITS = new ListLimits(1 << 20, 1 << 20, 256, 100, 5, 8);

    final List<String> rows = new ArrayList<>();
    final List<String> problems = new ArrayList<>();

    static RecordedRows of(ListFormat format, String text) throws IOException {
        return of(format, "list", text.getBytes(StandardCharsets.UTF_8));
    }

    static RecordedRows of(ListFormat format, String name, byte[] octets) throws IOException {
        RecordedRows all = new RecordedRows();
        file(format, all).read(name, new ByteArrayInputStream(octets));
        return all;
    }

    static ListFile file(ListFormat format, RecordedRows to) {
        return new ListFile(Path.of("list"), format, LIMITS, (category, member) -> {
            if (!member.isEmpty()) {
                to.rows.add("[" + member + "]");
            }
            return to;
        });
    }

    @Override
    public void site(SiteQuery site, SiteScope scope) {
        boolean path = scope == SiteScope.PAGE || scope == SiteScope.PATHS;
        rows.add(scope + " " + (path ? site.urlText() : site.hostText()));
    }

    @Override
    public void addresses(AddressRange range, long line) {
        rows.add("addresses " + range);
    }

    @Override
    public void problem(long line, String reason) {
        problems.add(line + ": " + reason);
    }
}
