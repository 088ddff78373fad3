package jp.genkan.ips.keyword.dataset;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import jp.genkan.core.observation.Progress;
import jp.genkan.core.observation.TransferredFile;
import jp.genkan.ips.dataset.DatasetException;
import jp.genkan.ips.dataset.HashList;
import jp.genkan.ips.match.Buffer;
import jp.genkan.ips.rule.RuleCode;
import jp.genkan.ips.rule.RuleException;
import jp.genkan.ips.rule.RuleOption;
import jp.genkan.ips.signature.Check;
import jp.genkan.ips.signature.Signature;
import jp.genkan.ips.signature.SignatureBuilder;
import org.jspecify.annotations.Nullable;

/** {@code filemd5}, {@code filesha1}, {@code filesha256}: the hash of a file is, or with {@code !} is not, in a list. A file without a hash passes neither. */
final class FileHashes {
    static final int MD5_OCTETS = 16;
    static final int SHA1_OCTETS = 20;
    static final int SHA256_OCTETS = 32;

    /** Lists that were read, so that rules that name the same file share it. */
    private static final class Lists {
        private final Map<Key, HashList> lists = new HashMap<>();

        private record Key(Path path, int octets) {}

        HashList get(Path path, int octets) throws DatasetException {
            Key key = new Key(path, octets);
            HashList there = lists.get(key);
            if (there == null) {
                there = HashList.read(path, octets);
                lists.put(key, there);
            }
            return there;
        }
    }

    private FileHashes() {}

    static void compile(
            RuleOption option, SignatureBuilder rule, int octets, Function<TransferredFile, @Nullable String> hash)
            throws RuleException {
        String name = option.unquoted().strip();
        boolean negated = name.startsWith("!");
        if (negated) {
            name = name.substring(1).strip();
        }
        HashList list = list(name, octets, rule, option);
        if (octets == SHA1_OCTETS) {
            rule.trait(Signature.Trait.NEEDS_SHA1);
        }
        rule.check(
                new Check.OfValue(option.name(), Set.of(), Buffer.Ways.BOTH, Progress.COMPLETE, true, moment -> {
                    TransferredFile file = moment.file();
                    String found = file == null ? null : hash.apply(file);
                    return found != null && list.contains(found) != negated;
                }),
                option);
    }

    private static HashList list(String name, int octets, SignatureBuilder rule, RuleOption option)
            throws RuleException {
        Path file = rule.find(name);
        if (file != null) {
            try {
                return rule.environment().shared(Lists.class, Lists::new).get(file, octets);
            } catch (DatasetException refused) {
                throw new RuleException(
                        RuleCode.BAD_FILE, option.valueColumn(), option.name() + ": " + refused.reason());
            }
        }
        throw new RuleException(RuleCode.BAD_FILE, option.valueColumn(), option.name() + ": " + name + " is not there");
    }
}
