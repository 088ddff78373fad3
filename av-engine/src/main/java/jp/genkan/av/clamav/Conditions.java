package jp.genkan.av.clamav;

import java.util.List;
import java.util.Locale;
import jp.genkan.av.scan.FileFacts;

/**
 * What a file has to be before a signature is looked at (docs.clamav.net, "TargetDescriptionBlock").
 *
 * @param level functionality levels that it is for
 * @param target kind of file
 * @param size octets
 * @param entryPoint offset at which the program begins
 * @param sections how many it has
 * @param container format that it lies in; empty for any
 */
record Conditions(Range level, Target target, Range size, Range entryPoint, Range sections, String container) {
    /** The functionality level of ClamAV whose signatures are understood: that of 1.4. */
    static final long LEVEL = 216;

    private static final String TYPE_PREFIX = "CL_TYPE_";

    static Conditions of(Target target, Range level) {
        return new Conditions(level, target, Range.ALL, Range.ALL, Range.ALL, "");
    }

    static Conditions parse(String block) throws SignatureException {
        Conditions conditions = of(Target.ANY, Range.ALL);
        for (String pair : block.split(",", -1)) {
            int colon = pair.indexOf(':');
            if (colon < 0) {
                throw new SignatureException("'" + pair + "' is no condition with a value");
            }
            conditions = conditions.with(pair.substring(0, colon), pair.substring(colon + 1));
        }
        return conditions;
    }

    private Conditions with(String name, String value) throws SignatureException {
        return switch (name) {
            case "Engine" -> new Conditions(Range.parse(value), target, size, entryPoint, sections, container);
            case "Target" -> new Conditions(level, Target.of(value), size, entryPoint, sections, container);
            case "FileSize" -> new Conditions(level, target, Range.parse(value), entryPoint, sections, container);
            case "EntryPoint" -> new Conditions(level, target, size, Range.parse(value), sections, container);
            case "NumberOfSections" -> new Conditions(level, target, size, entryPoint, Range.parse(value), container);
            case "Container" -> new Conditions(level, target, size, entryPoint, sections, format(value));
            case "IconGroup1", "IconGroup2" -> throw new SignatureException("icons of programs are not compared");
            default -> throw new SignatureException("the condition " + name + " is not supported");
        };
    }

    private static String format(String type) throws SignatureException {
        if (!type.startsWith(TYPE_PREFIX)) {
            throw new SignatureException("'" + type + "' is no type");
        }
        return type.equals("CL_TYPE_ANY")
                ? ""
                : type.substring(TYPE_PREFIX.length()).toLowerCase(Locale.ROOT);
    }

    boolean isForThisLevel() {
        return level.has(LEVEL);
    }

    boolean holds(Program program, FileFacts facts) {
        return target.takes(program.target())
                && size.has(program.size())
                && (entryPoint.equals(Range.ALL) || program.entryPoint() >= 0 && entryPoint.has(program.entryPoint()))
                && (sections.equals(Range.ALL) || sections.has(program.sectionCount()))
                && isIn(container, facts);
    }

    /** True when the innermost container has this format: names of ClamAV, names of unpackers. */
    static boolean isIn(String type, FileFacts facts) {
        List<String> formats = facts.formats();
        if (type.isEmpty()) {
            return true;
        }
        if (formats.isEmpty()) {
            return false;
        }
        String format = formats.getLast().toLowerCase(Locale.ROOT);
        return switch (type) {
            case "ooxml_xl", "ooxml_word", "ooxml_ppt", "zipsfx" -> format.equals("zip") || format.equals("ooxml");
            case "msole2" -> format.equals("ole2") || format.equals("ole");
            case "mscab" -> format.equals("cab");
            case "7z", "7zsfx" -> format.equals("7z");
            case "gz" -> format.equals("gzip");
            case "bz" -> format.equals("bzip2");
            case "posix_tar", "old_tar" -> format.equals("tar");
            case "iso9660" -> format.equals("iso");
            case "msszdd" -> format.equals("szdd");
            case "mschm" -> format.equals("chm");
            default -> type.equals(format);
        };
    }
}
