package jp.genkan.av.yara.module.hash;

import static jp.genkan.av.yara.module.ValueType.INTEGER;
import static jp.genkan.av.yara.module.ValueType.TEXT;

import jp.genkan.av.content.Content;
import jp.genkan.av.scan.FileFacts;
import jp.genkan.av.yara.module.Member;
import jp.genkan.av.yara.module.StructType;
import jp.genkan.av.yara.module.YaraModule;

/**
 * The module {@code hash}.
 *
 * <p>Thread rule: immutable, any thread.
 */
public final class HashModule implements YaraModule<PartDigests> {
    private static final StructType<PartDigests> TYPE = fields();

    private static StructType<PartDigests> fields() {
        StructType.Builder<PartDigests> type = StructType.of("hash", PartDigests.class);
        digest(type, "md5", "MD5");
        digest(type, "sha1", "SHA-1");
        digest(type, "sha256", "SHA-256");
        return type.function("checksum32", (parts, given) -> PartDigests.sum(given.text(0)), TEXT)
                .function(
                        "checksum32", (parts, given) -> parts.sum(given.integer(0), given.integer(1)), INTEGER, INTEGER)
                .function("crc32", (parts, given) -> PartDigests.crc(given.text(0)), TEXT)
                .function("crc32", (parts, given) -> parts.crc(given.integer(0), given.integer(1)), INTEGER, INTEGER)
                .build();
    }

    private static void digest(StructType.Builder<PartDigests> type, String name, String algorithm) {
        Member.TextBody<PartDigests> ofText = (parts, given) -> PartDigests.digest(algorithm, given.text(0));
        Member.TextBody<PartDigests> ofPart =
                (parts, given) -> parts.digest(algorithm, given.integer(0), given.integer(1));
        type.textFunction(name, ofText, TEXT).textFunction(name, ofPart, INTEGER, INTEGER);
    }

    @Override
    public StructType<PartDigests> type() {
        return TYPE;
    }

    @Override
    public PartDigests load(Content content, FileFacts facts) {
        return new PartDigests(content, facts);
    }
}
