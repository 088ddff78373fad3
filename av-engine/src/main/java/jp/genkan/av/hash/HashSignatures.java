package jp.genkan.av.hash;

import java.util.HashSet;
import java.util.Set;
import jp.genkan.av.content.Content;
import jp.genkan.av.executable.PeFile;
import jp.genkan.av.executable.RoundedSections;
import jp.genkan.av.scan.Detection;
import jp.genkan.av.scan.Detections;
import jp.genkan.av.scan.FileFacts;
import jp.genkan.av.scan.SignatureMatcher;
import jp.genkan.av.scan.Signatures;

/**
 * Signatures that are hashes. A file is hashed only by the digests that some signature of its size needs.
 *
 * <p>Thread rule: immutable, any thread.
 */
public final class HashSignatures implements Signatures {
    /** Octets of sections that are hashed, in file sizes: honest sections do not lie on each other, hostile ones must not cost 96 passes. */
    private static final long SECTIONS_FACTOR = 8;

    private static final HashKind[] KINDS = HashKind.values();

    private final HashTable table;
    private final boolean hasSections;

    /** Of a table. */
    public HashSignatures(HashTable table) {
        this.table = table;
        boolean sections = false;
        for (HashKind kind : KINDS) {
            SizeFilter filter = table.filter(kind);
            sections |= kind.isSection() && filter.any() + filter.sized() > 0;
        }
        this.hasSections = sections;
    }

    /** The table that is asked. */
    public HashTable table() {
        return table;
    }

    @Override
    public int count() {
        return table.count();
    }

    @Override
    public SignatureMatcher matcher() {
        return new Matcher();
    }

    /** Thread rule: one thread. */
    private final class Matcher implements SignatureMatcher {
        private final Hasher hasher = new Hasher();
        private final Set<Long> told = new HashSet<>();
        private long left;

        @Override
        public void match(Content content, FileFacts facts, Detections detections) {
            told.clear();
            left = content.size();
            part(content, 0, content.size(), false, facts, detections);
            PeFile program = hasSections ? PeFile.of(content) : null;
            if (program != null) {
                sections(program, facts, detections);
            }
        }

        private void sections(PeFile program, FileFacts facts, Detections detections) {
            left = program.content().size() * SECTIONS_FACTOR;
            for (RoundedSections.Section section : RoundedSections.of(program).sections()) {
                if (section.rawSize() > 0) {
                    part(program.content(), section.rawAt(), section.rawSize(), true, facts, detections);
                }
            }
        }

        private void part(
                Content content, long at, long length, boolean section, FileFacts facts, Detections detections) {
            boolean wanted = false;
            for (HashKind kind : KINDS) {
                if (kind.isSection() == section && table.filter(kind).wants(length)) {
                    hasher.want(kind);
                    wanted = true;
                }
            }
            left -= wanted ? length : 0;
            if (!wanted || left < 0 || !hasher.pass(content, at, length, facts)) {
                hasher.forget();
                return;
            }
            for (HashKind kind : KINDS) {
                byte[] hash = hasher.take(kind);
                long entry = hash == null ? -1 : table.find(kind, length, hash);
                if (entry >= 0 && told.add(entry)) {
                    detections.add(new Detection(table.name(entry), Detection.Kind.SIGNATURE));
                }
            }
        }
    }
}
