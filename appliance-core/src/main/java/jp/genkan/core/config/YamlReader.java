package jp.genkan.core.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.genkan.core.config.YamlNode.Place;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads YAML 1.2 text into a tree with places. Only what a configuration needs: one document of sections, lists and values. Anchors, aliases
 * and tags are refused, so a small file stays a small tree.
 */
final class YamlReader {
    /** Most characters of a file; the largest sensible configuration is a hundredth of it. */
    static final int CHARS_MAX = 1 << 20;

    /** Most sections and lists within one another. */
    static final int DEPTH_MAX = 16;

    private final String source;
    private final Problems problems;

    private YamlReader(String source, Problems problems) {
        this.source = source;
        this.problems = problems;
    }

    /**
     * Reads a text.
     *
     * @param source for places
     * @param problems where syntax errors go
     */
    static YamlNode read(String text, String source, Problems problems) {
        return new YamlReader(source, problems).read(text);
    }

    private YamlNode read(String text) {
        Place start = new Place(source, 1, 1);
        if (text.length() > CHARS_MAX) {
            problems.add(Place.of(source), "has more than " + CHARS_MAX + " characters, which is no configuration");
            return new YamlNode.Refused(start);
        }
        LoadSettings settings = LoadSettings.builder()
                .setLabel(source)
                .setCodePointLimit(CHARS_MAX + 1)
                .setUseMarks(true)
                .build();
        try {
            return document(new Parse(settings).parseString(text).iterator(), start);
        } catch (TooDeepException tooDeep) {
            problems.add(tooDeep.place, "more than " + DEPTH_MAX + " sections or lists within one another");
        } catch (MarkedYamlEngineException bad) {
            problems.add(place(bad.getProblemMark().or(bad::getContextMark)), "not YAML: " + describe(bad));
        } catch (ReaderException bad) {
            Place place = placeOf(text, bad.getPosition());
            problems.add(place, "not YAML: the character U+%04X is not allowed".formatted(bad.getCodePoint()));
        } catch (YamlEngineException bad) {
            problems.add(Place.of(source), "not YAML: " + bad.getMessage());
        }
        return new YamlNode.Refused(start);
    }

    private YamlNode document(Iterator<Event> events, Place start) {
        YamlNode root = null;
        while (events.hasNext()) {
            Event event = events.next();
            switch (event.getEventId()) {
                case StreamStart, StreamEnd, DocumentStart, DocumentEnd, Comment -> {}
                default -> {
                    if (root != null) {
                        problems.add(
                                place(event.getStartMark()),
                                "a second document begins here; one file is one configuration");
                        return root;
                    }
                    root = node(event, events, 0);
                }
            }
        }
        return root == null ? new YamlNode.Section(start, List.of()) : root;
    }

    private YamlNode node(Event event, Iterator<Event> events, int depth) {
        Place place = place(event.getStartMark());
        if (depth > DEPTH_MAX) {
            throw new TooDeepException(place);
        }
        boolean allowed = !hasExtras(event, place);
        YamlNode read = switch (event.getEventId()) {
            case Scalar -> scalar((ScalarEvent) event, place);
            case SequenceStart -> items(events, place, depth);
            case MappingStart -> section(events, place, depth);
            default -> new YamlNode.Refused(place); // an alias, which hasExtras has reported
        };
        return allowed ? read : new YamlNode.Refused(place);
    }

    private boolean hasExtras(Event event, Place place) {
        if (event instanceof AliasEvent) {
            problems.add(place, "aliases ('*name') are not used here: write the value itself");
            return true;
        }
        if (event instanceof NodeEvent node && node.getAnchor().isPresent()) {
            problems.add(place, "anchors ('&name') are not used here: write the value where it is needed");
            return true;
        }
        Optional<String> tag = switch (event) {
            case ScalarEvent scalar -> scalar.getTag();
            case CollectionStartEvent collection -> collection.getTag();
            default -> Optional.empty();
        };
        if (tag.isPresent()) {
            problems.add(place, "tags ('!name') are not used here: write the value alone");
        }
        return tag.isPresent();
    }

    private static YamlNode scalar(ScalarEvent event, Place place) {
        return new YamlNode.Scalar(place, event.getValue(), event.isPlain());
    }

    private YamlNode items(Iterator<Event> events, Place place, int depth) {
        List<YamlNode> items = new ArrayList<>();
        for (Event event = next(events); event.getEventId() != Event.ID.SequenceEnd; event = next(events)) {
            items.add(node(event, events, depth + 1));
        }
        return new YamlNode.Items(place, List.copyOf(items));
    }

    private YamlNode section(Iterator<Event> events, Place place, int depth) {
        List<YamlNode.Entry> entries = new ArrayList<>();
        Map<String, Place> first = new HashMap<>();
        for (Event event = next(events); event.getEventId() != Event.ID.MappingEnd; event = next(events)) {
            YamlNode key = node(event, events, depth + 1);
            YamlNode value = node(next(events), events, depth + 1);
            if (!(key instanceof YamlNode.Scalar name)) {
                if (!(key instanceof YamlNode.Refused)) {
                    problems.add(key.place(), "a key is one word, not " + key.kind());
                }
                continue;
            }
            Place before = first.putIfAbsent(name.text(), key.place());
            if (before != null) {
                problems.add(
                        key.place(),
                        "duplicate key " + Problems.quote(name.text()) + " (first at " + before.line() + ":"
                                + before.column() + ")");
            } else {
                entries.add(new YamlNode.Entry(key.place(), name.text(), value));
            }
        }
        return new YamlNode.Section(place, List.copyOf(entries));
    }

    /** The next event that is not a comment; a parser that ends early throws before this one does. */
    private static Event next(Iterator<Event> events) {
        Event event = events.next();
        while (event.getEventId() == Event.ID.Comment) {
            event = events.next();
        }
        return event;
    }

    private Place place(Optional<Mark> mark) {
        return mark.map(m -> new Place(source, m.getLine() + 1, m.getColumn() + 1))
                .orElse(Place.of(source));
    }

    private Place placeOf(String text, int codePoints) {
        int line = 1;
        int column = 1;
        int seen = 0;
        for (int i = 0; i < text.length() && seen < codePoints; seen++) {
            int point = text.codePointAt(i);
            i += Character.charCount(point);
            column = point == '\n' ? 1 : column + 1;
            line += point == '\n' ? 1 : 0;
        }
        return new Place(source, line, column);
    }

    private static String describe(MarkedYamlEngineException bad) {
        String problem = bad.getProblem() == null ? "" : bad.getProblem();
        if (problem.contains("TAB")) {
            return "a tab stands where spaces are expected; indent with spaces";
        }
        if (problem.contains("<block")) {
            return "the indentation does not fit: the keys of one section begin in the same column";
        }
        String context = bad.getContext() == null ? "" : bad.getContext();
        String begin = bad.getContextMark()
                .map(mark -> " (it begins at " + (mark.getLine() + 1) + ":" + (mark.getColumn() + 1) + ")")
                .orElse("");
        return (context + begin + ": " + problem).replaceAll("\\s+", " ").strip();
    }

    /** Nesting beyond the maximum ends the reading at once. */
    private static final class TooDeepException extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final transient Place place;

        TooDeepException(Place place) {
            super("nested too deep", null, false, false);
            this.place = place;
        }
    }
}
