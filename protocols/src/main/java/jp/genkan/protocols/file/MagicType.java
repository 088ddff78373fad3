package jp.genkan.protocols.file;

/**
 * What a file is by its first octets: its media type, and the words by which libmagic's descriptions of it begin, which rules look for.
 *
 * <p>Thread rule: immutable.
 */
public enum MagicType {
    EMPTY("application/x-empty", "empty"),
    UNKNOWN("application/octet-stream", "data"),
    TEXT("text/plain", "text"),
    HTML("text/html", "HTML document"),
    XML("text/xml", "XML document"),
    SVG("image/svg+xml", "SVG image"),
    SCRIPT("text/x-script", "script text executable"),
    RTF("text/rtf", "Rich Text Format data"),
    PE("application/vnd.microsoft.portable-executable", "PE32 executable for MS Windows"),
    DOS_EXECUTABLE("application/x-dosexec", "MS-DOS executable"),
    ELF("application/x-executable", "ELF executable"),
    MACH_O("application/x-mach-binary", "Mach-O executable"),
    JAVA_CLASS("application/java-vm", "compiled Java class data"),
    DEX("application/x-dex", "Dalvik dex file"),
    WASM("application/wasm", "WebAssembly binary module"),
    PDF("application/pdf", "PDF document"),
    POSTSCRIPT("application/postscript", "PostScript document text"),
    ZIP("application/zip", "Zip archive data"),
    OOXML("application/vnd.openxmlformats-officedocument", "Microsoft OOXML"),
    DOCX("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "Microsoft Word 2007+"),
    XLSX("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "Microsoft Excel 2007+"),
    PPTX("application/vnd.openxmlformats-officedocument.presentationml.presentation", "Microsoft PowerPoint 2007+"),
    OPEN_DOCUMENT("application/vnd.oasis.opendocument", "OpenDocument"),
    EPUB("application/epub+zip", "EPUB document"),
    JAR("application/java-archive", "Java archive data (JAR)"),
    APK("application/vnd.android.package-archive", "Android package (APK)"),
    OLE2("application/x-ole-storage", "Composite Document File V2 Document"),
    MSI("application/x-msi", "Composite Document File V2 Document, MSI Installer"),
    ONENOTE("application/onenote", "Microsoft OneNote"),
    TNEF("application/vnd.ms-tnef", "Transport Neutral Encapsulation Format"),
    CHM("application/vnd.ms-htmlhelp", "MS Windows HtmlHelp Data"),
    LNK("application/x-ms-shortcut", "MS Windows shortcut"),
    GZIP("application/gzip", "gzip compressed data"),
    BZIP2("application/x-bzip2", "bzip2 compressed data"),
    XZ("application/x-xz", "XZ compressed data"),
    ZSTD("application/zstd", "Zstandard compressed data"),
    LZ4("application/x-lz4", "LZ4 compressed data"),
    COMPRESS("application/x-compress", "compress'd data"),
    SEVEN_ZIP("application/x-7z-compressed", "7-zip archive data"),
    RAR("application/vnd.rar", "RAR archive data"),
    LZH("application/x-lzh-compressed", "LHa archive data"),
    CAB("application/vnd.ms-cab-compressed", "Microsoft Cabinet archive data"),
    ARJ("application/x-arj", "ARJ archive data"),
    ACE("application/x-ace-compressed", "ACE archive data"),
    TAR("application/x-tar", "POSIX tar archive"),
    CPIO("application/x-cpio", "cpio archive"),
    AR("application/x-archive", "current ar archive"),
    RPM("application/x-rpm", "RPM"),
    ISO("application/x-iso9660-image", "ISO 9660 CD-ROM filesystem data"),
    GIF("image/gif", "GIF image data"),
    JPEG("image/jpeg", "JPEG image data"),
    PNG("image/png", "PNG image data"),
    WEBP("image/webp", "RIFF (little-endian) data, Web/P image"),
    BMP("image/bmp", "PC bitmap"),
    ICO("image/vnd.microsoft.icon", "MS Windows icon resource"),
    TIFF("image/tiff", "TIFF image data"),
    MP3("audio/mpeg", "Audio file"),
    WAV("audio/x-wav", "RIFF (little-endian) data, WAVE audio"),
    OGG("application/ogg", "Ogg data"),
    FLAC("audio/flac", "FLAC audio bitstream data"),
    MIDI("audio/midi", "Standard MIDI data"),
    MP4("video/mp4", "ISO Media"),
    MKV("video/x-matroska", "Matroska data"),
    AVI("video/x-msvideo", "RIFF (little-endian) data, AVI"),
    MPEG("video/mpeg", "MPEG sequence"),
    ASF("video/x-ms-asf", "Microsoft ASF"),
    FLV("video/x-flv", "Macromedia Flash Video"),
    SWF("application/vnd.adobe.flash.movie", "Macromedia Flash data"),
    WOFF("font/woff", "Web Open Font Format"),
    SQLITE("application/vnd.sqlite3", "SQLite 3.x database"),
    PCAP("application/vnd.tcpdump.pcap", "pcap capture file");

    /** Most octets of a file's beginning that are looked at: with these a zip archive's first names and a tar archive's mark (at 257) are seen. */
    public static final int HEAD_MAX = 4096;

    private final String mediaType;
    private final String words;

    MagicType(String mediaType, String words) {
        this.mediaType = mediaType;
        this.words = words;
    }

    /** As registered with IANA where it is. */
    public String mediaType() {
        return mediaType;
    }

    /** How libmagic's description begins. */
    public String words() {
        return words;
    }

    /** The type of a file that begins with these octets. */
    public static MagicType of(byte[] octets, int from, int to) {
        return from >= to ? EMPTY : MagicTable.find(octets, from, Math.min(to, from + HEAD_MAX));
    }
}
