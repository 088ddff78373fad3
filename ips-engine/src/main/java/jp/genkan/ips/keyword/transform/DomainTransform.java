package jp.genkan.ips.keyword.transform;

import java.io.IOException;
import java.util.Arrays;
import jp.genkan.ips.match.Transform;
import jp.genkan.ips.rule.RuleCode;
import jp.genkan.ips.rule.RuleException;
import jp.genkan.ips.rule.RuleOption;
import jp.genkan.ips.signature.SignatureBuilder;
import org.jspecify.annotations.Nullable;

/** {@code domain} and {@code tld}: the registered part of a name, or what it is registered under. The list of suffixes is read when the first rule needs it. */
final class DomainTransform {
    /** The list of a rule set, or why there is none. */
    private record Source(@Nullable PublicSuffixList list, String problem) {
        static Source read() {
            try {
                return new Source(PublicSuffixList.read(PublicSuffixList.PACKAGED), "");
            } catch (IOException e) {
                return new Source(null, String.valueOf(e.getMessage()));
            }
        }
    }

    private DomainTransform() {}

    static Transform parse(RuleOption option, SignatureBuilder rule, boolean suffixOnly) throws RuleException {
        option.refuseValue();
        Source source = rule.environment().shared(Source.class, Source::read);
        PublicSuffixList list = source.list();
        if (list == null) {
            throw new RuleException(
                    RuleCode.BAD_FILE,
                    option.column(),
                    option.name() + " needs the public suffix list " + PublicSuffixList.PACKAGED + ": "
                            + source.problem(),
                    "install the package publicsuffix");
        }
        return new NamedTransform(option.name(), (octets, from, to) -> {
            int begin = suffixOnly ? list.suffix(octets, from, to) : list.registered(octets, from, to);
            return begin < 0 ? null : Arrays.copyOfRange(octets, begin, to);
        });
    }
}
