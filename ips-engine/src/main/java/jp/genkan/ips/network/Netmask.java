package jp.genkan.ips.network;

/** The old way of writing a prefix length: {@code 192.0.2.0/255.255.255.0}. */
final class Netmask {
    private Netmask() {}

    /** The same network with a prefix length; any other text as it is. */
    static String toPrefix(String text) {
        int slash = text.indexOf('/');
        if (slash < 0 || text.indexOf('.', slash) < 0) {
            return text;
        }
        String[] octets = text.substring(slash + 1).split("\\.", 5);
        if (octets.length != 4) {
            return text;
        }
        int mask = 0;
        for (String octet : octets) {
            if (octet.isEmpty() || octet.length() > 3 || !octet.chars().allMatch(c -> c >= '0' && c <= '9')) {
                return text;
            }
            int value = Integer.parseInt(octet);
            if (value > 255) {
                return text;
            }
            mask = mask << 8 | value;
        }
        int prefix = Integer.bitCount(mask);
        boolean isPrefix = mask == (prefix == 0 ? 0 : -1 << (32 - prefix));
        return isPrefix ? text.substring(0, slash + 1) + prefix : text;
    }
}
