package jp.genkan.ips.keyword.ssh;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.Progress;
import jp.genkan.ips.match.Buffer;
import jp.genkan.ips.rule.RuleException;
import jp.genkan.ips.rule.RuleOption;
import jp.genkan.ips.signature.BufferTable;
import jp.genkan.ips.signature.Check;
import jp.genkan.ips.signature.Family;
import jp.genkan.ips.signature.KeywordTable;
import jp.genkan.ips.signature.SignatureBuilder;
import jp.genkan.protocols.ssh.SshPeer;
import jp.genkan.protocols.ssh.SshTransaction;
import jp.genkan.protocols.tls.Fingerprints;
import org.jspecify.annotations.Nullable;

/** Buffers and keywords of SSH: banners are there at {@link Progress#HEADERS}, what HASSH is made of when a direction is complete. */
public final class SshKeywords implements Family {
    private static final Set<AppProtocol> SSH = Set.of(AppProtocol.SSH);

    @Override
    public void register(KeywordTable keywords, BufferTable buffers) {
        add(buffers, "ssh.proto", Buffer.Ways.BOTH, Progress.HEADERS, SshPeer::protocolVersion);
        keywords.addSticky(buffers, "ssh.proto", "ssh.proto", "ssh_proto");
        add(buffers, "ssh.software", Buffer.Ways.BOTH, Progress.HEADERS, SshPeer::softwareVersion);
        keywords.addSticky(buffers, "ssh.software", "ssh.software", "ssh_software");
        add(buffers, "ssh.hassh", Buffer.Ways.TO_SERVER, Progress.COMPLETE, SshKeywords::hash);
        keywords.addSticky(buffers, "ssh.hassh");
        add(buffers, "ssh.hassh.string", Buffer.Ways.TO_SERVER, Progress.COMPLETE, SshPeer::hassh);
        keywords.addSticky(buffers, "ssh.hassh.string");
        add(buffers, "ssh.hassh.server", Buffer.Ways.TO_CLIENT, Progress.COMPLETE, SshKeywords::hash);
        keywords.addSticky(buffers, "ssh.hassh.server");
        add(buffers, "ssh.hassh.server.string", Buffer.Ways.TO_CLIENT, Progress.COMPLETE, SshPeer::hassh);
        keywords.addSticky(buffers, "ssh.hassh.server.string");
        keywords.add(SshKeywords::protocolVersion, "ssh.protoversion");
        keywords.add(SshKeywords::softwareVersion, "ssh.softwareversion");
    }

    /** A text of a side. */
    @FunctionalInterface
    private interface Field {
        @Nullable
        String of(SshPeer peer);
    }

    private static void add(BufferTable buffers, String name, Buffer.Ways ways, Progress at, Field field) {
        Buffer buffer = new Buffer(
                name,
                Buffer.Origin.TRANSACTION,
                SSH,
                ways,
                at,
                false,
                BufferTable.reading(SshTransaction.class, (ssh, toServer, out) -> {
                    String text = field.of(toServer ? ssh.client() : ssh.server());
                    out.add(text == null ? null : text.getBytes(StandardCharsets.ISO_8859_1));
                }));
        boolean hash = name.equals("ssh.hassh") || name.equals("ssh.hassh.server");
        buffers.add(hash ? buffer.caseless() : buffer);
    }

    private static @Nullable String hash(SshPeer peer) {
        String text = peer.hassh();
        return text == null ? null : Fingerprints.md5(text);
    }

    /** {@code 2_compat} takes 1.99 in, which speaks both. */
    private static void protocolVersion(RuleOption option, SignatureBuilder rule) throws RuleException {
        String wanted = option.unquoted().strip();
        if (wanted.equals("2_compat")) {
            check(option, rule, SshPeer::protocolVersion, text -> text.startsWith("2") || text.equals("1.99"));
            return;
        }
        if (!wanted.matches("[0-9](\\.[0-9]+)?")) {
            throw option.badValue("\"" + wanted + "\" is no version: 2.0, 1.99 or 2_compat");
        }
        check(option, rule, SshPeer::protocolVersion, text -> text.startsWith(wanted));
    }

    private static void softwareVersion(RuleOption option, SignatureBuilder rule) throws RuleException {
        String wanted = option.unquoted();
        check(option, rule, SshPeer::softwareVersion, text -> text.startsWith(wanted));
    }

    /** What is asked of a text. */
    @FunctionalInterface
    private interface Test {
        boolean holds(String text);
    }

    private static void check(RuleOption option, SignatureBuilder rule, Field field, Test test) throws RuleException {
        rule.check(
                new Check.OfValue(option.name(), SSH, Buffer.Ways.BOTH, Progress.HEADERS, false, moment -> {
                    if (!(moment.transaction() instanceof SshTransaction ssh)) {
                        return false;
                    }
                    String text = field.of(moment.direction().isToServer() ? ssh.client() : ssh.server());
                    return text != null && test.holds(text);
                }),
                option);
    }
}
