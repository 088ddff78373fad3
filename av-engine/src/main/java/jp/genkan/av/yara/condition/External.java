package jp.genkan.av.yara.condition;

/** Variables that rule sets expect their scanner to set; all are texts, empty when they are not known. */
public enum External {
    /** The file's own name. */
    FILENAME,
    /** Its name behind those of what contains it. */
    FILEPATH,
    /** The ending of its name, with the dot. */
    EXTENSION,
    /** A word for what its octets are: {@code EXE}, {@code ZIP}. */
    FILETYPE,
    /** Whose it is: nobody's here. */
    OWNER
}
