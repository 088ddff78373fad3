package jp.genkan.av.clamav;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import jp.genkan.av.pattern.PatternRules;
import jp.genkan.av.pattern.PatternSet;
import jp.genkan.av.pattern.PatternSetBuilder;
import jp.genkan.av.source.Problems;
import jp.genkan.av.source.SourceLines;

/**
 * Compiles ClamAV's files onto a shared builder of patterns: {@code .ndb .ndu .ldb .ldu .cdb .ign .ign2}. A line that is malformed or not
 * supported is left out and named, the others work. Hashes ({@code .hdb} and so on) are {@link jp.genkan.av.hash.HashCompiler}'s. Files of
 * types ({@code .ftm}) are read, but types are found by what the product knows itself.
 *
 * <p>Thread rule: one thread.
 */
public final class ClamCompiler {
    /** Signatures of all files: three times the patterns of ClamAV's own set. */
    public static final int SIGNATURES_MAX = 1_000_000;

    private final SignatureLines lines;
    private final Problems problems;
    private final List<ClamSignature> signatures = new ArrayList<>();
    private final List<MemberSignature> members = new ArrayList<>();
    private final Set<String> ignored = new HashSet<>();

    /**
     * A compiler.
     *
     * @param patterns that other signatures share
     * @param problems takes what is wrong with lines
     */
    public ClamCompiler(PatternSetBuilder patterns, Problems problems) {
        this.lines = new SignatureLines(patterns);
        this.problems = problems;
    }

    /** True when files of this name are read here. */
    public static boolean takes(String fileName) {
        return switch (ending(fileName)) {
            case "ndb", "ndu", "ldb", "ldu", "cdb", "ign", "ign2", "ftm" -> true;
            default -> false;
        };
    }

    private static String ending(String fileName) {
        return fileName.substring(fileName.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    /**
     * Reads a file.
     *
     * @throws IOException when it cannot be read
     */
    public void add(Path file) throws IOException {
        try (InputStream octets = new BufferedInputStream(Files.newInputStream(file))) {
            add(String.valueOf(file.getFileName()), octets);
        }
    }

    void add(String fileName, InputStream octets) throws IOException {
        String ending = ending(fileName);
        SourceLines source = new SourceLines(octets);
        while (source.next()) {
            if (source.isTooLong()) {
                problems.add(fileName, source.number(), "the line has more than " + SourceLines.LINE_MAX + " octets");
                source.skipRest();
                continue;
            }
            String line = source.text().strip();
            if (line.isEmpty() || line.charAt(0) == '#') {
                continue;
            }
            try {
                if (signatures.size() + members.size() == SIGNATURES_MAX) {
                    throw new SignatureException("there are more than " + SIGNATURES_MAX + " signatures");
                }
                add(ending, line);
            } catch (SignatureException wrong) {
                problems.add(fileName, source.number(), String.valueOf(wrong.getMessage()));
            }
        }
    }

    private void add(String ending, String line) throws SignatureException {
        switch (ending) {
            case "ign", "ign2" -> ignore(ending, line);
            case "ftm" -> throw new SignatureException("types of files are not taken from signatures");
            case "cdb" -> {
                MemberSignature member = lines.member(line);
                if (member != null) {
                    members.add(member);
                }
            }
            case "ldb", "ldu" -> {
                ClamSignature signature = lines.logical(line);
                if (signature != null) {
                    signatures.add(signature);
                }
            }
            default -> {
                ClamSignature signature = lines.extended(line);
                if (signature != null) {
                    signatures.add(signature);
                }
            }
        }
    }

    /** {@code .ign}: database, line and name; {@code .ign2}: name, and perhaps a hash of its line, which is not compared. */
    private void ignore(String ending, String line) throws SignatureException {
        String[] fields = line.split(":", -1);
        int name = ending.equals("ign") ? 2 : 0;
        if (fields.length <= name) {
            throw new SignatureException("three fields with colons between them are expected");
        }
        ignored.add(fields[name]);
    }

    /** Names of signatures that {@code .ign} and {@code .ign2} switch off; those of hashes are not compiled here. */
    public Set<String> ignored() {
        return Set.copyOf(ignored);
    }

    /**
     * The rules that were added, but for those that are switched off.
     *
     * @param patterns what the builder has built
     */
    public PatternRules build(PatternSet patterns) {
        return new ClamRules(
                signatures.stream()
                        .filter(signature -> !ignored.contains(signature.name()))
                        .toList(),
                members.stream()
                        .filter(member -> !ignored.contains(member.name()))
                        .toList(),
                patterns);
    }
}
