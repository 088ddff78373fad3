package jp.genkan.av.heuristic;

import java.util.Locale;
import java.util.Set;
import jp.genkan.av.content.Content;
import jp.genkan.av.scan.FileFacts;
import jp.genkan.av.unpack.pdf.PdfUnpacker;
import jp.genkan.av.unpack.rtf.RtfUnpacker;
import jp.genkan.av.unpack.shortcut.ShortcutUnpacker;
import jp.genkan.protocols.file.MagicType;

/** What a file's octets tell, once it is known what kind of file it is. */
final class ContentLook {
    /** Octets of a text that are looked at: macros and pages that are longer have begun before. */
    static final int TEXT_MAX = 4 << 20;

    private static final Set<String> DISCS = Set.of("iso", "udf", "vhd", "vhdx", "img", "fat");

    private ContentLook() {}

    static void look(Content content, FileFacts facts, Set<Heuristic> found) {
        String format = facts.formats().isEmpty() ? "" : facts.formats().getLast();
        String name = facts.name() == null ? "" : facts.name().toLowerCase(Locale.ROOT);
        switch (format) {
            case "ole2", "msg" -> inCompound(content, name, found);
            case "zip" -> {
                if (name.endsWith(".rels")) {
                    TemplateLook.relationships(text(content), found);
                }
            }
            case "rtf" -> {
                if (name.equals(RtfUnpacker.TEMPLATE)) {
                    TemplateLook.address(text(content).strip(), found);
                } else if (name.contains(".equation.")) {
                    found.add(Heuristic.EQUATION_OBJECT);
                }
            }
            case "lnk" -> {
                if (name.equals(ShortcutUnpacker.COMMAND)) {
                    ShortcutLook.look(text(content), found);
                }
            }
            case "pdf" -> {
                if (name.equals(PdfUnpacker.ACTIONS)) {
                    PdfLook.look(text(content), found);
                }
            }
            case "onenote" -> {
                if (ProgramLook.isProgram(content, facts.type())) {
                    found.add(Heuristic.ONENOTE_PROGRAM);
                }
            }
            default -> {}
        }
        if (MagicType.LNK.mediaType().equals(facts.type()) && NameLook.isMailed(facts) && isPacked(facts)) {
            found.add(Heuristic.MAILED_SHORTCUT);
        }
        boolean browsed = facts.formats().stream().anyMatch(one -> one.startsWith("http"));
        if (!browsed && HtmlLook.isPage(content, facts)) { // web applications make files all day
            HtmlLook.look(text(content), NameLook.isMailed(facts), found);
        }
    }

    private static boolean isPacked(FileFacts facts) {
        return NameLook.isArchived(facts) || facts.formats().stream().anyMatch(DISCS::contains);
    }

    private static void inCompound(Content content, String name, Set<Heuristic> found) {
        if (name.endsWith(".bas") || name.endsWith(".cls") || name.endsWith(".vba")) {
            MacroLook.look(text(content), found);
        } else if (name.equals("equation native") || name.endsWith("/equation native")) {
            found.add(Heuristic.EQUATION_OBJECT);
            if (EquationLook.overflows(content)) {
                found.add(Heuristic.EQUATION_OVERFLOW);
            }
        }
    }

    /** The text in lower case, a character an octet. */
    private static String text(Content content) {
        return content.latin(0, (int) Math.min(TEXT_MAX, content.size())).toLowerCase(Locale.ROOT);
    }
}
