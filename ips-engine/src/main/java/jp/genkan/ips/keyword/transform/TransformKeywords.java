package jp.genkan.ips.keyword.transform;

import jp.genkan.ips.match.Transform;
import jp.genkan.ips.rule.RuleCode;
import jp.genkan.ips.rule.RuleException;
import jp.genkan.ips.rule.RuleOption;
import jp.genkan.ips.signature.BufferTable;
import jp.genkan.ips.signature.Family;
import jp.genkan.ips.signature.KeywordTable;
import jp.genkan.ips.signature.SignatureBuilder;

/** All transforms, and {@code entropy}. */
public final class TransformKeywords implements Family {
    /** Reads the options of a transform. */
    @FunctionalInterface
    private interface Parser {
        Transform parse(RuleOption option) throws RuleException;
    }

    @Override
    public void register(KeywordTable keywords, BufferTable buffers) {
        plain(keywords, "to_lowercase", TextChanges::lower);
        plain(keywords, "to_uppercase", TextChanges::upper);
        plain(keywords, "strip_whitespace", TextChanges::stripSpace);
        plain(keywords, "compress_whitespace", TextChanges::compressSpace);
        plain(keywords, "dotprefix", TextChanges::dotPrefix);
        plain(keywords, "header_lowercase", TextChanges::lowerHeaderNames);
        plain(keywords, "strip_pseudo_headers", TextChanges::stripPseudoHeaders);
        plain(keywords, "url_decode", TextChanges::urlDecode);
        plain(keywords, "to_md5", TextChanges.digest("MD5"));
        plain(keywords, "to_sha1", TextChanges.digest("SHA-1"));
        plain(keywords, "to_sha256", TextChanges.digest("SHA-256"));
        parsed(keywords, "xor", XorTransform::parse);
        parsed(keywords, "from_base64", Base64Transform::parse);
        parsed(keywords, "pcrexform", PcreTransform::parse);
        parsed(keywords, "subslice", SliceTransform::parse);
        parsed(keywords, "gunzip", option -> InflateTransform.parse(option, true));
        parsed(keywords, "zlib_deflate", option -> InflateTransform.parse(option, false));
        keywords.add((option, rule) -> rule.transform(DomainTransform.parse(option, rule, false), option), "domain");
        keywords.add((option, rule) -> rule.transform(DomainTransform.parse(option, rule, true), option), "tld");
        keywords.add(TransformKeywords::refuse, "luaxform");
        keywords.add(Entropy::compile, "entropy");
    }

    private static void plain(KeywordTable keywords, String name, NamedTransform.Change change) {
        NamedTransform transform = new NamedTransform(name, change);
        keywords.add(
                (option, rule) -> {
                    option.refuseValue();
                    rule.transform(transform, option);
                },
                name);
    }

    private static void parsed(KeywordTable keywords, String name, Parser parser) {
        keywords.add((option, rule) -> rule.transform(parser.parse(option), option), name);
    }

    private static void refuse(RuleOption option, SignatureBuilder rule) throws RuleException {
        throw new RuleException(
                RuleCode.NOT_SUPPORTED, option.column(), option.name() + ": Lua is left out on purpose");
    }
}
