package jp.genkan.av.yara.module.elf;

import jp.genkan.av.content.Content;
import jp.genkan.av.scan.FileFacts;
import jp.genkan.av.yara.module.StructType;
import jp.genkan.av.yara.module.YaraModule;
import org.jspecify.annotations.Nullable;

/**
 * The module {@code elf}.
 *
 * <p>Thread rule: immutable, any thread.
 */
public final class ElfModule implements YaraModule<ElfView> {
    private static final StructType<ElfView> TYPE = ElfConstants.add(StructType.of("elf", ElfView.class))
            .integer("type", ElfView::type)
            .integer("machine", ElfView::machine)
            .integer("entry_point", ElfView::entryPoint)
            .integer("number_of_sections", ElfView::sectionCount)
            .integer("sh_offset", ElfView::sectionHeadersAt)
            .integer("sh_entry_size", ElfView::sectionHeaderSize)
            .integer("number_of_segments", ElfView::segmentCount)
            .integer("ph_offset", ElfView::segmentHeadersAt)
            .integer("ph_entry_size", ElfView::segmentHeaderSize)
            .structs("sections", section(), ElfView::sections)
            .structs("segments", segment(), ElfView::segments)
            .integer("dynamic_section_entries", elf -> ElfView.count(elf.dynamic()))
            .structs("dynamic", dynamic(), ElfView::dynamic)
            .integer("symtab_entries", elf -> ElfView.count(elf.symbols()))
            .structs("symtab", symbol("symtab"), ElfView::symbols)
            .integer("dynsym_entries", elf -> ElfView.count(elf.dynamicSymbols()))
            .structs("dynsym", symbol("dynsym"), ElfView::dynamicSymbols)
            .build();

    @Override
    public StructType<ElfView> type() {
        return TYPE;
    }

    @Override
    public @Nullable ElfView load(Content content, FileFacts facts) {
        return ElfView.of(content);
    }

    private static StructType<ElfView.Section> section() {
        return StructType.of("sections", ElfView.Section.class)
                .text("name", ElfView.Section::name)
                .integer("type", ElfView.Section::type)
                .integer("flags", ElfView.Section::flags)
                .integer("address", ElfView.Section::address)
                .integer("size", ElfView.Section::size)
                .integer("offset", ElfView.Section::offset)
                .build();
    }

    private static StructType<ElfView.Segment> segment() {
        return StructType.of("segments", ElfView.Segment.class)
                .integer("type", ElfView.Segment::type)
                .integer("flags", ElfView.Segment::flags)
                .integer("offset", ElfView.Segment::offset)
                .integer("virtual_address", ElfView.Segment::virtualAddress)
                .integer("physical_address", ElfView.Segment::physicalAddress)
                .integer("file_size", ElfView.Segment::fileSize)
                .integer("memory_size", ElfView.Segment::memorySize)
                .integer("alignment", ElfView.Segment::alignment)
                .build();
    }

    private static StructType<ElfView.Dynamic> dynamic() {
        return StructType.of("dynamic", ElfView.Dynamic.class)
                .integer("type", ElfView.Dynamic::type)
                .integer("val", ElfView.Dynamic::value)
                .build();
    }

    private static StructType<ElfView.Symbol> symbol(String name) {
        return StructType.of(name, ElfView.Symbol.class)
                .text("name", ElfView.Symbol::name)
                .integer("value", ElfView.Symbol::value)
                .integer("size", ElfView.Symbol::size)
                .integer("type", ElfView.Symbol::type)
                .integer("bind", ElfView.Symbol::bind)
                .integer("shndx", ElfView.Symbol::section)
                .build();
    }
}
