package jp.genkan.av.heuristic;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Documents that load their template or an object from elsewhere. */
final class TemplateLook {
    /** Relationships of a document that are looked at: a long one has a thousand pictures. */
    private static final int RELATIONSHIPS_MAX = 20_000;

    private static final Pattern RELATIONSHIP = Pattern.compile("<(?:\\w{1,16}:)?relationship\\s([^<>]{1,4096})>");
    private static final Pattern TARGET = Pattern.compile("\\btarget\\s*=\\s*[\"']([^\"']*)[\"']");
    private static final Pattern TYPE = Pattern.compile("\\btype\\s*=\\s*[\"']([^\"']*)[\"']");

    private TemplateLook() {}

    /** A relationship part of an Office document, in lower case. */
    static void relationships(String text, Set<Heuristic> found) {
        Matcher each = RELATIONSHIP.matcher(text);
        for (int i = 0; i < RELATIONSHIPS_MAX && each.find(); i++) {
            String fields = each.group(1);
            if (!fields.contains("external")) {
                continue;
            }
            Matcher type = TYPE.matcher(fields);
            Matcher target = TARGET.matcher(fields);
            if (type.find() && target.find()) {
                relationship(type.group(1), target.group(1).strip(), found);
            }
        }
    }

    private static void relationship(String type, String target, Set<Heuristic> found) {
        if (type.endsWith("/attachedtemplate")) {
            address(target, found);
        } else if (type.endsWith("/oleobject") && (isWeb(target) || target.startsWith("mhtml:"))) {
            found.add(Heuristic.REMOTE_TEMPLATE);
        }
    }

    /** An address from which a template is loaded. */
    static void address(String target, Set<Heuristic> found) {
        if (isWeb(target)) {
            found.add(Heuristic.REMOTE_TEMPLATE);
        } else if (target.startsWith("\\\\") || target.startsWith("file:")) {
            found.add(Heuristic.FILE_SERVER_TEMPLATE);
        }
    }

    private static boolean isWeb(String target) {
        return target.startsWith("http:") || target.startsWith("https:") || target.startsWith("ftp:");
    }
}
