package jp.genkan.av.clamav;

/** Kinds of files that signatures are for (docs.clamav.net, "Target Types"); their order is their number. */
enum Target {
    ANY,
    PE,
    OLE2,
    HTML,
    MAIL,
    GRAPHICS,
    ELF,
    TEXT,
    UNUSED,
    MACHO,
    PDF,
    FLASH,
    JAVA;

    private static final Target[] ALL = values();

    static Target of(String number) throws SignatureException {
        for (Target target : ALL) {
            if (target != UNUSED && number.equals(Integer.toString(target.ordinal()))) {
                return target;
            }
        }
        throw new SignatureException("target '" + number + "' is not known");
    }

    /** True when a file of that kind is looked at for this target. HTML and mail are texts here. */
    boolean takes(Target found) {
        return switch (this) {
            case ANY -> true;
            case HTML, MAIL, TEXT -> found == TEXT || found == ANY;
            case PE, OLE2, GRAPHICS, ELF, UNUSED, MACHO, PDF, FLASH, JAVA -> this == found;
        };
    }
}
