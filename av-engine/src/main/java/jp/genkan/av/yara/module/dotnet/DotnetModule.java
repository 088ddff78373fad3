package jp.genkan.av.yara.module.dotnet;

import jp.genkan.av.content.Content;
import jp.genkan.av.scan.FileFacts;
import jp.genkan.av.yara.module.GuardedType;
import jp.genkan.av.yara.module.StructType;
import jp.genkan.av.yara.module.YaraModule;
import org.jspecify.annotations.Nullable;

/**
 * The module {@code dotnet}.
 *
 * <p>Thread rule: immutable, any thread.
 */
public final class DotnetModule implements YaraModule<DotnetView> {
    private static final StructType<DotnetView> TYPE =
            GuardedType.of(fields(), DotnetView.class, "is_dotnet", DotnetView::hasMetadata);

    private static StructType<DotnetView> fields() {
        return StructType.of("dotnet", DotnetView.class)
                .text("version", DotnetView::version)
                .text("module_name", DotnetView::moduleName)
                .structs("streams", stream(), DotnetView::streams)
                .integer("number_of_streams", net -> net.streams().size())
                .texts("guids", DotnetView::guids)
                .integer("number_of_guids", net -> DotnetView.count(net.guids()))
                .structs("resources", resource(), DotnetView::resources)
                .integer("number_of_resources", net -> DotnetView.count(net.resources()))
                .structs("assembly_refs", reference(), DotnetView::references)
                .integer("number_of_assembly_refs", net -> DotnetView.count(net.references()))
                .struct("assembly", assembly(), net -> net)
                .texts("modulerefs", DotnetView::moduleReferences)
                .integer("number_of_modulerefs", net -> DotnetView.count(net.moduleReferences()))
                .texts("user_strings", DotnetView::userStrings)
                .integer("number_of_user_strings", net -> DotnetView.count(net.userStrings()))
                .text("typelib", DotnetView::typeLibrary)
                .texts("constants", DotnetView::constants)
                .integer("number_of_constants", net -> DotnetView.count(net.constants()))
                .integers("field_offsets", DotnetView::fieldOffsets)
                .integer("number_of_field_offsets", net -> DotnetView.count(net.fieldOffsets()))
                .build();
    }

    @Override
    public StructType<DotnetView> type() {
        return TYPE;
    }

    @Override
    public @Nullable DotnetView load(Content content, FileFacts facts) {
        return DotnetView.of(content);
    }

    private static StructType<DotnetView.Stream> stream() {
        return StructType.of("streams", DotnetView.Stream.class)
                .text("name", DotnetView.Stream::name)
                .integer("offset", DotnetView.Stream::offset)
                .integer("size", DotnetView.Stream::size)
                .build();
    }

    private static StructType<DotnetView.Resource> resource() {
        return StructType.of("resources", DotnetView.Resource.class)
                .integer("offset", DotnetView.Resource::offset)
                .integer("length", DotnetView.Resource::length)
                .text("name", DotnetView.Resource::name)
                .build();
    }

    private static StructType<DotnetView.Reference> reference() {
        StructType<DotnetView.Reference> version = StructType.of("version", DotnetView.Reference.class)
                .integer("major", DotnetView.Reference::major)
                .integer("minor", DotnetView.Reference::minor)
                .integer("build_number", DotnetView.Reference::build)
                .integer("revision_number", DotnetView.Reference::revision)
                .build();
        return StructType.of("assembly_refs", DotnetView.Reference.class)
                .struct("version", version, reference -> reference)
                .text("public_key_or_token", DotnetView.Reference::publicKeyOrToken)
                .text("name", DotnetView.Reference::name)
                .build();
    }

    private static StructType<DotnetView> assembly() {
        StructType<DotnetView> version = StructType.of("version", DotnetView.class)
                .integer("major", net -> net.assembly(1))
                .integer("minor", net -> net.assembly(2))
                .integer("build_number", net -> net.assembly(3))
                .integer("revision_number", net -> net.assembly(4))
                .build();
        return StructType.of("assembly", DotnetView.class)
                .struct("version", version, net -> net)
                .text("name", net -> net.assemblyText(7))
                .text("culture", net -> net.assemblyText(8))
                .build();
    }
}
