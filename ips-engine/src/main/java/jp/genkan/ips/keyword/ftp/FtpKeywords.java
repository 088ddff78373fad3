package jp.genkan.ips.keyword.ftp;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.Progress;
import jp.genkan.ips.keyword.field.TransactionFields;
import jp.genkan.ips.keyword.number.NumberKeyword;
import jp.genkan.ips.match.Buffer.Ways;
import jp.genkan.ips.match.Moment;
import jp.genkan.ips.rule.RuleException;
import jp.genkan.ips.rule.RuleOption;
import jp.genkan.ips.signature.BufferTable;
import jp.genkan.ips.signature.Check;
import jp.genkan.ips.signature.Family;
import jp.genkan.ips.signature.KeywordTable;
import jp.genkan.ips.signature.SignatureBuilder;
import jp.genkan.protocols.ftp.FtpDataTransaction;
import jp.genkan.protocols.ftp.FtpTransaction;

/** Keywords of FTP. Stateless. */
public final class FtpKeywords implements Family {
    private static final int IPV4_OCTETS = 4;
    private static final int OCTET_MAX = 255;
    private static final long V4_MAPPED = 0xffffL << 32;

    @Override
    public void register(KeywordTable keywords, BufferTable buffers) {
        TransactionFields<FtpTransaction> ftp =
                new TransactionFields<>(FtpTransaction.class, Set.of(AppProtocol.FTP), keywords, buffers);
        ftp.text(Ways.TO_SERVER, Progress.LINE, FtpTransaction::command, "ftp.command");
        ftp.octets(
                Ways.TO_SERVER,
                Progress.LINE,
                transaction -> transaction.command() == null ? null : transaction.commandData(),
                "ftp.command_data");
        ftp.many(
                Ways.TO_CLIENT,
                Progress.COMPLETE,
                (transaction, toServer, out) -> transaction.completionCodes().forEach(out::add),
                "ftp.completion_code");
        ftp.many(
                Ways.TO_CLIENT,
                Progress.COMPLETE,
                (transaction, toServer, out) -> transaction.replies().forEach(out::add),
                "ftp.reply");
        ftp.number(
                Ways.BOTH,
                Progress.COMPLETE,
                (transaction, toServer) ->
                        transaction.dynamicPort() == 0 ? NumberKeyword.NONE : transaction.dynamicPort(),
                Map.of(),
                "ftp.dynamic_port");
        ftp.tested(Ways.BOTH, Progress.COMPLETE, FtpKeywords::mode, "ftp.mode");
        ftp.tested(Ways.TO_CLIENT, Progress.COMPLETE, FtpKeywords::replyReceived, "ftp.reply_received");
        keywords.add(FtpKeywords::bounce, "ftpbounce");

        TransactionFields<FtpDataTransaction> data =
                new TransactionFields<>(FtpDataTransaction.class, Set.of(AppProtocol.FTP_DATA), keywords, buffers);
        data.tested(Ways.BOTH, Progress.LINE, FtpKeywords::dataCommand, "ftpdata_command");
    }

    private static Predicate<FtpTransaction> mode(RuleOption option, SignatureBuilder rule) throws RuleException {
        String wanted = oneOf(option, "active", "passive");
        return transaction -> wanted.equals(transaction.mode());
    }

    private static Predicate<FtpTransaction> replyReceived(RuleOption option, SignatureBuilder rule)
            throws RuleException {
        boolean wanted = switch (oneOf(option, "yes", "no", "true", "false", "on", "off", "1", "0")) {
            case "yes", "true", "on", "1" -> true;
            default -> false;
        };
        return transaction -> transaction.isReplied() == wanted;
    }

    private static Predicate<FtpDataTransaction> dataCommand(RuleOption option, SignatureBuilder rule)
            throws RuleException {
        String wanted = oneOf(option, "retr", "stor").toUpperCase(Locale.ROOT);
        return transaction -> wanted.equals(transaction.command());
    }

    private static String oneOf(RuleOption option, String... words) throws RuleException {
        String value = option.unquoted().strip().toLowerCase(Locale.ROOT);
        for (String word : words) {
            if (word.equals(value)) {
                return value;
            }
        }
        throw option.badValue("is one of " + String.join(", ", words));
    }

    /** A PORT command that names another address than the client's own. */
    private static void bounce(RuleOption option, SignatureBuilder rule) throws RuleException {
        option.refuseValue();
        rule.check(
                new Check.OfValue(
                        option.name(),
                        Set.of(AppProtocol.FTP),
                        Ways.TO_SERVER,
                        Progress.LINE,
                        false,
                        FtpKeywords::isBounce),
                option);
    }

    private static boolean isBounce(Moment moment) {
        if (!(moment.transaction() instanceof FtpTransaction command) || !"PORT".equals(command.command())) {
            return false;
        }
        long named = address(command.commandData());
        return named >= 0 && (moment.sourceHigh() != 0 || moment.sourceLow() != (V4_MAPPED | named));
    }

    /** The first four of the comma-separated numbers as an IPv4 address, -1 when they are none. */
    private static long address(byte[] data) {
        long address = 0;
        int number = -1;
        int count = 0;
        for (byte octet : data) {
            if (octet >= '0' && octet <= '9') {
                number = Math.max(0, number) * 10 + octet - '0';
                if (number > OCTET_MAX) {
                    return -1;
                }
            } else if (octet == ',' && number >= 0) {
                address = address << 8 | number;
                number = -1;
                if (++count == IPV4_OCTETS) {
                    return address;
                }
            } else if (octet != ' ') {
                return -1;
            }
        }
        return -1;
    }
}
