package jp.genkan.av.yara.module.pe;

import static jp.genkan.av.yara.module.ValueType.INTEGER;

import java.util.function.Function;
import java.util.function.ToLongFunction;
import jp.genkan.av.content.Content;
import jp.genkan.av.executable.PeFile;
import jp.genkan.av.scan.FileFacts;
import jp.genkan.av.yara.module.GuardedType;
import jp.genkan.av.yara.module.StructType;
import jp.genkan.av.yara.module.Undefined;
import jp.genkan.av.yara.module.YaraModule;
import org.jspecify.annotations.Nullable;

/**
 * The module {@code pe}.
 *
 * <p>Thread rule: immutable, any thread.
 */
public final class PeModule implements YaraModule<PeView> {
    private static final StructType<PeView> TYPE = fields();

    @Override
    public StructType<PeView> type() {
        return TYPE;
    }

    @Override
    public PeView load(Content content, FileFacts facts) {
        PeFile file = PeFile.of(content);
        return new PeView(file);
    }

    private static StructType<PeView> fields() {
        StructType.Builder<PeView> type = StructType.of("pe", PeView.class);
        PeConstants.add(type);
        headers(type);
        optionalHeader(type);
        parts(type);
        PeFunctions.add(type);
        return GuardedType.of(type.build(), PeView.class, "is_pe", PeView::isProgram);
    }

    private static void headers(StructType.Builder<PeView> type) {
        type.integer("machine", pe -> pe.file().coff16(4))
                .integer("number_of_sections", pe -> pe.file().sectionCount())
                .integer("timestamp", pe -> pe.file().coff32(8))
                .integer("pointer_to_symbol_table", pe -> pe.file().coff32(12))
                .integer("number_of_symbols", pe -> pe.file().coff32(16))
                .integer("size_of_optional_header", pe -> pe.file().optionalSize())
                .integer("characteristics", pe -> pe.file().coff16(22))
                .integer("entry_point", pe -> pe.offset(pe.file().entryPoint()))
                .integer("entry_point_raw", pe -> pe.optional32(16));
    }

    private static void optionalHeader(StructType.Builder<PeView> type) {
        type.integer("opthdr_magic", pe -> pe.optional16(0))
                .struct("linker_version", version("linker_version", 2, 3, 1), pe -> pe)
                .integer("size_of_code", pe -> pe.optional32(4))
                .integer("size_of_initialized_data", pe -> pe.optional32(8))
                .integer("size_of_uninitialized_data", pe -> pe.optional32(12))
                .integer("base_of_code", pe -> pe.optional32(20))
                .integer("base_of_data", pe -> pe.file().is64() ? Undefined.INTEGER : pe.optional32(24))
                .integer("image_base", pe -> pe.optionalWord(24, 28))
                .integer("section_alignment", pe -> pe.optional32(32))
                .integer("file_alignment", pe -> pe.optional32(36))
                .struct("os_version", version("os_version", 40, 42, 2), pe -> pe)
                .struct("image_version", version("image_version", 44, 46, 2), pe -> pe)
                .struct("subsystem_version", version("subsystem_version", 48, 50, 2), pe -> pe)
                .integer("win32_version_value", pe -> pe.optional32(52))
                .integer("size_of_image", pe -> pe.optional32(56))
                .integer("size_of_headers", pe -> pe.optional32(60))
                .integer("checksum", pe -> pe.optional32(64))
                .integer("subsystem", pe -> pe.optional16(68))
                .integer("dll_characteristics", pe -> pe.optional16(70))
                .integer("size_of_stack_reserve", pe -> pe.optionalWord(72, 72))
                .integer("size_of_stack_commit", pe -> pe.optionalWord(80, 76))
                .integer("size_of_heap_reserve", pe -> pe.optionalWord(88, 80))
                .integer("size_of_heap_commit", pe -> pe.optionalWord(96, 84))
                .integer("loader_flags", pe -> pe.optional32(104, 88))
                .integer("number_of_rva_and_sizes", pe -> pe.optional32(108, 92));
    }

    private static StructType<PeView> version(String name, int majorAt, int minorAt, int length) {
        return StructType.of(name, PeView.class)
                .integer("major", pe -> number(pe, majorAt, length))
                .integer("minor", pe -> number(pe, minorAt, length))
                .build();
    }

    private static long number(PeView pe, int at, int length) {
        return length == 2
                ? pe.optional16(at)
                : Undefined.ifNegative(pe.file().content().u8(pe.file().optionalAt() + at));
    }

    private static void parts(StructType.Builder<PeView> type) {
        type.structs("data_directories", directory(), PeView::directories)
                .structs("sections", section(), PeView::sections)
                .struct("overlay", overlay(), pe -> pe)
                .struct("rich_signature", rich(), pe -> pe)
                .text("pdb_path", PeView::pdbPath)
                .integer("number_of_imports", pe -> pe.imports().libraries().size())
                .integer("number_of_imported_functions", pe -> pe.imports().functionCount())
                .integer(
                        "number_of_delayed_imports",
                        pe -> pe.delayed().libraries().size())
                .integer(
                        "number_of_delayed_imported_functions",
                        pe -> pe.delayed().functionCount())
                .structs("import_details", library(), pe -> pe.imports().libraries())
                .structs("delay_import_details", library(), pe -> pe.delayed().libraries())
                .integer("number_of_exports", pe -> pe.exports().functions().size())
                .integer("export_timestamp", pe -> pe.exports().timestamp())
                .text("dll_name", pe -> pe.exports().name())
                .structs("export_details", export(), pe -> pe.exports().functions())
                .integer("number_of_resources", pe -> pe.resources().size())
                .integer("resource_timestamp", pe -> pe.resourceRoot(4, 4))
                .struct("resource_version", resourceVersion(), pe -> pe)
                .structs("resources", resource(), PeView::resources)
                .integer("number_of_version_infos", pe -> pe.versions().size())
                .dictionary("version_info", pe -> PeVersion.byKey(pe.versions()))
                .structs("version_info_list", versionInfo(), PeView::versions)
                .integer("number_of_signatures", pe -> pe.signatures().size())
                .structs("signatures", signature(), PeView::signatures);
    }

    private static StructType<PeView.Directory> directory() {
        return StructType.of("data_directories", PeView.Directory.class)
                .integer("virtual_address", PeView.Directory::rva)
                .integer("size", PeView.Directory::size)
                .build();
    }

    private static StructType<PeView.NamedSection> section() {
        return StructType.of("sections", PeView.NamedSection.class)
                .text("name", PeView.NamedSection::name)
                .text("full_name", of -> of.pe().fullName(of.section()))
                .integer("characteristics", of -> of.section().characteristics())
                .integer("virtual_address", of -> of.section().virtualAddress())
                .integer("virtual_size", of -> of.section().virtualSize())
                .integer("raw_data_offset", of -> of.section().rawAt())
                .integer("raw_data_size", of -> of.section().rawSize())
                .integer("pointer_to_relocations", of -> of.section().relocationsAt())
                .integer("pointer_to_line_numbers", of -> of.section().lineNumbersAt())
                .integer("number_of_relocations", of -> of.section().relocations())
                .integer("number_of_line_numbers", of -> of.section().lineNumbers())
                .build();
    }

    private static StructType<PeView> overlay() {
        return StructType.of("overlay", PeView.class)
                .integer("offset", PeView::overlayAt)
                .integer(
                        "size",
                        pe -> pe.overlayAt() == 0 ? 0 : pe.file().content().size() - pe.overlayAt())
                .build();
    }

    private static long ofRich(PeView pe, ToLongFunction<PeRich> read) {
        PeRich rich = pe.rich();
        return rich == null ? Undefined.INTEGER : read.applyAsLong(rich);
    }

    private static @Nullable String textOfRich(PeView pe, Function<PeRich, String> read) {
        PeRich rich = pe.rich();
        return rich == null ? null : read.apply(rich);
    }

    private static StructType<PeView> rich() {
        return StructType.of("rich_signature", PeView.class)
                .integer("offset", pe -> ofRich(pe, PeRich::at))
                .integer("length", pe -> ofRich(pe, rich -> rich.raw().length()))
                .integer("key", pe -> ofRich(pe, PeRich::key))
                .text("raw_data", pe -> textOfRich(pe, PeRich::raw))
                .text("clear_data", pe -> textOfRich(pe, PeRich::clear))
                .function("version", (pe, given) -> count(pe, given.integer(0), -1), INTEGER)
                .function("version", (pe, given) -> count(pe, given.integer(0), given.integer(1)), INTEGER, INTEGER)
                .function("toolid", (pe, given) -> count(pe, -1, given.integer(0)), INTEGER)
                .function("toolid", (pe, given) -> count(pe, given.integer(1), given.integer(0)), INTEGER, INTEGER)
                .build();
    }

    private static long count(PeView pe, long version, long tool) {
        return ofRich(pe, rich -> rich.count(version, tool));
    }

    private static StructType<PeImports.Library> library() {
        StructType<PeFunction> function = StructType.of("functions", PeFunction.class)
                .text("name", PeFunction::name)
                .integer("ordinal", PeFunction::ordinal)
                .build();
        return StructType.of("import_details", PeImports.Library.class)
                .text("library_name", PeImports.Library::name)
                .integer("number_of_functions", PeImports.Library::count)
                .structs("functions", function, PeImports.Library::byIndex)
                .build();
    }

    private static StructType<PeExports.Function> export() {
        return StructType.of("export_details", PeExports.Function.class)
                .integer("offset", PeExports.Function::offset)
                .text("name", PeExports.Function::name)
                .text("forward_name", PeExports.Function::forward)
                .integer("ordinal", PeExports.Function::ordinal)
                .build();
    }

    private static StructType<PeView> resourceVersion() {
        return StructType.of("resource_version", PeView.class)
                .integer("major", pe -> pe.resourceRoot(8, 2))
                .integer("minor", pe -> pe.resourceRoot(10, 2))
                .build();
    }

    private static StructType<PeResource> resource() {
        return StructType.of("resources", PeResource.class)
                .integer("rva", PeResource::rva)
                .integer("offset", PeResource::offset)
                .integer("length", PeResource::length)
                .integer("type", resource -> resource.labels().get(0).id())
                .integer("id", resource -> resource.labels().get(1).id())
                .integer("language", resource -> resource.labels().get(2).id())
                .text("type_string", resource -> resource.labels().get(0).text())
                .text("name_string", resource -> resource.labels().get(1).text())
                .text("language_string", resource -> resource.labels().get(2).text())
                .build();
    }

    private static StructType<PeVersion> versionInfo() {
        return StructType.of("version_info_list", PeVersion.class)
                .text("key", PeVersion::key)
                .text("value", PeVersion::value)
                .build();
    }

    private static StructType<PeSignature> signature() {
        return StructType.of("signatures", PeSignature.class)
                .text("thumbprint", PeSignature::thumbprint)
                .text("issuer", signature -> signature.certificate().issuer())
                .text("subject", signature -> signature.certificate().subject())
                .integer("version", signature -> signature.certificate().version())
                .text("algorithm", signature -> signature.certificate().algorithm())
                .text("algorithm_oid", signature -> signature.certificate().algorithmOid())
                .text("serial", signature -> signature.certificate().serial())
                .integer("not_before", signature -> signature.certificate().notBefore())
                .integer("not_after", signature -> signature.certificate().notAfter())
                .function(
                        "valid_on",
                        (signature, given) -> given.integer(0)
                                                >= signature.certificate().notBefore()
                                        && given.integer(0)
                                                <= signature.certificate().notAfter()
                                ? 1
                                : 0,
                        INTEGER)
                .build();
    }
}
