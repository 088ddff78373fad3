package jp.genkan.protocols.ike;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import jp.genkan.protocols.conversation.FieldReader;

/**
 * One message, as far as it is not encrypted.
 *
 * <p>Thread rule: its parser's while it is read, immutable from then on.
 */
public final class IkeMessage {
    static final int HEADER_LENGTH = 28;

    /** Payloads of a message that are read; real ones have up to twenty, most of them vendor identifications. */
    static final int PAYLOADS_MAX = 64;

    /** Proposals and transforms that are read; clients that offer everything send some hundred transforms. */
    static final int PROPOSALS_MAX = 256;

    /** Attributes of a transform that are read; real ones have six. */
    static final int ATTRIBUTES_MAX = 32;

    private static final int ENCRYPTED = 1; // flag of version 1
    private static final int INITIATOR = 8; // flag of version 2
    private static final int DOI_IPSEC = 1;
    private static final int NOTIFY_ERRORS = 16_384; // RFC 7296 §3.10.1: errors are below

    // Payloads of version 1, RFC 2408 §3.1
    private static final int SA = 1;
    private static final int PROPOSAL = 2;
    private static final int TRANSFORM = 3;
    private static final int KEY_EXCHANGE = 4;
    private static final int NONCE = 10;
    private static final int VENDOR = 13;

    // Payloads of version 2, RFC 7296 §3.2
    private static final int SA2 = 33;
    private static final int NOTIFY2 = 41;
    private static final int PROTECTED2 = 46;
    private static final int FRAGMENT2 = 53;

    final String initiatorSpi;
    final String responderSpi;
    final int major;
    final int minor;
    final int exchange;
    final int flags;
    final long id;

    final Set<Integer> payloads1 = new LinkedHashSet<>();
    final List<Integer> payloads2 = new ArrayList<>();
    final List<List<SaAttribute>> transforms = new ArrayList<>();
    final List<IkeProposal> proposals = new ArrayList<>();
    final List<Integer> notifications = new ArrayList<>();
    final List<String> vendors = new ArrayList<>();
    final Set<String> events = new LinkedHashSet<>();
    long doi = -1;
    byte[] keyExchange = {};
    byte[] nonce = {};
    private boolean broken;

    private IkeMessage(FieldReader reader) {
        initiatorSpi = HexFormat.of().toHexDigits(reader.number(8));
        responderSpi = HexFormat.of().toHexDigits(reader.number(8));
        int first = reader.u8();
        int version = reader.u8();
        major = version >>> 4;
        minor = version & 15;
        exchange = reader.u8();
        flags = reader.u8();
        id = reader.u32();
        reader.u32();
        if (major == 1) {
            readVersion1(first, reader);
        } else {
            readVersion2(first, reader);
        }
        if (broken) {
            events.add("malformed_data");
        }
    }

    /** Reads a message that {@link IkeParser#isMessage} has let pass. */
    static IkeMessage read(byte[] octets, int from, int to) {
        return new IkeMessage(new FieldReader(octets, from, to, ByteOrder.BIG_ENDIAN));
    }

    /** True when what follows the header of version 1 is encrypted. */
    boolean isEncrypted() {
        return (flags & ENCRYPTED) != 0;
    }

    boolean isByInitiator() {
        return (flags & INITIATOR) != 0;
    }

    long errors() {
        return notifications.stream().filter(each -> each < NOTIFY_ERRORS).count();
    }

    // ---- version 1

    private void readVersion1(int first, FieldReader reader) {
        payloads1.add(first);
        if (isEncrypted()) {
            return;
        }
        int type = first;
        for (int i = 0; i < PAYLOADS_MAX && type != 0 && !broken; i++) {
            int next = reader.u8();
            reader.u8();
            FieldReader body = body(reader);
            if (!broken) {
                payload1(type, body);
            }
            type = next;
        }
        if (!broken && type == 0 && reader.remaining() > 0) {
            events.add("payload_extra_data");
        }
    }

    /** The body of the payload whose length comes next. */
    private FieldReader body(FieldReader reader) {
        int length = reader.u16();
        if (reader.hasFailed() || length < 4 || length - 4 > reader.remaining()) {
            broken = true;
            return reader.part(0);
        }
        return reader.part(length - 4L);
    }

    private void payload1(int type, FieldReader body) {
        payloads1.add(type);
        switch (type) {
            case SA -> {
                doi = body.u32();
                if (doi == DOI_IPSEC) {
                    body.u32();
                    inner(PROPOSAL, body);
                }
            }
            case PROPOSAL -> {
                body.u16();
                int spi = body.u8();
                body.u8();
                body.skip(spi);
                inner(TRANSFORM, body);
            }
            case TRANSFORM -> {
                body.u32();
                if (transforms.size() < PROPOSALS_MAX) {
                    transforms.add(attributes(body));
                }
            }
            case KEY_EXCHANGE -> keyExchange = body.octets(body.remaining());
            case NONCE -> nonce = body.octets(body.remaining());
            case VENDOR -> vendors.add(HexFormat.of().formatHex(body.octets(body.remaining())));
            default -> {
                // only named
            }
        }
    }

    /** Proposals in an association, transforms in a proposal: two levels, as the types ask for. */
    private void inner(int kind, FieldReader list) {
        for (int i = 0; i < PROPOSALS_MAX && list.remaining() >= 4 && !broken; i++) {
            list.u16();
            FieldReader body = body(list);
            if (!broken) {
                payload1(kind, body);
            }
        }
    }

    private static List<SaAttribute> attributes(FieldReader reader) {
        List<SaAttribute> attributes = new ArrayList<>();
        while (attributes.size() < ATTRIBUTES_MAX && reader.remaining() >= 4) {
            int type = reader.u16();
            int value = reader.u16();
            if ((type & 0x8000) != 0) {
                attributes.add(new SaAttribute(type & 0x7fff, value, null));
            } else if (value == 4) {
                attributes.add(new SaAttribute(type, reader.u32(), null));
            } else {
                attributes.add(new SaAttribute(type, -1, HexFormat.of().formatHex(reader.octets(value))));
            }
        }
        return List.copyOf(attributes);
    }

    // ---- version 2

    private void readVersion2(int first, FieldReader reader) {
        int type = first;
        payloads2.add(type);
        for (int i = 0; i < PAYLOADS_MAX && type != 0 && !broken; i++) {
            int next = reader.u8();
            reader.u8();
            FieldReader body = body(reader);
            if (broken) {
                return;
            }
            switch (type) {
                case SA2 -> proposals2(body);
                case NOTIFY2 -> {
                    body.u16();
                    notifications.add(body.u16());
                }
                case PROTECTED2, FRAGMENT2 -> {
                    return; // its next payload is the first one inside
                }
                default -> {
                    // only named
                }
            }
            type = next;
            payloads2.add(type);
        }
    }

    private void proposals2(FieldReader list) {
        for (int i = 0; i < PROPOSALS_MAX && list.remaining() >= 4 && !broken; i++) {
            list.u16();
            FieldReader body = body(list);
            body.u8();
            int protocol = body.u8();
            int spi = body.u8();
            int count = body.u8();
            body.skip(spi);
            List<IkeTransform> found = new ArrayList<>();
            for (int j = 0; j < count && body.remaining() >= 4 && !broken; j++) {
                body.u16();
                FieldReader transform = body(body);
                int type = transform.u8();
                transform.u8();
                found.add(new IkeTransform(type, transform.u16()));
            }
            if (!broken) {
                IkeProposal proposal = new IkeProposal(protocol, found);
                proposal.judge(events);
                proposals.add(proposal);
            }
        }
    }
}
