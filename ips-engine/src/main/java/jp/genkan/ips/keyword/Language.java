package jp.genkan.ips.keyword;

import java.util.List;
import jp.genkan.ips.keyword.dataset.DatasetKeywords;
import jp.genkan.ips.keyword.dcerpc.DcerpcKeywords;
import jp.genkan.ips.keyword.dns.DnsKeywords;
import jp.genkan.ips.keyword.event.EventKeywords;
import jp.genkan.ips.keyword.file.FileKeywords;
import jp.genkan.ips.keyword.flow.FlowKeywords;
import jp.genkan.ips.keyword.frame.FrameKeywords;
import jp.genkan.ips.keyword.ftp.FtpKeywords;
import jp.genkan.ips.keyword.http.Http2Keywords;
import jp.genkan.ips.keyword.http.HttpKeywords;
import jp.genkan.ips.keyword.identity.IdentityKeywords;
import jp.genkan.ips.keyword.ike.IkeKeywords;
import jp.genkan.ips.keyword.industry.Dnp3Keywords;
import jp.genkan.ips.keyword.industry.EnipKeywords;
import jp.genkan.ips.keyword.industry.ModbusKeywords;
import jp.genkan.ips.keyword.mail.MailKeywords;
import jp.genkan.ips.keyword.memory.MemoryKeywords;
import jp.genkan.ips.keyword.mqtt.MqttKeywords;
import jp.genkan.ips.keyword.nfs.NfsKeywords;
import jp.genkan.ips.keyword.packet.PacketKeywords;
import jp.genkan.ips.keyword.payload.PayloadKeywords;
import jp.genkan.ips.keyword.pgsql.PgsqlKeywords;
import jp.genkan.ips.keyword.quic.QuicKeywords;
import jp.genkan.ips.keyword.rfb.RfbKeywords;
import jp.genkan.ips.keyword.service.ServiceKeywords;
import jp.genkan.ips.keyword.sip.SipKeywords;
import jp.genkan.ips.keyword.smb.SmbKeywords;
import jp.genkan.ips.keyword.ssh.SshKeywords;
import jp.genkan.ips.keyword.threshold.ThresholdKeywords;
import jp.genkan.ips.keyword.tls.TlsKeywords;
import jp.genkan.ips.keyword.transform.TransformKeywords;
import jp.genkan.ips.keyword.websocket.WebSocketKeywords;
import jp.genkan.ips.signature.BufferTable;
import jp.genkan.ips.signature.Family;
import jp.genkan.ips.signature.KeywordTable;

/** The whole language: every keyword and buffer that rules may use. Immutable. */
public final class Language {
    /** The families, in the order in which they are registered. */
    private static final List<Family> FAMILIES = List.of(
            new PayloadKeywords(),
            new HttpKeywords(),
            new Http2Keywords(),
            new FileKeywords(),
            new MailKeywords(),
            new FtpKeywords(),
            new SmbKeywords(),
            new DcerpcKeywords(),
            new SipKeywords(),
            new MqttKeywords(),
            new NfsKeywords(),
            new EnipKeywords(),
            new Dnp3Keywords(),
            new ModbusKeywords(),
            new PgsqlKeywords(),
            new IkeKeywords(),
            new RfbKeywords(),
            new WebSocketKeywords(),
            new IdentityKeywords(),
            new FlowKeywords(),
            new MemoryKeywords(),
            new ThresholdKeywords(),
            new PacketKeywords(),
            new TransformKeywords(),
            new TlsKeywords(),
            new QuicKeywords(),
            new SshKeywords(),
            new DnsKeywords(),
            new ServiceKeywords(),
            new DatasetKeywords(),
            new EventKeywords(),
            new FrameKeywords());

    private static final Language INSTANCE = new Language();

    private final KeywordTable keywords = new KeywordTable();
    private final BufferTable buffers = new BufferTable();

    private Language() {
        FAMILIES.forEach(family -> family.register(keywords, buffers));
    }

    /** The language. */
    public static Language get() {
        return INSTANCE;
    }

    public KeywordTable keywords() {
        return keywords;
    }

    public BufferTable buffers() {
        return buffers;
    }
}
