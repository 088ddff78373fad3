package jp.genkan.ips.dataset;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jp.genkan.core.state.StateFile;
import org.jspecify.annotations.Nullable;

/**
 * All sets of a set of rules. Whoever ends the rules' life calls {@link #save}.
 *
 * <p>Thread rule: the thread that loads rules, and the one that ends them; the sets themselves are for workers.
 */
public final class Datasets {
    /** Most sets: more than any known collection of rules has, ten times over. */
    public static final int SETS_MAX = 1_024;

    /** Most octets of a set that says nothing of its size: Suricata's default. */
    public static final long OCTETS_DEFAULT = 100L << 20;

    /** Largest file that is read: a million lines of SHA-256, several times over. */
    public static final long FILE_OCTETS_MAX = 512L << 20;

    /** Greatest reputation. */
    private static final int REPUTATION_MAX = 65_535;

    private final Path folder;
    private final Path dataFolder;
    private final Map<String, Dataset> byName = new LinkedHashMap<>();
    private final Map<String, Definition> definitions = new LinkedHashMap<>();

    /**
     * No sets yet.
     *
     * @param folder from which names of files start that are only read
     * @param dataFolder from which names of files start that are written
     */
    public Datasets(Path folder, Path dataFolder) {
        this.folder = folder;
        this.dataFolder = dataFolder;
    }

    /**
     * The set of a definition; made and filled when it is the first of its name.
     *
     * @throws DatasetException when it cannot be
     */
    public Dataset define(Definition definition) throws DatasetException {
        Dataset there = byName.get(definition.name());
        if (there != null) {
            checkSame(definition, there);
            return there;
        }
        MemberType type = definition.type();
        if (type == null) {
            throw new DatasetException(
                    DatasetException.Kind.CONFLICT,
                    "nothing before this says what the set " + definition.name() + " holds: a type is wanted");
        }
        if (byName.size() >= SETS_MAX) {
            throw new DatasetException(DatasetException.Kind.TOO_LARGE, "more than " + SETS_MAX + " sets");
        }
        long room = definition.octetsMax() == 0 ? OCTETS_DEFAULT : definition.octetsMax();
        Dataset made = new Dataset(definition.name(), type, room);
        fill(made, definition);
        writePath(definition);
        byName.put(definition.name(), made);
        definitions.put(definition.name(), definition);
        return made;
    }

    private void checkSame(Definition definition, Dataset there) throws DatasetException {
        if (definition.type() != null && definition.type() != there.type()) {
            throw new DatasetException(
                    DatasetException.Kind.CONFLICT,
                    "the set " + there.name() + " holds " + there.type().word() + " by an earlier rule");
        }
        Definition first = definitions.get(there.name());
        boolean differs = first != null
                && definition.hasFiles()
                && !(java.util.Objects.equals(first.load(), definition.load())
                        && java.util.Objects.equals(first.state(), definition.state())
                        && java.util.Objects.equals(first.save(), definition.save()));
        if (differs) {
            throw new DatasetException(
                    DatasetException.Kind.CONFLICT, "the set " + there.name() + " has other files by an earlier rule");
        }
    }

    // ---- files

    private void fill(Dataset set, Definition definition) throws DatasetException {
        String load = definition.load();
        String state = definition.state();
        if (load != null) {
            Path file = readPath(load);
            if (file == null) {
                throw new DatasetException(DatasetException.Kind.FILE, load + " is not there");
            }
            read(set, definition, file);
        } else if (state != null) {
            Path file = readPath(state);
            if (file != null) {
                read(set, definition, file);
            }
        }
    }

    private @Nullable Path readPath(String name) {
        for (Path start : List.of(folder, dataFolder)) {
            Path file = start.resolve(name);
            if (Files.isRegularFile(file)) {
                return file;
            }
        }
        return null;
    }

    /** The file to write; a rule may not name one outside of the folder for data. */
    private @Nullable Path writePath(Definition definition) throws DatasetException {
        String name = definition.save() != null ? definition.save() : definition.state();
        if (name == null) {
            return null;
        }
        Path file = dataFolder.resolve(name).normalize();
        if (Path.of(name).isAbsolute() || !file.startsWith(dataFolder.normalize())) {
            throw new DatasetException(
                    DatasetException.Kind.FILE, name + " is outside of the folder into which rules may write");
        }
        return file;
    }

    private static void read(Dataset set, Definition definition, Path file) throws DatasetException {
        try {
            long size = Files.size(file);
            if (size > FILE_OCTETS_MAX) {
                throw new DatasetException(
                        DatasetException.Kind.TOO_LARGE,
                        file + " has " + size + " octets, and at most " + FILE_OCTETS_MAX + " are read");
            }
            switch (definition.format()) {
                case LINES -> readLines(set, file);
                case JSON, JSON_LINES -> JsonMembers.read(set, definition, file);
            }
        } catch (IOException unreadable) {
            throw new DatasetException(DatasetException.Kind.FILE, file + ": " + unreadable.getMessage());
        }
    }

    private static void readLines(Dataset set, Path file) throws IOException, DatasetException {
        int number = 0;
        try (var lines = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                String text = line.strip();
                if (text.isEmpty() || text.startsWith("#")) {
                    continue;
                }
                int comma = text.indexOf(',');
                try {
                    String member = comma < 0 ? text : text.substring(0, comma).strip();
                    Integer reputation = comma < 0
                            ? null
                            : reputation(text.substring(comma + 1).strip());
                    addLoaded(set, set.type().parse(member), reputation, file);
                } catch (IllegalArgumentException bad) {
                    throw new DatasetException(
                            DatasetException.Kind.FILE,
                            file + ":" + number + ": no " + set.type().word() + ": " + bad.getMessage());
                }
            }
        }
    }

    private static Integer reputation(String text) {
        int reputation = Integer.parseInt(text);
        if (reputation < 0 || reputation > REPUTATION_MAX) {
            throw new IllegalArgumentException(text + " is no reputation from 0 to " + REPUTATION_MAX);
        }
        return reputation;
    }

    static void addLoaded(Dataset set, byte[] member, @Nullable Object thing, Path file) throws DatasetException {
        if (!set.load(member, thing)) {
            throw new DatasetException(
                    DatasetException.Kind.TOO_LARGE, file + " does not fit into the room of the set " + set.name());
        }
    }

    /** All sets. */
    public Collection<Dataset> sets() {
        return Collections.unmodifiableCollection(byName.values());
    }

    /**
     * Writes the sets that are to be kept.
     *
     * @return what could not be written, one line a set
     */
    public List<String> save() {
        List<String> problems = new ArrayList<>();
        for (Definition definition : definitions.values()) {
            try {
                Path file = writePath(definition);
                Dataset set = byName.get(definition.name());
                if (file != null && set != null) {
                    new StateFile(file, FILE_OCTETS_MAX).writeLines(set.lines());
                }
            } catch (IOException | DatasetException notWritten) {
                problems.add("the set " + definition.name() + " is lost: " + notWritten.getMessage());
            }
        }
        return problems;
    }
}
