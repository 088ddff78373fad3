package jp.genkan.ips.keyword.sip;

import java.util.List;
import java.util.Set;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.Progress;
import jp.genkan.ips.keyword.field.TransactionFields;
import jp.genkan.ips.match.Buffer.Ways;
import jp.genkan.ips.match.BufferSink;
import jp.genkan.ips.signature.BufferTable;
import jp.genkan.ips.signature.Family;
import jp.genkan.ips.signature.KeywordTable;
import jp.genkan.protocols.sip.Sdp;
import jp.genkan.protocols.sip.SipTransaction;

/** Keywords of SIP and SDP. A message is a transaction, complete at once. Stateless. */
public final class SipKeywords implements Family {
    /** Which fields of a description a keyword is about. */
    private enum Place {
        SESSION,
        MEDIA,
        BOTH
    }

    @Override
    public void register(KeywordTable keywords, BufferTable buffers) {
        TransactionFields<SipTransaction> sip =
                new TransactionFields<>(SipTransaction.class, Set.of(AppProtocol.SIP), keywords, buffers);
        sip.text(Ways.TO_SERVER, Progress.COMPLETE, SipTransaction::method, "sip.method");
        sip.text(Ways.TO_SERVER, Progress.COMPLETE, SipTransaction::uri, "sip.uri");
        sip.text(
                Ways.TO_SERVER,
                Progress.COMPLETE,
                message -> message.isResponse() ? null : message.line(),
                "sip.request_line");
        sip.text(Ways.BOTH, Progress.COMPLETE, SipTransaction::version, "sip.protocol");
        sip.text(Ways.TO_CLIENT, Progress.COMPLETE, SipTransaction::code, "sip.stat_code");
        sip.text(Ways.TO_CLIENT, Progress.COMPLETE, SipTransaction::reason, "sip.stat_msg");
        sip.text(
                Ways.TO_CLIENT,
                Progress.COMPLETE,
                message -> message.isResponse() ? message.line() : null,
                "sip.response_line");
        header(sip, "sip.from", "From");
        header(sip, "sip.to", "To");
        header(sip, "sip.via", "Via");
        header(sip, "sip.user_agent", "User-Agent");
        header(sip, "sip.content_type", "Content-Type");
        header(sip, "sip.content_length", "Content-Length");
        registerDescription(sip);
    }

    private static void registerDescription(TransactionFields<SipTransaction> sip) {
        described(sip, "sdp.session_name", 's', Place.SESSION);
        described(sip, "sdp.origin", 'o', Place.SESSION);
        described(sip, "sdp.session_info", 'i', Place.SESSION);
        described(sip, "sdp.uri", 'u', Place.SESSION);
        described(sip, "sdp.email", 'e', Place.SESSION);
        described(sip, "sdp.phone_number", 'p', Place.SESSION);
        described(sip, "sdp.connection_data", 'c', Place.SESSION);
        described(sip, "sdp.bandwidth", 'b', Place.BOTH);
        described(sip, "sdp.time", 't', Place.SESSION);
        described(sip, "sdp.repeat_time", 'r', Place.SESSION);
        described(sip, "sdp.timezone", 'z', Place.SESSION);
        described(sip, "sdp.encryption_key", 'k', Place.SESSION);
        described(sip, "sdp.attribute", 'a', Place.BOTH);
        described(sip, "sdp.media.media", 'm', Place.MEDIA);
        described(sip, "sdp.media.media_info", 'i', Place.MEDIA);
        described(sip, "sdp.media.session_info", 'i', Place.MEDIA);
        described(sip, "sdp.media.connection_data", 'c', Place.MEDIA);
        described(sip, "sdp.media.encryption_key", 'k', Place.MEDIA);
    }

    private static void header(TransactionFields<SipTransaction> sip, String keyword, String name) {
        sip.many(
                Ways.BOTH,
                Progress.COMPLETE,
                (message, toServer, out) -> message.headers(name).forEach(out::add),
                keyword);
    }

    private static void described(TransactionFields<SipTransaction> sip, String keyword, char type, Place place) {
        sip.many(
                Ways.BOTH,
                Progress.COMPLETE,
                (message, toServer, out) -> {
                    Sdp sdp = message.sdp();
                    if (sdp == null) {
                        return;
                    }
                    if (place != Place.MEDIA) {
                        add(sdp.session(), type, out);
                    }
                    if (place != Place.SESSION) {
                        sdp.media().forEach(medium -> add(medium, type, out));
                    }
                },
                keyword);
    }

    private static void add(List<Sdp.Field> fields, char type, BufferSink out) {
        for (Sdp.Field field : fields) {
            if (field.type() == type) {
                out.add(field.value());
            }
        }
    }
}
