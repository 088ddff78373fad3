package jp.genkan.av.yara.syntax;

import java.util.Set;

/** Names that have a meaning of their own. */
final class Keywords {
    private static final Set<String> ALL = Set.of(
            "all",
            "and",
            "any",
            "ascii",
            "at",
            "base64",
            "base64wide",
            "condition",
            "contains",
            "defined",
            "endswith",
            "entrypoint",
            "false",
            "filesize",
            "for",
            "fullword",
            "global",
            "icontains",
            "iendswith",
            "iequals",
            "import",
            "in",
            "include",
            "int16",
            "int16be",
            "int32",
            "int32be",
            "int8",
            "int8be",
            "istartswith",
            "matches",
            "meta",
            "nocase",
            "none",
            "not",
            "of",
            "or",
            "private",
            "rule",
            "startswith",
            "strings",
            "them",
            "true",
            "uint16",
            "uint16be",
            "uint32",
            "uint32be",
            "uint8",
            "uint8be",
            "wide",
            "xor");

    private Keywords() {}

    static boolean is(String name) {
        return ALL.contains(name);
    }
}
