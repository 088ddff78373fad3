package jp.genkan.ips.keyword.dataset;

import java.util.Set;
import jp.genkan.core.frame.Address;
import jp.genkan.core.observation.Progress;
import jp.genkan.core.observation.TransferredFile;
import jp.genkan.ips.match.Buffer;
import jp.genkan.ips.match.BufferSink;
import jp.genkan.ips.match.Moment;
import jp.genkan.ips.signature.BufferTable;
import jp.genkan.ips.signature.Family;
import jp.genkan.ips.signature.KeywordTable;

/** {@code dataset}, {@code datarep}, {@code iprep}, {@code ip.src}, {@code ip.dst}, and lists of file hashes. */
public final class DatasetKeywords implements Family {
    @Override
    public void register(KeywordTable keywords, BufferTable buffers) {
        address(buffers, "ip.src", (moment, out) -> add(moment, moment.sourceHigh(), moment.sourceLow(), out));
        address(
                buffers,
                "ip.dst",
                (moment, out) -> add(moment, moment.destinationHigh(), moment.destinationLow(), out));
        keywords.addSticky(buffers, "ip.src");
        keywords.addSticky(buffers, "ip.dst");
        keywords.add(DatasetOptions::dataset, "dataset");
        keywords.add(DatasetOptions::datarep, "datarep");
        keywords.add(IpReputation::compile, "iprep");
        keywords.add(
                (option, rule) -> FileHashes.compile(option, rule, FileHashes.MD5_OCTETS, TransferredFile::md5),
                "filemd5");
        keywords.add(
                (option, rule) -> FileHashes.compile(option, rule, FileHashes.SHA1_OCTETS, TransferredFile::sha1),
                "filesha1");
        keywords.add(
                (option, rule) -> FileHashes.compile(option, rule, FileHashes.SHA256_OCTETS, TransferredFile::sha256),
                "filesha256");
    }

    private static void address(BufferTable buffers, String name, Buffer.Source source) {
        buffers.add(new Buffer(name, Buffer.Origin.PACKET, Set.of(), Buffer.Ways.BOTH, Progress.NONE, false, source));
    }

    private static void add(Moment moment, long high, long low, BufferSink out) {
        if (moment.flow() != null || moment.packet().ipVersion != 0) {
            out.add(new Address(high, low).toBytes());
        }
    }
}
