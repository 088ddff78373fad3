package jp.genkan.av.yara.module.pe;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import jp.genkan.av.content.Content;
import jp.genkan.av.der.DerValue;
import jp.genkan.av.executable.PeFile;

/**
 * The certificate that one signature of a program was made with (Microsoft, "Windows Authenticode Portable Executable Signature Format").
 * Nothing is verified.
 *
 * @param thumbprint SHA-1 of the certificate
 * @param certificate what it says
 */
record PeSignature(String thumbprint, X509Certificate certificate) {
    /** Signatures of a program (YARA has the same bound). */
    static final int SIGNATURES_MAX = 16;

    /** Signatures in signatures: {@code signtool} makes one level. */
    private static final int NESTED_MAX = 8;

    /** Octets of the table of signatures that are read: those that exist have some 20,000. */
    private static final int TABLE_MAX = 4 << 20;

    private static final int DIRECTORY = 4;
    private static final int HEAD = 8;
    private static final int REVISION_1 = 0x0100;
    private static final int REVISION_2 = 0x0200;
    private static final int PKCS_SIGNED_DATA = 2;
    private static final String SIGNED_DATA = "1.2.840.113549.1.7.2";
    private static final String NESTED = "1.3.6.1.4.1.311.2.4.1";

    static List<PeSignature> of(PeFile file) {
        Content content = file.content();
        List<PeSignature> found = new ArrayList<>();
        long at = file.directoryRva(DIRECTORY);
        long size = file.directorySize(DIRECTORY);
        if (at == 0 || !content.has(at, size)) {
            return found;
        }
        long end = at + size;
        while (at + HEAD < end && found.size() < SIGNATURES_MAX) {
            long length = content.u32(at);
            int revision = content.u16(at + 4);
            if (length < HEAD || length > end - at || revision != REVISION_1 && revision != REVISION_2) {
                break;
            }
            if (revision == REVISION_2 && content.u16(at + 6) == PKCS_SIGNED_DATA) {
                byte[] octets = content.bytes(at + HEAD, (int) Math.min(length - HEAD, TABLE_MAX));
                for (DerValue next = DerValue.read(octets, 0, octets.length);
                        next != null && next.length() > 0 && found.size() < SIGNATURES_MAX;
                        next = DerValue.read(octets, next.end(), octets.length)) {
                    signedData(next, 0, found);
                }
            }
            at += length + 7 & ~7L;
        }
        return found;
    }

    /** ContentInfo of SignedData (RFC 2315 §9.1). */
    private static void signedData(DerValue contentInfo, int depth, List<PeSignature> found) {
        List<DerValue> info = contentInfo.children();
        if (info.size() < 2 || depth > NESTED_MAX || !info.get(0).oid().equals(SIGNED_DATA)) {
            return;
        }
        List<DerValue> outer = info.get(1).children();
        List<DerValue> data = outer.isEmpty() ? List.of() : outer.get(0).children();
        if (data.size() < 4) {
            return;
        }
        List<X509Certificate> certificates = new ArrayList<>();
        for (DerValue part : data.subList(3, data.size())) {
            if (part.tag() == DerValue.CONTEXT_0) {
                for (DerValue certificate : part.children()) {
                    X509Certificate read = X509Certificate.of(certificate);
                    if (read != null) {
                        certificates.add(read);
                    }
                }
            }
        }
        DerValue signers = data.getLast();
        for (DerValue signer : signers.tag() == DerValue.SET ? signers.children() : List.<DerValue>of()) {
            signer(signer, certificates, found);
        }
        for (DerValue signer : signers.tag() == DerValue.SET ? signers.children() : List.<DerValue>of()) {
            nested(signer, depth, found);
        }
    }

    private static void signer(DerValue signer, List<X509Certificate> certificates, List<PeSignature> found) {
        List<DerValue> parts = signer.children();
        List<DerValue> issuerAndSerial =
                parts.size() < 2 ? List.of() : parts.get(1).children();
        if (issuerAndSerial.size() < 2 || found.size() == SIGNATURES_MAX) {
            return;
        }
        for (X509Certificate certificate : certificates) {
            if (certificate.issuerName().isSame(issuerAndSerial.get(0))
                    && certificate.serialNumber().isSame(issuerAndSerial.get(1))) {
                found.add(new PeSignature(sha1(certificate.octets().whole()), certificate));
                return;
            }
        }
    }

    /** Signatures among the unauthenticated attributes. */
    private static void nested(DerValue signer, int depth, List<PeSignature> found) {
        for (DerValue part : signer.children()) {
            for (DerValue attribute : part.tag() == DerValue.CONTEXT_1 ? part.children() : List.<DerValue>of()) {
                List<DerValue> typeAndValues = attribute.children();
                if (typeAndValues.size() == 2 && typeAndValues.get(0).oid().equals(NESTED)) {
                    for (DerValue value : typeAndValues.get(1).children()) {
                        if (found.size() < SIGNATURES_MAX) {
                            signedData(value, depth + 1, found);
                        }
                    }
                }
            }
        }
    }

    private static String sha1(byte[] octets) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(octets));
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
