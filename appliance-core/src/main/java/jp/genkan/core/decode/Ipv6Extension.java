package jp.genkan.core.decode;

import jp.genkan.core.frame.IpProtocol;

/** The IPv6 extension headers (RFC 8200 §4, RFC 7045). */
public final class Ipv6Extension {
    /** No extension header is shorter. */
    public static final int SMALLEST = 8;

    private Ipv6Extension() {}

    /** True for a next-header value that names an extension header which can be stepped over. */
    public static boolean isExtension(int nextHeader) {
        return switch (nextHeader) {
            case IpProtocol.HOP_BY_HOP,
                    IpProtocol.ROUTING,
                    IpProtocol.FRAGMENT,
                    IpProtocol.AUTHENTICATION,
                    IpProtocol.DESTINATION_OPTIONS,
                    IpProtocol.MOBILITY,
                    IpProtocol.HIP,
                    IpProtocol.SHIM6 -> true;
            default -> false;
        };
    }

    /**
     * Octets of an extension header.
     *
     * @param nextHeader the value that named it
     * @param lengthOctet its second octet
     */
    public static int length(int nextHeader, int lengthOctet) {
        return switch (nextHeader) {
            case IpProtocol.FRAGMENT -> SMALLEST;
            case IpProtocol.AUTHENTICATION -> 4 * (lengthOctet + 2); // RFC 4302 §2.2
            default -> 8 * (lengthOctet + 1);
        };
    }
}
